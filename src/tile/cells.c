/* Cells: rows counted, not drawn. A cell's edges are whole 1e-7 degrees that depend on its place in the world
 * alone, so that neighbours agree to which of them an anchor belongs. A table knows of each block of rows,
 * and of each group of blocks, where the anchors lie and what they add up to: whatever lies in one cell as a
 * whole is counted without looking at its rows. */
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
    Box box;                     /* of all cells, its edges included */
    Cell cells[CELLS];
    const TileRows *rows;
    uint32_t table; /* of rows */
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

static void grid_start(Grid *grid, const TileRows *rows, TileId tile)
{
    uint32_t world = GRID << tile.z;
    *grid = (Grid){.rows = rows, .place = CELLS};
    grid->west = grid->south = INT32_MAX; /* holds nothing */
    grid->east = grid->north = INT32_MIN;
    for (uint32_t i = 0; i <= GRID; i++) {
        grid->lon_edges[i] = lon_edge(tile.x * GRID + i, world);
        grid->lat_edges[i] = lat_edge(tile.y * GRID + i, world);
    }
    grid->box =
        (Box){grid->lon_edges[0], grid->lat_edges[GRID], grid->lon_edges[GRID] - 1, grid->lat_edges[0] - 1};
}

/* The cell that holds `at`; CELLS if none does. */
static uint32_t place_of(const Grid *grid, Point at)
{
    if (at.lon < grid->lon_edges[0] || at.lon >= grid->lon_edges[GRID] || at.lat >= grid->lat_edges[0] ||
        at.lat < grid->lat_edges[GRID])
        return CELLS;
    uint32_t x = 0, y = 0; /* three halvings */
    for (uint32_t half = GRID / 2; half > 0; half /= 2) {
        x += at.lon >= grid->lon_edges[x + half] ? half : 0;
        y += at.lat < grid->lat_edges[y + half] ? half : 0;
    }
    return y * GRID + x;
}

/* The one cell that holds the whole box; CELLS if none does. */
static uint32_t place_of_box(const Grid *grid, Box box)
{
    uint32_t place = place_of(grid, (Point){box.west, box.south});
    return place < CELLS && place == place_of(grid, (Point){box.east, box.north}) ? place : CELLS;
}

static void cell_add(Cell *cell, const Cell *more)
{
    cell->lon_sum += more->lon_sum;
    cell->lat_sum += more->lat_sum;
    cell->yes += more->yes;
    cell->maybe += more->maybe;
}

static void run_end(Grid *grid)
{
    if (grid->place < CELLS)
        cell_add(&grid->cells[grid->place], &grid->run);
    grid->run = (Cell){0};
}

/* Ends the run and begins the one of the cell that holds `at`. */
static void run_start(Grid *grid, Point at)
{
    run_end(grid);
    grid->west = grid->south = INT32_MAX;
    grid->east = grid->north = INT32_MIN;
    grid->place = place_of(grid, at);
    if (grid->place == CELLS)
        return;
    uint32_t x = grid->place % GRID, y = grid->place / GRID;
    grid->west = grid->lon_edges[x];
    grid->east = grid->lon_edges[x + 1];
    grid->south = grid->lat_edges[y + 1];
    grid->north = grid->lat_edges[y];
}

static inline void count_anchor(Grid *grid, Point at, bool yes)
{
    if (at.lon < grid->west || at.lon >= grid->east || at.lat < grid->south || at.lat >= grid->north)
        run_start(grid, at);
    grid->run.lon_sum += at.lon;
    grid->run.lat_sum += at.lat;
    grid->run.yes += yes;
    grid->run.maybe += !yes;
}

static bool whole_block_lives(const Table *table, uint32_t block)
{
    uint32_t rows = table->rows - block * BLOCK_ROWS;
    const uint64_t *live = table->live + (size_t)block * BLOCK_WORDS;
    uint64_t all = UINT64_MAX;
    if (table->live_count == table->rows)
        return true;
    if (rows < BLOCK_ROWS)
        return false; /* the last: not worth the trouble */
    for (uint32_t w = 0; w < BLOCK_WORDS; w++)
        all &= live[w];
    return all == UINT64_MAX;
}

