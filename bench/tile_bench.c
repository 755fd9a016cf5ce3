/* tile_bench FOLDER [LIST] [TILES 400] [SEED 1]: vector tiles of parcels over an atlas that atlas_load made,
 * each tile once, in random order over zooms, with and without a filter. Tiles are drawn in two ways: by
 * place (each tile that holds anything is as likely as another) and by row (the tile of a random parcel:
 * crowded ones come more often; of z6 a tenth and a fortieth as many, for peers take seconds for one). LIST
 * gets them, a line each, for the peers: way, zoom, column, row and filter, with tabs between. Prints the
 * processor's time; then counts some of them again row by row and ends with 1 if a tile does not hold what it
 * should. One thread, in process. */
#include "atlas/filter_block.h"
#include "report.h"
#include "tile/tile.h"
#include "unit/tile/decode.h"
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    TILES_MAX = 5000,
    FILTER_TEXT_MAX = 300,
    CHECKED = 10,
    LOW_ZOOM = 6,
    AGAIN = 5,
    ZOOM_COUNT = 5,
    WAYS = 2
};

static const uint32_t zooms[ZOOM_COUNT] = {6, 9, 11, 12, 14};
static const char *const ways[WAYS] = {"place", "row"};

typedef struct Job {
    TileId tile;
    uint32_t way, zoom; /* index into zooms */
    bool filtered;
    char filter[FILTER_TEXT_MAX];
    double took_us, again_us; /* the first time; the least of AGAIN times right after */
    size_t bytes;
} Job;

static uint64_t seed = 1;

static uint32_t below(uint32_t limit)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((seed >> 32) * limit >> 32);
}

static void check(Err err)
{
    if (err == OK)
        return;
    fprintf(stderr, "tile_bench: %s\n", err_name(err));
    exit(1);
}

static double now_us(void)
{
    struct timespec at;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return (double)at.tv_sec * 1e6 + (double)at.tv_nsec / 1e3;
}

static TileId tile_over(Point at, uint32_t z)
{
    double tiles = (double)(1u << z), lat = at.lat / (double)DEGREE * M_PI / 180;
    return (TileId){z, (uint32_t)((at.lon / (double)DEGREE + 180) / 360 * tiles),
                    (uint32_t)((1 - asinh(tan(lat)) / M_PI) / 2 * tiles)};
}

/* ---- the jobs ---- */

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Every tile of the zoom that holds an anchor, once: column << 32 | row. */
static uint64_t *tiles_of(const Table *table, uint32_t z, uint32_t *ret_count)
{
    uint32_t items = rtree_count(&table->tree), count = 0;
    uint64_t *tiles = heap_alloc(items * sizeof *tiles);
    for (uint32_t row = 0; row < items; row++) {
        TileId tile = tile_over(table->anchors[row], z);
        tiles[row] = (uint64_t)tile.x << 32 | tile.y;
    }
    qsort(tiles, items, sizeof *tiles, by_number);
    for (uint32_t i = 0; i < items; i++)
        if (i == 0 || tiles[i] != tiles[count - 1])
            tiles[count++] = tiles[i];
    *ret_count = count;
    return tiles;
}

static int64_t value_at(const Table *table, const char *field)
{
    const Column *column = &table->columns[field_index(KIND_PARCEL, str_of(field))];
    return column_num(column, below(table->rows));
}

/* Bounds from parcels, so that conditions bite as people's do. */
static void write_filter(char *to, const Table *table)
{
    static const char *const uses[] = {"M1", "M2", "M3", "W1", "W2", "B2", "M0"};
    size_t len =
        (size_t)snprintf(to, FILTER_TEXT_MAX, "land_use IN ('%s', '%s')", uses[below(3)], uses[3 + below(4)]);
    if (below(2))
        len += (size_t)snprintf(to + len, FILTER_TEXT_MAX - len, " AND land_state = 'serviced'");
    if (below(2))
        len += (size_t)snprintf(to + len, FILTER_TEXT_MAX - len, " AND area_m2 >= %" PRId64,
                                value_at(table, "area_m2") / 100);
    if (below(2))
        len += (size_t)snprintf(to + len, FILTER_TEXT_MAX - len, " AND power_left_kva >= %" PRId64,
                                value_at(table, "power_left_kva"));
    snprintf(to + len, FILTER_TEXT_MAX - len, " AND price_fen_m2 <= %" PRId64,
             value_at(table, "price_fen_m2"));
}

