/* The same rows as one base, and as a base with a delta over it that replaces, adds and buries some: filters
 * and rankings must not be able to tell. */
#include "match/match.h"
#include "test.h"
#include "unit/match/hand_table.h"
#include <stdio.h>
#include <sys/stat.h>

enum { ROWS = 1500, BRIEFS = 40 };

static Arena *arena;

__attribute__((constructor)) static void make_arena(void)
{
    arena = arena_new();
}

/* Derived fields are the build's affair. A square of some 100 m within half a degree; one in ten has no
 * place. */
static HandRow *random_parcels(Dice *dice)
{
    HandRow *rows = random_rows(arena, dice, KIND_PARCEL, ROWS);
    const KindInfo *info = kind_info(KIND_PARCEL);
    for (uint32_t r = 0; r < ROWS; r++) {
        for (uint32_t f = 0; f < info->field_count; f++)
            if (info->fields[f].derived)
                rows[r].values[f] = (Value){.state = VALUE_UNKNOWN};
        if (dice_below(dice, 10) == 0)
            continue;
        char wkt[200];
        double lon = 112.5 + dice_below(dice, 5000) / 1e4, lat = 22.3 + dice_below(dice, 5000) / 1e4;
        snprintf(wkt, sizeof wkt, "POLYGON((%.4f %.4f,%.4f %.4f,%.4f %.4f,%.4f %.4f,%.4f %.4f))", lon, lat,
                 lon + 1e-3, lat, lon + 1e-3, lat + 1e-3, lon, lat + 1e-3, lon, lat);
        CHECK_OK(geometry_from_wkt(arena, str_of(wkt), &rows[r].shape));
    }
    return rows;
}

static void add_row(AtlasBuild *build, Kind kind, const HandRow *row)
{
    CHECK_OK(atlas_build_add(build, kind, row->key, row->values,
                             row->shape.type == GEOM_NONE ? NULL : &row->shape,
                             (Freshness){{19000, 19000}, 0}));
}

static void add_facilities(AtlasBuild *build)
{
    static const char *const places[][3] = {{"a", "port", "POINT(112.6 22.4)"},
                                            {"b", "rail_station", "POINT(112.9 22.5)"},
                                            {"c", "motorway_junction", "POINT(112.7 22.7)"}};
    for (int i = 0; i < 3; i++) {
        HandRow row = {.key = str_of(places[i][0])};
        int type = field_index(KIND_FACILITY, STR("type"));
        row.values[type] = (Value){.state = VALUE_KNOWN, .text = str_of(places[i][1])};
        CHECK_OK(geometry_from_wkt(arena, str_of(places[i][2]), &row.shape));
        add_row(build, KIND_FACILITY, &row);
    }
}

static Atlas *folder_atlas(const char *name, const HandRow *rows, uint32_t count)
{
    char path[200];
    AtlasBuild *build;
    Atlas *atlas;
    snprintf(path, sizeof path, "%s/%s", test_folder(), name);
    CHECK(mkdir(path, 0700) == 0);
    CHECK_OK(atlas_build_begin(path, AUDIENCE_PUBLIC, 1, NULL, &build));
    add_facilities(build);
    for (uint32_t r = 0; r < count; r++)
        add_row(build, KIND_PARCEL, &rows[r]);
    CHECK_OK(atlas_build_finish(build, &atlas));
    return atlas;
}

/* A base of most rows, some with other values, and some more that are buried later; then what makes it right.
 */
