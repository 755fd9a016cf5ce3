/* Conditions on the ground and on what a row names, over an atlas: against a pass over every row that
 * measures every distance and looks every park up. */
#include "match/match.h"
#include "test.h"
#include "unit/match/hand_table.h"
#include <stdio.h>
#include <sys/stat.h>

enum { PARCELS = 2600, FIRMS = 300, PARKS = 12, BRIEFS = 60 };

static Arena *arena;
static Point parcels[PARCELS], firms[FIRMS];
static bool placed[PARCELS], made[FIRMS], recognised[PARKS], known[PARKS];
static uint32_t park_of[PARCELS];
static Atlas *atlas;

__attribute__((constructor)) static void make_arena(void)
{
    arena = arena_new();
}

static Value text(const char *c)
{
    return (Value){.state = VALUE_KNOWN, .text = str_copy(arena, str_of(c))};
}

static void add(AtlasBuild *build, Kind kind, const char *key, const char *const *names, const Value *given,
                const Point *at)
{
    Value values[FIELDS_MAX] = {{.state = VALUE_UNKNOWN}};
    Geometry shape = {.type = GEOM_POINT, .point_count = 1, .points = at};
    for (int i = 0; names[i]; i++)
        values[field_index(kind, str_of(names[i]))] = given[i];
    CHECK_OK(atlas_build_add(build, kind, str_of(key), values, at ? &shape : NULL,
                             (Freshness){{19000, 19000}, 0}));
}

static void add_parcel(AtlasBuild *build, uint32_t i)
{
    static const char *const names[] = {"park", NULL};
    char key[16], park[16], wkt[200];
    Value values[FIELDS_MAX] = {{.state = VALUE_UNKNOWN}};
    Geometry shape;
    snprintf(key, sizeof key, "p%04u", i);
    snprintf(park, sizeof park, "park-%02u", park_of[i]);
    values[field_index(KIND_PARCEL, str_of(names[0]))] = text(park);
    double lon = parcels[i].lon / 1e7, lat = parcels[i].lat / 1e7;
    snprintf(wkt, sizeof wkt, "POLYGON((%.7f %.7f,%.7f %.7f,%.7f %.7f,%.7f %.7f,%.7f %.7f))", lon, lat,
             lon + 2e-4, lat, lon + 2e-4, lat + 2e-4, lon, lat + 2e-4, lon, lat);
    CHECK_OK(geometry_from_wkt(arena, str_of(wkt), &shape));
    parcels[i] = geometry_anchor(&shape);
    CHECK_OK(atlas_build_add(build, KIND_PARCEL, str_of(key), values, placed[i] ? &shape : NULL,
                             (Freshness){{19000, 19000}, 0}));
}

static Point somewhere(Dice *dice)
{
    return (Point){1125000000 + (int32_t)dice_below(dice, 8000000),
                   223000000 + (int32_t)dice_below(dice, 6000000)};
}

static void add_firms(AtlasBuild *build, Dice *dice)
{
    static const char *const none[] = {NULL}, *const role[] = {"enterprise", "segment", "chain", "type",
                                                               NULL};
    for (uint32_t i = 0; i < FIRMS; i++) {
        char key[16], other[16];
        firms[i] = somewhere(dice);
        made[i] = dice_below(dice, 3) == 0;
        snprintf(key, sizeof key, "e%03u", i);
        snprintf(other, sizeof other, "r%03u", i);
        add(build, KIND_ENTERPRISE, key, none, NULL, &firms[i]);
        Value values[] = {text(key), text(made[i] ? "battery.cell" : "battery.pack"), text("battery"),
                          text("leader")};
        add(build, KIND_ROLE, other, role, values, NULL);
    }
}

static void make_atlas(void)
{
    static const char *const segment[] = {"chain", "stage", NULL}, *const park[] = {"chemical_recognised",
                                                                                    NULL};
    Dice dice = {5};
    AtlasBuild *build;
    char path[200];
    if (atlas)
        return;
    snprintf(path, sizeof path, "%s/ground", test_folder());
    CHECK(mkdir(path, 0700) == 0);
    CHECK_OK(atlas_build_begin(path, AUDIENCE_PUBLIC, 1, NULL, &build));
    add_firms(build, &dice);
    Value of_segment[] = {text("battery"), text("mid")};
    add(build, KIND_SEGMENT, "battery.cell", segment, of_segment, NULL);
    for (uint32_t i = 0; i < PARKS; i++) {
        char key[16];
        snprintf(key, sizeof key, "park-%02u", i);
        recognised[i] = dice_below(&dice, 2);
        known[i] = dice_below(&dice, 4) > 0;
        Value yes = {.state = known[i] ? VALUE_KNOWN : VALUE_UNKNOWN, .num = recognised[i]};
        if (i > 0) /* nobody knows park-00 */
            add(build, KIND_PARK, key, park, &yes, NULL);
    }
    known[0] = false;
    for (uint32_t i = 0; i < PARCELS; i++) {
        parcels[i] = somewhere(&dice);
        placed[i] = dice_below(&dice, 12) > 0;
        park_of[i] = dice_below(&dice, PARKS);
        add_parcel(build, i);
    }
    CHECK_OK(atlas_build_finish(build, &atlas));
}

static int64_t nearest_firm(Point at)
{
    int64_t least = INT64_MAX;
    for (uint32_t i = 0; i < FIRMS; i++)
        if (made[i] && distance_m(at, firms[i]) < least)
            least = distance_m(at, firms[i]);
    return least;
}

typedef struct Counts {
    uint32_t excludes, unknown;
} Counts;

static void count(Counts *counts, bool is_known, bool yes)
{
    counts->unknown += !is_known;
    counts->excludes += is_known && !yes;
}