static void count_whole(Grid *grid, uint32_t place, const BlockPlaces *places)
{
    cell_add(&grid->cells[place], &(Cell){places->lon_sum, places->lat_sum, places->count, 0});
}

static void count_block(Grid *grid, uint32_t block)
{
    const Table *table = grid->rows->tables[grid->table];
    const BlockPlaces *places = &table->block_places[block];
    if (!box_meets(places->box, grid->box))
        return;
    uint32_t place = place_of_box(grid, places->box);
    if (place < CELLS && !grid->rows->filters[grid->table] && whole_block_lives(table, block)) {
        count_whole(grid, place, places);
        return;
    }
    uint64_t yes[BLOCK_WORDS], maybe[BLOCK_WORDS];
    rows_block(grid->rows, grid->table, block, yes, maybe);
    for (uint32_t w = 0; w < BLOCK_WORDS; w++)
        for (uint64_t left = yes[w] | maybe[w]; left; left &= left - 1) {
            uint32_t bit = (uint32_t)__builtin_ctzll(left), row = block * BLOCK_ROWS + w * 64 + bit;
            if (table->boxes[row].west <= table->boxes[row].east)
                count_anchor(grid, table->anchors[row], yes[w] >> bit & 1);
        }
}

static void count_table(Grid *grid)
{
    const Table *table = grid->rows->tables[grid->table];
    bool all_count = !grid->rows->filters[grid->table] && table->live_count == table->rows;
    uint32_t blocks = (table->rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
    for (uint32_t from = 0; from < blocks; from += PLACES_GROUP) {
        const BlockPlaces *group = &table->group_places[from / PLACES_GROUP];
        if (!box_meets(group->box, grid->box))
            continue;
        uint32_t place = all_count ? place_of_box(grid, group->box) : CELLS;
        if (place < CELLS) {
            count_whole(grid, place, group);
            continue;
        }
        for (uint32_t block = from; block < blocks && block < from + PLACES_GROUP; block++)
            count_block(grid, block);
    }
}

static void cell_write(Layer *layer, Paths *paths, const Cell *cell, uint32_t count_key, uint32_t maybe_key)
{
    int64_t rows = (int64_t)cell->yes + cell->maybe;
    if (rows == 0 ||
        !paths_point(paths, (Point){(int32_t)(cell->lon_sum / rows), (int32_t)(cell->lat_sum / rows)}))
        return;
    uint32_t count = layer_number(layer, cell->yes, 0);
    uint32_t maybe = cell->maybe ? layer_number(layer, cell->maybe, 0) : 0;
    uint32_t size = tag_size(count) + (cell->maybe ? tag_size(maybe) : 0);
    const Pbf *point = &paths->commands;
    uint8_t *at = layer_feature_begin(layer, size, point->len);
    if (!at)
        return;
    at = tag_put(at, count_key, count);
    if (cell->maybe)
        at = tag_put(at, maybe_key, maybe);
    layer_feature_end(layer, at, FEATURE_POINT, point->ptr, point->len);
}

void rows_cells(Layer *layer, const TileRows *rows, TileId tile)
{
    Grid grid;
    grid_start(&grid, rows, tile);
    for (; grid.table < rows->count; grid.table++)
        if (rows->tables[grid.table]->rows)
            count_table(&grid);
    run_end(&grid);
    Paths paths;
    paths_start(&paths, layer->arena, tile);
    uint32_t count_key = layer_key(layer, "count"), maybe_key = layer_key(layer, "maybe");
    for (uint32_t i = 0; i < CELLS; i++)
        cell_write(layer, &paths, &grid.cells[i], count_key, maybe_key);
}