static Atlas *patched_atlas(Dice *dice, const HandRow *rows)
{
    char path[200];
    HandRow *old = arena_copy(arena, rows, ROWS * sizeof *rows), *other = random_parcels(dice);
    uint32_t kept = 0;
    bool *changed = arena_zarray(arena, bool, ROWS);
    for (uint32_t r = 0; r < ROWS; r++) {
        uint32_t roll = dice_below(dice, 12);
        changed[r] = roll < 2;
        if (roll == 0)
            continue;
        old[kept] = roll == 1 ? other[r] : rows[r];
        old[kept++].key = rows[r].key;
    }
    for (uint32_t r = 0; r < 20 && kept < ROWS; r++)
        old[kept++] = other[r]; /* their keys are other ones */
    uint32_t extra = kept;
    Atlas *base = folder_atlas("cut", old, kept), *atlas;
    AtlasBuild *build;
    snprintf(path, sizeof path, "%s/cut", test_folder());
    CHECK_OK(atlas_build_begin(path, AUDIENCE_PUBLIC, 2, base, &build));
    for (uint32_t r = 0; r < ROWS; r++)
        if (changed[r])
            add_row(build, KIND_PARCEL, &rows[r]);
    for (uint32_t r = extra - 20; r < extra; r++)
        CHECK_OK(atlas_build_bury(build, KIND_PARCEL, old[r].key));
    CHECK_OK(atlas_build_finish(build, &atlas));
    atlas_unref(base);
    CHECK_EQ(atlas_segments(atlas), 2);
    return atlas;
}

static void dump_sites(Buf *buf, const Atlas *atlas, const Brief *brief, const Site *sites, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const Table *table = atlas_table(atlas, KIND_PARCEL, sites[i].at.segment);
        Str key = table_key(table, sites[i].at.row);
        buf_fmt(buf, "%.*s %d %d %llx", STR_ARG(key), sites[i].score, sites[i].score_high,
                (unsigned long long)sites[i].asks);
        for (uint32_t t = 0; t < brief->term_count; t++)
            buf_fmt(buf, " %d", sites[i].parts[t]);
        buf_byte(buf, '\n');
    }
}

static Str key_at(const Atlas *atlas, RowRef at)
{
    return table_key(atlas_table(atlas, KIND_PARCEL, at.segment), at.row);
}

static void dump_why(Buf *buf, const Atlas *atlas, const Ranking *ranking)
{
    for (uint32_t i = 0; i < ranking->near_miss_count; i++) {
        const NearMiss *near = &ranking->near_misses[i];
        buf_fmt(buf, "near %.*s %u %d %lld %lld\n", STR_ARG(key_at(atlas, near->at)), near->condition,
                near->side, (long long)near->by, (long long)near->relative);
    }
    for (uint32_t i = 0; i < ranking->relaxation_count; i++) {
        const Relaxation *r = &ranking->relaxations[i];
        buf_fmt(buf, "relax %u %d %lld %u %lld %u %.*s\n", r->condition, r->side, (long long)r->to, r->gains,
                (long long)r->far_to, r->far_gains, STR_ARG(r->add));
    }
    for (uint32_t i = 0; i < ranking->trial_count; i++) {
        const Trial *trial = &ranking->trials[i];
        buf_fmt(buf, "trial %u %d %.*s %u %d\n", trial->term, trial->more,
                STR_ARG(key_at(atlas, trial->first)), trial->rank, trial->lead);
    }
    for (uint32_t i = 0; i < ranking->ask_count; i++)
        buf_fmt(buf, "ask %.*s %u %u %llx\n", STR_ARG(ranking->asks[i].zh), ranking->asks[i].sites,
                ranking->asks[i].gains, (unsigned long long)ranking->asks[i].conditions);
}