TEST(distances_places_and_named_rows_answer_as_every_row_asked_alone)
{
    Dice dice = {9};
    make_atlas();
    for (int n = 0; n < BRIEFS; n++) {
        char json[1000];
        Brief brief;
        Ranking got;
        Geometry triangle;
        Point a = somewhere(&dice), b = somewhere(&dice), c = somewhere(&dice);
        uint32_t max = 200 + dice_below(&dice, 9000),
                 min = dice_below(&dice, 2) ? dice_below(&dice, 3000) : 0;
        char ring[300];
        snprintf(ring, sizeof ring, "[[[%.7f,%.7f],[%.7f,%.7f],[%.7f,%.7f],[%.7f,%.7f]]]", a.lon / 1e7,
                 a.lat / 1e7, b.lon / 1e7, b.lat / 1e7, c.lon / 1e7, c.lat / 1e7, a.lon / 1e7, a.lat / 1e7);
        snprintf(json, sizeof json,
                 "{\"taken\":true,\"where\":[{\"near\":{\"segment\":\"battery.cell\"},\"min\":%u,\"max\":%u},"
                 "{\"%s\":{\"type\":\"Polygon\",\"coordinates\":%s}},"
                 "{\"field\":\"park.chemical_recognised\",\"in\":[true]}],\"weigh\":[{\"near\":{\"segment\":"
                 "\"battery.cell\"},\"weight\":15,\"better\":\"less\"}]}",
                 min > max ? max : min, max, n % 2 ? "inside" : "outside", ring);
        min = min > max ? max : min;
        CHECK_OK(brief_parse(arena, AUDIENCE_PUBLIC, str_of(json), &brief));
        triangle = *brief.conditions[1].place;
        CHECK_OK(match_known(atlas, &brief));
        match_run(arena, atlas, &brief, MATCH_EXPLAINED, &got);
        Counts want[3] = {{0}};
        for (uint32_t i = 0; i < PARCELS; i++) {
            int64_t m = nearest_firm(parcels[i]);
            count(&want[0], placed[i], m >= min && m <= max);
            count(&want[1], placed[i], geometry_contains(&triangle, parcels[i]) == (n % 2 == 1));
            count(&want[2], known[park_of[i]], recognised[park_of[i]]);
        }
        for (int k = 0; k < 3; k++) {
            CHECK_EQ(got.counts[k].excludes, want[k].excludes);
            CHECK_EQ(got.counts[k].unknown, want[k].unknown);
        }
        for (uint32_t i = 0; i < got.site_count; i++) {
            int64_t metres;
            CHECK(match_distance(&got, got.sites[i].at, brief.terms[0].near, &metres));
            CHECK(metres >= min && metres <= max);
            CHECK(i == 0 || got.sites[i].score <= got.sites[i - 1].score);
        }
    }
}

TEST(relaxing_a_distance_or_a_named_row_gains_what_it_says)
{
    Brief brief;
    Ranking got, wider;
    make_atlas();
    CHECK_OK(brief_parse(
        arena, AUDIENCE_PUBLIC,
        STR("{\"taken\":true,\"where\":[{\"near\":{\"segment\":\"battery.cell\"},\"max\":900}]}"), &brief));
    match_run(arena, atlas, &brief, MATCH_EXPLAINED, &got);
    CHECK_EQ(got.relaxation_count, 1);
    Condition moved = brief.conditions[0];
    moved.greatest.num = got.relaxations[0].far_to;
    CHECK(moved.greatest.num <= 1080);
    brief.conditions = &moved;
    match_run(arena, atlas, &brief, MATCH_EXPLAINED, &wider);
    CHECK_EQ(wider.fit, got.fit + got.relaxations[0].far_gains);
    CHECK_OK(brief_parse(
        arena, AUDIENCE_PUBLIC,
        STR("{\"taken\":true,\"where\":[{\"field\":\"park.chemical_recognised\",\"in\":[true]}]}"), &brief));
    match_run(arena, atlas, &brief, MATCH_EXPLAINED, &got);
    CHECK_STR(got.relaxations[0].add, "false");
    CHECK_EQ(got.relaxations[0].gains, got.near);
    CHECK_EQ(got.near, got.counts[0].excludes);
}

TEST(what_a_brief_names_must_exist_and_a_polygon_must_not_cross_itself)
{
    Brief brief;
    make_atlas();
    CHECK_OK(brief_parse(arena, AUDIENCE_PUBLIC,
                         STR("{\"where\":[{\"near\":{\"segment\":\"battery.none\"},\"max\":900}]}"), &brief));
    CHECK_ERR(match_known(atlas, &brief), ERR_ID_UNKNOWN);
    CHECK_ERR(
        brief_parse(arena, AUDIENCE_PUBLIC,
                    STR("{\"where\":[{\"inside\":{\"type\":\"Polygon\",\"coordinates\":[[[112,22],[113,23],"
                        "[113,22],[112,23],[112,22]]]}}]}"),
                    &brief),
        ERR_GEOMETRY);
    CHECK_ERR(
        brief_parse(arena, AUDIENCE_PUBLIC,
                    STR("{\"where\":[{\"near\":{\"kind\":\"facility\",\"type\":\"harbour\"},\"max\":9}]}"),
                    &brief),
        ERR_VALUE);
    CHECK_ERR(brief_parse(arena, AUDIENCE_PUBLIC,
                          STR("{\"where\":[{\"field\":\"land_use.name\",\"in\":[\"x\"]}]}"), &brief),
              ERR_BRIEF);
    CHECK_ERR(brief_parse(arena, AUDIENCE_PUBLIC,
                          STR("{\"where\":[{\"near\":{\"segment\":\"x\"},\"in\":[1]}]}"), &brief),
              ERR_BRIEF);
}