static void add_pair(Job *jobs, uint32_t *count, TileId tile, uint32_t way, uint32_t zoom, const Table *table)
{
    for (int filtered = 0; filtered < 2; filtered++) {
        Job *job = &jobs[(*count)++];
        *job = (Job){.tile = tile, .way = way, .zoom = zoom, .filtered = filtered};
        if (filtered)
            write_filter(job->filter, table);
    }
}

static uint32_t make_jobs(Job *jobs, const Table *table, uint32_t per_zoom)
{
    uint32_t count = 0;
    for (uint32_t zoom = 0; zoom < ZOOM_COUNT; zoom++) {
        bool low = zooms[zoom] == LOW_ZOOM;
        uint32_t left, most = low ? (per_zoom + 9) / 10 : per_zoom;
        uint64_t *tiles = tiles_of(table, zooms[zoom], &left);
        for (uint32_t i = 0; i < most && left > 0; i++) {
            uint32_t at = below(left);
            TileId tile = {zooms[zoom], (uint32_t)(tiles[at] >> 32), (uint32_t)tiles[at]};
            tiles[at] = tiles[--left];
            add_pair(jobs, &count, tile, 0, zoom, table);
        }
        free(tiles);
        for (uint32_t i = 0; i < (low ? (most + 3) / 4 : most); i++)
            add_pair(jobs, &count, tile_over(table->anchors[below(rtree_count(&table->tree))], zooms[zoom]),
                     1, zoom, table);
    }
    for (uint32_t i = count; i > 1; i--) {
        uint32_t at = below(i);
        Job kept = jobs[at];
        jobs[at] = jobs[i - 1];
        jobs[i - 1] = kept;
    }
    return count;
}

static void write_list(const char *path, const Job *jobs, uint32_t count)
{
    FILE *out = fopen(path, "w");
    if (!out) {
        fprintf(stderr, "tile_bench: cannot write %s\n", path);
        exit(1);
    }
    for (uint32_t i = 0; i < count; i++)
        fprintf(out, "%s\t%u\t%u\t%u\t%s\n", ways[jobs[i].way], jobs[i].tile.z, jobs[i].tile.x,
                jobs[i].tile.y, jobs[i].filter);
    fclose(out);
}

/* ---- measuring ---- */

/* From the filter's text on, as a request would. */
static void encode(Arena *arena, const Atlas *atlas, const Job *job, Buf *buf)
{
    const Filter *filter = NULL;
    arena_reset(arena);
    buf_clear(buf);
    if (job->filtered)
        check(filter_parse(arena, KIND_PARCEL, AUDIENCE_PUBLIC, str_of(job->filter), &filter));
    check(tile_encode(arena, atlas, KIND_PARCEL, job->tile, filter, buf));
}