static void dump(Buf *buf, const Atlas *atlas, const Brief *brief)
{
    Ranking ranking;
    match_run(arena, atlas, brief, MATCH_EXPLAINED, &ranking);
    buf_fmt(buf, "%u %u %u %u %u\n", ranking.candidates, ranking.fit, ranking.unknown, ranking.near,
            ranking.excluded);
    for (uint32_t c = 0; c <= brief->condition_count; c++)
        buf_fmt(buf, "%u %u %u\n", ranking.counts[c].excludes, ranking.counts[c].unknown,
                ranking.counts[c].only);
    for (uint32_t t = 0; t < brief->term_count; t++)
        buf_fmt(buf, "%lld %lld\n", (long long)ranking.worst[t], (long long)ranking.best[t]);
    dump_sites(buf, atlas, brief, ranking.sites, ranking.site_count);
    dump_sites(buf, atlas, brief, ranking.unknowns, ranking.unknown_count);
    dump_why(buf, atlas, &ranking);
    Selection selection;
    filter_run(arena, atlas, KIND_PARCEL, brief->filter, &selection);
    buf_fmt(buf, "%u %u\n", selection.yes_count, selection.maybe_count);
}

/* A brief as text, so that the way from JSON to the ranking is walked whole. */
static void random_json(Dice *dice, Buf *json)
{
    buf_fmt(json, "{\"top\":%u,\"taken\":%s,\"where\":[", 1 + dice_below(dice, 200),
            dice_below(dice, 2) ? "true" : "false");
    buf_fmt(json, "{\"field\":\"port_m\",\"max\":%u}", 1000 * (5 + dice_below(dice, 60)));
    if (dice_below(dice, 2))
        buf_fmt(json, ",{\"field\":\"available_from\",\"max\":\"%u-%02u\"}", 2022 + dice_below(dice, 3),
                1 + dice_below(dice, 12));
    if (dice_below(dice, 2))
        buf_fmt(json, ",{\"field\":\"env_class\",\"max\":%u}", dice_below(dice, 36));
    if (dice_below(dice, 2))
        buf_c(json, ",{\"field\":\"gas_state\",\"in\":[\"done\",\"building\"]}");
    buf_c(json, "],\"weigh\":[");
    buf_fmt(json, "{\"field\":\"rail_station_m\",\"weight\":%u,\"better\":\"less\"},",
            dice_below(dice, 3) * 40);
    buf_fmt(json, "{\"field\":\"area_m2\",\"weight\":%u,\"better\":\"more\"}],", dice_below(dice, 3) * 30);
    double west = 112.5 + dice_below(dice, 300) / 1e3, south = 22.3 + dice_below(dice, 300) / 1e3;
    buf_fmt(json, "\"filter\":\"S_INTERSECTS(geometry, BBOX(%.3f,%.3f,%.3f,%.3f)) OR NOT land_use = 'M1'\"}",
            west, south, west + 0.2, south + 0.2);
}

TEST(a_ranking_cannot_tell_a_base_from_a_base_with_a_delta)
{
    Dice dice = {42};
    HandRow *rows = random_parcels(&dice);
    Atlas *whole = folder_atlas("whole", rows, ROWS), *cut = patched_atlas(&dice, rows);
    CHECK_EQ(atlas_count(whole, KIND_PARCEL), ROWS);
    CHECK_EQ(atlas_count(cut, KIND_PARCEL), ROWS);
    uint32_t ranked = 0;
    for (int i = 0; i < BRIEFS; i++) {
        Buf json, want, got;
        Brief brief;
        buf_init(&json, BRIEF_BYTES_MAX);
        buf_init(&want, 1 << 20);
        buf_init(&got, 1 << 20);
        random_json(&dice, &json);
        CHECK_OK(brief_parse(arena, AUDIENCE_PUBLIC, buf_view(&json), &brief));
        dump(&want, whole, &brief);
        dump(&got, cut, &brief);
        if (!str_eq(buf_view(&got), buf_view(&want)))
            test_fail(__FILE__, __LINE__, "%.*s\n%.300s\nnot\n%.300s", STR_ARG(buf_view(&json)), got.ptr,
                      want.ptr);
        ranked += buf_view(&want).len > 300;
        buf_done(&json);
        buf_done(&want);
        buf_done(&got);
    }
    CHECK(ranked > BRIEFS / 2); /* and the briefs are no empty ones */
    atlas_unref(whole);
    atlas_unref(cut);
}
