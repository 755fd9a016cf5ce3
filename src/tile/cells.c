/* Cells: rows counted, not drawn. A cell's edges are whole 1e-7 degrees that depend on its place in the world
 * alone, so that neighbours agree to which of them an anchor belongs. */
#include "tile/paths.h"
#include "tile/rows.h"
#include <math.h>

enum { GRID = 8, CELLS = GRID * GRID };

typedef struct Cell {
    int64_t lon_sum, lat_sum;
    uint32_t yes, maybe;
} Cell;

typedef struct Grid {
    int32_t lon_edges[GRID + 1]; /* cell i: lon_edges[i] ≤ lon < lon_edges[i + 1] */
    int32_t lat_edges[GRID + 1]; /* from the north: cell i: lat_edges[i + 1] ≤ lat < lat_edges[i] */
    Cell cells[CELLS];
    const Table *table;
    const uint64_t *yes, *maybe;
    /* Rows come in runs that lie in one cell: its edges, and its sums until another is met. `place` is CELLS
     * outside of the grid. */
    int32_t west, south, east, north;
    uint32_t place;
    Cell run;
} Grid;

/* `at` counts cells from the west of the world; the outermost edges hold all there is. */
static int32_t lon_edge(uint32_t at, uint32_t world)
{
    if (at == world)
        return INT32_MAX;
    return (int32_t)ceil(at / (double)world * (360.0 * DEGREE) - 180.0 * DEGREE);
}

static int32_t lat_edge(uint32_t at, uint32_t world)
{
    if (at == 0)
        return INT32_MAX;
    if (at == world)
        return INT32_MIN;
    return (int32_t)ceil(atan(sinh(M_PI * (1 - 2 * (at / (double)world)))) * (180 / M_PI) * DEGREE);
}

static void grid_start(Grid *grid, TileId tile)
{
    uint32_t world = GRID << tile.z;
    for (uint32_t i = 0; i <= GRID; i++) {
        grid->lon_edges[i] = lon_edge(tile.x * GRID + i, world);
        grid->lat_edges[i] = lat_edge(tile.y * GRID + i, world);
    }
}

static void run_end(Grid *grid)
{
    if (grid->place < CELLS) {
        Cell *cell = &grid->cells[grid->place];
        cell->lon_sum += grid->run.lon_sum;
        cell->lat_sum += grid->run.lat_sum;
        cell->yes += grid->run.yes;
        cell->maybe += grid->run.maybe;
    }
    grid->run = (Cell){0};
}

/* Ends the run and begins the one of the cell that holds `at`. */
static void run_start(Grid *grid, Point at)
{
    run_end(grid);
    grid->west = grid->south = INT32_MAX; /* holds nothing */
    grid->east = grid->north = INT32_MIN;
    grid->place = CELLS;
    if (at.lon < grid->lon_edges[0] || at.lon >= grid->lon_edges[GRID] || at.lat >= grid->lat_edges[0] ||
        at.lat < grid->lat_edges[GRID])
        return;
    uint32_t x = 0, y = 0; /* three halvings */
    for (uint32_t half = GRID / 2; half > 0; half /= 2) {
        x += at.lon >= grid->lon_edges[x + half] ? half : 0;
        y += at.lat < grid->lat_edges[y + half] ? half : 0;
    }
    grid->place = y * GRID + x;
    grid->west = grid->lon_edges[x];
    grid->east = grid->lon_edges[x + 1];
    grid->south = grid->lat_edges[y + 1];
    grid->north = grid->lat_edges[y];
}

static inline void count_anchor(Grid *grid, Point at, bool yes, bool maybe)
{
    if (at.lon < grid->west || at.lon >= grid->east || at.lat < grid->south || at.lat >= grid->north)
        run_start(grid, at);
    grid->run.lon_sum += at.lon;
    grid->run.lat_sum += at.lat;
    grid->run.yes += yes;
    grid->run.maybe += maybe;
}

static bool count_row(uint32_t row, void *user)
{
    Grid *grid = user;
    bool yes = bits_get(grid->yes, row), maybe = grid->maybe && bits_get(grid->maybe, row);
    if (yes || maybe)
        count_anchor(grid, grid->table->anchors[row], yes, maybe);
    return true;
}

/* Row after row, past the tree: rows with a geometry stand before those without (atlas.h). */
static void count_all(Grid *grid)
{
    uint32_t rows = rtree_count(&grid->table->tree);
    for (uint32_t w = 0; w < bits_words(rows); w++) {
        uint64_t yes = grid->yes[w], left = yes | (grid->maybe ? grid->maybe[w] : 0);
        for (; left; left &= left - 1) {
            uint32_t bit = (uint32_t)__builtin_ctzll(left), row = w * 64 + bit;
            if (row < rows)
                count_anchor(grid, grid->table->anchors[row], yes >> bit & 1, !(yes >> bit & 1));
        }
    }
}

/* Is so much of the table below the grid that the detour over the tree costs more than it saves? */
static bool covers_most(Box grid, Box all)
{
    int64_t wide = (int64_t)(grid.east < all.east ? grid.east : all.east) -
                   (grid.west > all.west ? grid.west : all.west);
    int64_t high = (int64_t)(grid.north < all.north ? grid.north : all.north) -
                   (grid.south > all.south ? grid.south : all.south);
    double whole = ((double)all.east - all.west + 1) * ((double)all.north - all.south + 1);
    return wide >= 0 && high >= 0 && (double)(wide + 1) * (double)(high + 1) > whole / 4;
}

static void cell_write(Layer *layer, Paths *paths, const Cell *cell, uint32_t count_key, uint32_t maybe_key)
{
    int64_t rows = (int64_t)cell->yes + cell->maybe;
    if (rows == 0 ||
        !paths_point(paths, (Point){(int32_t)(cell->lon_sum / rows), (int32_t)(cell->lat_sum / rows)}))
        return;
    layer_tag(layer, count_key, layer_number(layer, cell->yes, 0));
    if (cell->maybe)
        layer_tag(layer, maybe_key, layer_number(layer, cell->maybe, 0));
    layer_feature(layer, FEATURE_POINT, paths->commands.ptr, paths->commands.len);
}

void rows_cells(Layer *layer, const TileRows *rows, TileId tile)
{
    Grid grid = {
        .west = INT32_MAX, .south = INT32_MAX, .east = INT32_MIN, .north = INT32_MIN, .place = CELLS};
    grid_start(&grid, tile);
    Box box = {grid.lon_edges[0], grid.lat_edges[GRID], grid.lon_edges[GRID] - 1, grid.lat_edges[0] - 1};
    for (uint32_t s = 0; s < rows->count; s++) {
        grid.table = rows->tables[s];
        grid.yes = rows->yes[s];
        grid.maybe = rows->maybe[s];
        if (grid.table->rows == 0 || rtree_count(&grid.table->tree) == 0)
            continue;
        if (covers_most(box, rtree_box(&grid.table->tree)))
            count_all(&grid);
        else
            rtree_search(&grid.table->tree, box, count_row, &grid);
    }
    run_end(&grid);
    Paths paths;
    paths_start(&paths, layer->arena, tile);
    uint32_t count_key = layer_key(layer, "count"), maybe_key = layer_key(layer, "maybe");
    for (uint32_t i = 0; i < CELLS; i++)
        cell_write(layer, &paths, &grid.cells[i], count_key, maybe_key);
}