static int by_bytes(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

static void report_jobs(const Job *jobs, uint32_t count, uint32_t way, uint32_t zoom, bool filtered)
{
    static double times[TILES_MAX], again[TILES_MAX];
    static size_t sizes[TILES_MAX];
    char name[64], note[64];
    uint32_t n = 0;
    for (uint32_t i = 0; i < count; i++)
        if (jobs[i].way == way && jobs[i].zoom == zoom && jobs[i].filtered == filtered) {
            times[n] = jobs[i].took_us;
            again[n] = jobs[i].again_us;
            sizes[n++] = jobs[i].bytes;
        }
    if (n == 0)
        return;
    qsort(sizes, n, sizeof *sizes, by_bytes);
    Times warm = times_of(again, n);
    snprintf(name, sizeof name, "tile z%u%s%s", zooms[zoom], filtered ? " filtered" : "",
             way ? " by row" : "");
    snprintf(note, sizeof note, "right again %.1f / %.1f µs", warm.p50_us, warm.p99_us);
    report(&(Report){.job = name,
                     .times = times_of(times, n),
                     .cpu = true,
                     .bytes_p50 = sizes[n / 2],
                     .bytes_most = sizes[n - 1],
                     .note = note});
}

/* ---- checking: every row of every table asked by itself ---- */

void tile_decode_fails(int line, const char *what)
{
    fprintf(stderr, "tile_bench: a tile is none: %s (decode.c:%d)\n", what, line);
    exit(1);
}

typedef struct Tally {
    uint32_t yes, maybe, drawn, must; /* counted in the tile; touching it; wholly within it */
} Tally;

static Tally tally_of(Arena *arena, const Table *table, const Job *job)
{
    Tally tally = {0};
    const Filter *filter = NULL;
    if (job->filtered)
        check(filter_parse(arena, KIND_PARCEL, AUDIENCE_PUBLIC, str_of(job->filter), &filter));
    const BoundFilter *bound = filter_bind(arena, table, filter);
    Box around = tile_box(job->tile, TILE_BUFFER), inside = tile_box(job->tile, 0);
    for (uint32_t row = 0; row < table->rows; row++) {
        if (!table_has_shape(table, row) || !box_meets(table->boxes[row], around))
            continue;
        Truth truth = filter_row(bound, row);
        if (truth == TRUTH_NO)
            continue;
        TileId at = tile_over(table->anchors[row], job->tile.z);
        bool here = at.x == job->tile.x && at.y == job->tile.y;
        tally.yes += here && truth == TRUTH_YES;
        tally.maybe += here && truth == TRUTH_MAYBE;
        tally.drawn++;
        tally.must += box_holds(inside, table->boxes[row]);
    }
    return tally;
}

static bool tile_right(Arena *arena, const Table *table, const Job *job, Str bytes)
{
    Tally want = tally_of(arena, table, job);
    if (bytes.len == 0)
        return want.yes + want.maybe == 0 && want.must == 0;
    TileLayer layer = tile_decode(arena, bytes);
    if (tile_tag(&layer.features[0], "id"))
        return layer.feature_count >= want.must && layer.feature_count <= want.drawn;
    double yes = 0, maybe = 0;
    for (uint32_t i = 0; i < layer.feature_count; i++) {
        const TileTag *of_maybe = tile_tag(&layer.features[i], "maybe");
        yes += tile_tag(&layer.features[i], "count")->number;
        maybe += of_maybe ? of_maybe->number : 0;
    }
    return yes == want.yes && maybe == want.maybe;
}

/* CHECKED of each way and zoom, with and without a filter; how many were wrong. */
static uint32_t check_some(const Atlas *atlas, const Job *jobs, uint32_t count, Buf *buf)
{
    uint32_t done[WAYS][ZOOM_COUNT][2] = {0}, checked = 0, wrong = 0;
    Arena *arena = arena_new();
    for (uint32_t i = 0; i < count; i++) {
        const Job *job = &jobs[i];
        if (done[job->way][job->zoom][job->filtered]++ >= CHECKED)
            continue;
        encode(arena, atlas, job, buf);
        checked++;
        if (tile_right(arena, atlas_table(atlas, KIND_PARCEL, 0), job, buf_view(buf)))
            continue;
        wrong++;
        fprintf(stderr, "wrong: %u/%u/%u %s\n", job->tile.z, job->tile.x, job->tile.y, job->filter);
    }
    arena_free(arena);
    report(&(Report){.job = "tiles", .compared = checked, .wrong = wrong});
    return wrong;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: tile_bench FOLDER [LIST] [TILES] [SEED]\n");
        return 2;
    }
    uint32_t per_zoom = argc > 3 ? (uint32_t)atoi(argv[3]) : 400;
    seed = argc > 4 ? strtoull(argv[4], NULL, 10) : 1;
    if (per_zoom > TILES_MAX)
        per_zoom = TILES_MAX;
    Atlas *atlas;
    check(atlas_open(argv[1], AUDIENCE_PUBLIC, &atlas));
    Job *jobs = heap_zalloc(sizeof *jobs * 2 * WAYS * ZOOM_COUNT * per_zoom);
    uint32_t count = make_jobs(jobs, atlas_table(atlas, KIND_PARCEL, 0), per_zoom);
    if (argc > 2)
        write_list(argv[2], jobs, count);
    Arena *arena = arena_new();
    Buf buf;
    buf_init(&buf, TILE_BYTES_MAX);
    for (uint32_t i = 0; i < count; i++) {
        double start = now_us();
        encode(arena, atlas, &jobs[i], &buf);
        jobs[i].took_us = jobs[i].again_us = now_us() - start;
        jobs[i].bytes = buf.len;
        for (int turn = 0; turn < AGAIN; turn++) {
            start = now_us();
            encode(arena, atlas, &jobs[i], &buf);
            double took = now_us() - start;
            jobs[i].again_us = took < jobs[i].again_us ? took : jobs[i].again_us;
        }
    }
    for (uint32_t way = 0; way < WAYS; way++)
        for (int filtered = 0; filtered < 2; filtered++)
            for (uint32_t zoom = 0; zoom < ZOOM_COUNT; zoom++)
                report_jobs(jobs, count, way, zoom, filtered);
    uint32_t wrong = check_some(atlas, jobs, count, &buf);
    buf_done(&buf);
    arena_free(arena);
    atlas_unref(atlas);
    free(jobs);
    return wrong ? 1 : 0;
}
