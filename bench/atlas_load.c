/* atlas_load PARCELS.csv FACILITIES.csv FOLDER: files in Lianpu's own headings → an atlas of the public,
 * without a ledger. A cell that the model does not take ends it. */
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

int main(int argc, char **argv)
{
    AtlasBuild *build;
    Atlas *atlas;
    if (argc != 4) {
        fprintf(stderr, "usage: atlas_load PARCELS.csv FACILITIES.csv FOLDER\n");
        return 2;
    }
    (void)mkdir(argv[3], 0755);
    check(atlas_build_begin(argv[3], AUDIENCE_PUBLIC, 1, NULL, &build));
    int64_t start = clock_now_ns();
    uint64_t facilities = load(build, KIND_FACILITY, argv[2]), parcels = load(build, KIND_PARCEL, argv[1]);
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
