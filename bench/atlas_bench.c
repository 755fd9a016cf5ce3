/* atlas_bench [PARCELS 1000000] [FACILITIES 40] [FOLDER /tmp]: builds synthetic parcels with 23 known fields
 * and polygons of 5 to 13 points, opens the atlas, commits one parcel. Making the rows is not timed. */
#include "atlas/atlas.h"
#include "base/hash.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { BATCH = 1000, NAME_MAX_BYTES = 48, RING_MAX = 14 };

typedef struct Row {
    char key[24], name[NAME_MAX_BYTES];
    Value values[FIELDS_MAX];
    Point points[RING_MAX];
    uint32_t ring_end, part_end;
    Geometry shape;
} Row;

static uint64_t state = 88172645463325252u;

static uint64_t below(uint64_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (state >> 11) % n;
}

static double seconds_since(int64_t start)
{
    return (double)(clock_now_ns() - start) / 1e9;
}

static double cpu_seconds(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static void check(Err err)
{
    if (err == OK)
        return;
    fprintf(stderr, "%s: %s\n", err_name(err), fault_last()->count ? fault_last()->args[0].text : "");
    exit(1);
}

static Value *value(Row *row, const char *field)
{
    int at = field_index(KIND_PARCEL, str_of(field));
    if (at < 0)
        exit(2);
    row->values[at].state = VALUE_KNOWN;
    return &row->values[at];
}

static void set_num(Row *row, const char *field, uint64_t least, uint64_t range)
{
    value(row, field)->num = (int64_t)(least + below(range));
}

static void set_code(Row *row, const char *field)
{
    int at = field_index(KIND_PARCEL, str_of(field));
    const CodeList *list = kind_info(KIND_PARCEL)->fields[at].codes;
    value(row, field)->text = str_of(list->codes[below(list->count)].code);
}

static void set_date(Row *row, const char *field)
{
    int32_t day = date_day(2022, 1, 1) + (int32_t)below(2000);
    value(row, field)->date = (DateSpan){day, day + (below(3) ? 0 : 29)};
}

/* Parks of some 350 plots, 150 m apart, over the whole of the country. */
static void make_shape(Row *row, uint64_t number)
{
    uint64_t park = number / 350, plot = number % 350;
    uint64_t scattered = hash64(&park, sizeof park);
    int32_t lon = (int32_t)(800000000 + scattered % 500000000 + plot % 19 * 15000);
    int32_t lat = (int32_t)(200000000 + (scattered >> 32) % 250000000 + plot / 19 * 13500);
    uint32_t count = (uint32_t)(5 + below(8));
    for (uint32_t i = 0; i < count; i++) {
        double radius = 4200 + (double)below(3000), angle = 6.283185307179586 * i / count;
        row->points[i] = (Point){lon + (int32_t)(radius * cos(angle)), lat + (int32_t)(radius * sin(angle))};
    }
    row->points[count] = row->points[0];
    row->ring_end = count + 1;
    row->part_end = 1;
    row->shape = (Geometry){GEOM_POLYGON, count + 1, 1, 1, row->points, &row->ring_end, &row->part_end};
}

static void make_row(Row *row, uint64_t number)
{
    static const char *const codes[] = {"how",          "precision",   "land_use",
                                        "land_state",   "road_state",  "water_state",
                                        "sewage_state", "power_state", "gas_state"};
    static char parks[4096][16];
    char *park = parks[number / 350 % 4096];
    memset(row->values, 0, sizeof row->values);
    snprintf(park, sizeof parks[0], "park-%llu", (unsigned long long)number / 350 % 4096);
    snprintf(row->key, sizeof row->key, "p-%07llu", (unsigned long long)number);
    snprintf(row->name, sizeof row->name, "江门产业园%llu号地块%llu", (unsigned long long)number / 350,
             (unsigned long long)number);
    value(row, "name_zh")->text = str_of(row->name);
    value(row, "park")->text = str_of(park);
    value(row, "region")->text = str_of(number % 2 ? "440705" : "440704");
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        set_code(row, codes[i]);
    set_num(row, "area_m2", 100000, 40000000);
    set_num(row, "far_min", 50, 200);
    set_num(row, "far_max", 250, 300);
    set_num(row, "price_fen_m2", 10000, 90000);
    set_num(row, "env_class", 1, 4);
    set_num(row, "power_left_kva", 0, 2000000);
    set_num(row, "water_left_m3d", 0, 50000);
    set_num(row, "sewage_left_m3d", 0, 50000);
    set_num(row, "gas_left_m3h", 0, 50000);
    set_date(row, "available_from");
    set_date(row, "power_in_service");
    make_shape(row, number);
}

static void add_facilities(AtlasBuild *build, uint32_t count)
{
    const Field *type = &kind_info(KIND_FACILITY)->fields[field_index(KIND_FACILITY, STR("type"))];
    for (uint32_t i = 0; i < count; i++) {
        char key[24];
        snprintf(key, sizeof key, "f-%06u", i);
        Value values[FIELDS_MAX] = {{.state = VALUE_UNKNOWN}};
        values[field_index(KIND_FACILITY, STR("type"))] =
            (Value){.state = VALUE_KNOWN, .text = str_of(type->codes->codes[i % type->codes->count].code)};
        Point at = {(int32_t)(800000000 + below(500000000)), (int32_t)(200000000 + below(250000000))};
        Geometry shape = {.type = GEOM_POINT, .point_count = 1, .points = &at};
        check(atlas_build_add(build, KIND_FACILITY, str_of(key), values, &shape,
                              (Freshness){{19000, 19000}, 0}));
    }
}

static void add(AtlasBuild *build, const Row *row)
{
    check(atlas_build_add(build, KIND_PARCEL, str_of(row->key), row->values, &row->shape,
                          (Freshness){{19000, 19000}, 90}));
}

static Atlas *build_base(const char *dir, uint64_t parcels, uint32_t facilities)
{
    static Row rows[BATCH];
    AtlasBuild *build;
    Atlas *atlas;
    check(atlas_build_begin(dir, AUDIENCE_PUBLIC, 1, NULL, &build));
    add_facilities(build, facilities);
    double adding = 0, cpu = 0;
    for (uint64_t at = 0; at < parcels; at += BATCH) {
        uint64_t count = parcels - at < BATCH ? parcels - at : BATCH;
        for (uint64_t i = 0; i < count; i++)
            make_row(&rows[i], at + i);
        int64_t start = clock_now_ns();
        cpu -= cpu_seconds();
        for (uint64_t i = 0; i < count; i++)
            add(build, &rows[i]);
        cpu += cpu_seconds();
        adding += seconds_since(start);
    }
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    int64_t start = clock_now_ns();
    double finish_cpu = cpu_seconds();
    check(atlas_build_finish(build, &atlas));
    double finishing = seconds_since(start);
    finish_cpu = cpu_seconds() - finish_cpu;
    getrusage(RUSAGE_SELF, &after);
    printf("build    %.3f s (add %.3f, finish %.3f; of processors %.3f and %.3f)\n", adding + finishing,
           adding, finishing, cpu, finish_cpu);
    printf("memory   %.0f bytes a row when all are added, %.0f at most while finishing\n",
           (double)before.ru_maxrss * 1024 / (double)parcels,
           (double)after.ru_maxrss * 1024 / (double)parcels);
    printf("file     %.1f bytes a row\n", (double)atlas_bytes(atlas) / (double)parcels);
    return atlas;
}

static double commit_one(const char *dir, Atlas *base, uint64_t number)
{
    static Row row;
    AtlasBuild *build;
    Atlas *atlas;
    make_row(&row, number);
    int64_t start = clock_now_ns();
    check(atlas_build_begin(dir, AUDIENCE_PUBLIC, 2, base, &build));
    add(build, &row);
    check(atlas_build_finish(build, &atlas));
    double took = seconds_since(start);
    atlas_unref(atlas);
    return took * 1e3;
}

int main(int argc, char **argv)
{
    uint64_t parcels = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000;
    uint32_t facilities = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 40;
    char dir[256];
    snprintf(dir, sizeof dir, "%s/atlas-bench-XXXXXX", argc > 3 ? argv[3] : "/tmp");
    if (!mkdtemp(dir))
        return 1;
    atlas_unref(build_base(dir, parcels, facilities));
    Atlas *atlas;
    int64_t start = clock_now_ns();
    check(atlas_open(dir, AUDIENCE_PUBLIC, &atlas));
    printf("open     %.3f s\n", seconds_since(start));
    double least = 1e9, sum = 0;
    for (uint64_t i = 0; i < 10; i++) {
        double ms = commit_one(dir, atlas, i * parcels / 10);
        least = ms < least ? ms : least;
        sum += ms;
    }
    printf("commit   %.2f ms for one parcel (mean of 10; least %.2f)\n", sum / 10, least);
    atlas_unref(atlas);
    char command[300];
    snprintf(command, sizeof command, "rm -r '%s'", dir);
    return system(command) == 0 ? 0 : 1;
}
