/* atlas_load PARCELS.csv FACILITIES.csv FOLDER [ENTERPRISES.csv]: files in Lianpu's own headings → an atlas
 * of the public, without a ledger. The enterprises are those of a generator (columns id, name, …, lon, lat);
 * 10,000 of them, evenly spaced, have a role in the segment bench.part. A cell that the model does not take
 * ends it. */
#include "atlas/atlas.h"
#include "intake/csv.h"
#include "intake/headings.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { COLUMNS_MAX = 64 };

static void check(Err err)
{
    if (err == OK)
        return;
    const Fault *fault = fault_last();
    fprintf(stderr, "atlas_load: %s", err_name(err));
    for (int i = 0; i < fault->count; i++)
        fprintf(stderr, " %s=%s", fault->args[i].name, fault->args[i].text);
    fprintf(stderr, "\n");
    exit(1);
}

static void load_row(AtlasBuild *build, Arena *arena, Kind kind, const Target *targets, const Str *cells,
                     uint32_t count)
{
    Value values[FIELDS_MAX] = {{.state = VALUE_UNKNOWN}};
    Geometry shape = {.type = GEOM_NONE};
    Str key = {"", 0};
    for (uint32_t c = 0; c < count; c++) {
        if (targets[c].what == TARGET_ID)
            key = cells[c];
        else if (targets[c].what == TARGET_GEOMETRY)
            check(geometry_from_wkt(arena, cells[c], &shape));
        else
            check(value_parse(arena, &kind_info(kind)->fields[targets[c].field], cells[c],
                              &values[targets[c].field]));
    }
    DateSpan day = {date_day(2022, 11, 30), date_day(2022, 11, 30)};
    check(atlas_build_add(build, kind, key, values, &shape, (Freshness){day, 0}));
}

static uint64_t load(AtlasBuild *build, Kind kind, const char *path)
{
    Input *input;
    Target targets[COLUMNS_MAX];
    const Str *cells;
    uint32_t count;
    uint64_t rows = 0;
    check(input_open(path, &input));
    Csv *csv = csv_new(input);
    check(csv_next(csv, &cells, &count));
    for (uint32_t c = 0; c < count && c < COLUMNS_MAX; c++)
        check(heading_target(kind, cells[c], &targets[c]));
    for (Arena *arena = arena_new();; rows++) {
        check(csv_next(csv, &cells, &count));
        if (count == 0) {
            arena_free(arena);
            break;
        }
        arena_reset(arena);
        load_row(build, arena, kind, targets, cells, count < COLUMNS_MAX ? count : COLUMNS_MAX);
    }
    csv_free(csv);
    input_close(input);
    return rows;
}

static Value text_value(Str text)
{
    return (Value){.state = VALUE_KNOWN, .text = text};
}

static void add_role(AtlasBuild *build, Str enterprise)
{
    Value values[FIELDS_MAX] = {{.state = VALUE_UNKNOWN}};
    values[field_index(KIND_ROLE, STR("enterprise"))] = text_value(enterprise);
    values[field_index(KIND_ROLE, STR("segment"))] = text_value(STR("bench.part"));
    values[field_index(KIND_ROLE, STR("chain"))] = text_value(STR("bench"));
    values[field_index(KIND_ROLE, STR("type"))] = text_value(STR("leader"));
    check(atlas_build_add(build, KIND_ROLE, enterprise, values, NULL, (Freshness){{0, 0}, 0}));
}

static void add_enterprise(AtlasBuild *build, const Str *cells, uint32_t count, bool member)
{
    Value values[FIELDS_MAX] = {{.state = VALUE_UNKNOWN}};
    double lon, lat;
    char key[KEY_MAX_BYTES];
    if (count < 3 || !str_double(cells[count - 2], &lon) || !str_double(cells[count - 1], &lat))
        check(fail(ERR_CSV, "row", "?", "detail", "no lon, lat", NULL));
    Point at = {(int32_t)(lon * DEGREE), (int32_t)(lat * DEGREE)};
    Geometry shape = {.type = GEOM_POINT, .point_count = 1, .points = &at};
    snprintf(key, sizeof key, "e-%.*s", STR_ARG(cells[0]));
    values[FIELD_NAME_ZH] = text_value(cells[1]);
    check(atlas_build_add(build, KIND_ENTERPRISE, str_of(key), values, &shape, (Freshness){{0, 0}, 0}));
    if (member)
        add_role(build, str_of(key));
}

static void load_enterprises(AtlasBuild *build, const char *path)
{
    enum { MEMBERS = 10000 };
    Input *input;
    const Str *cells;
    uint32_t count;
    uint64_t rows = 0, members = 0, all = 0;
    for (int pass = 0; pass < 2; pass++) {
        check(input_open(path, &input));
        Csv *csv = csv_new(input);
        check(csv_next(csv, &cells, &count));
        for (rows = 0;; rows++) {
            check(csv_next(csv, &cells, &count));
            if (count == 0)
                break;
            if (pass == 0)
                continue;
            bool member = rows * MEMBERS / all >= members && members < MEMBERS;
            members += member;
            add_enterprise(build, cells, count, member);
        }
        all = rows;
        csv_free(csv);
        input_close(input);
    }
    Value values[FIELDS_MAX] = {{.state = VALUE_UNKNOWN}};
    values[field_index(KIND_SEGMENT, STR("chain"))] = text_value(STR("bench"));
    values[field_index(KIND_SEGMENT, STR("stage"))] = text_value(STR("mid"));
    check(atlas_build_add(build, KIND_SEGMENT, STR("bench.part"), values, NULL, (Freshness){{0, 0}, 0}));
}

int main(int argc, char **argv)
{
    AtlasBuild *build;
    Atlas *atlas;
    if (argc != 4 && argc != 5) {
        fprintf(stderr, "usage: atlas_load PARCELS.csv FACILITIES.csv FOLDER [ENTERPRISES.csv]\n");
        return 2;
    }
    (void)mkdir(argv[3], 0755);
    check(atlas_build_begin(argv[3], AUDIENCE_PUBLIC, 1, NULL, &build));
    int64_t start = clock_now_ns();
    uint64_t facilities = load(build, KIND_FACILITY, argv[2]), parcels = load(build, KIND_PARCEL, argv[1]);
    if (argc == 5)
        load_enterprises(build, argv[4]);
    double reading = (double)(clock_now_ns() - start) / 1e9;
    start = clock_now_ns();
    check(atlas_build_finish(build, &atlas));
    printf("%llu parcels, %llu facilities: read %.1f s, built %.1f s, %.1f bytes a parcel\n",
           (unsigned long long)parcels, (unsigned long long)facilities, reading,
           (double)(clock_now_ns() - start) / 1e9,
           (double)atlas_bytes(atlas) / (double)(parcels ? parcels : 1));
    atlas_unref(atlas);
    return 0;
}
