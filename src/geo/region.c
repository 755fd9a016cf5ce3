/* A grid over a polygon: small shapes meet one cell or two, whose few edges are all that has to be looked at,
 * and a shape in cells without edges is settled by their marks. */
#include "geo/area.h"
#include <math.h>
#include <string.h>

enum { ACROSS_MAX = 256, SETTLED_CELLS_MAX = 256 };

/* ---- which cells an edge meets ---- */

typedef struct Filler {
    Grid *grid;
    uint32_t *ends, *edges; /* edges NULL: only counts */
} Filler;

static void fill_cells(Filler *filler, uint32_t y, uint32_t west, uint32_t east, uint32_t at)
{
    for (uint32_t x = west; x <= east; x++) {
        uint32_t *end = &filler->ends[y * filler->grid->across + x];
        if (filler->edges)
            filler->edges[*end] = at;
        ++*end;
    }
}

/* Where the edge runs within one row of cells, a little wider so that no rounding loses a cell. Cells are
 * closed: an edge on the line between two is in both. */
static void fill_edge(Filler *filler, Edge edge, uint32_t at)
{
    const Grid *grid = filler->grid;
    Box box = edge_box(edge);
    uint32_t south = grid_y(grid, (int64_t)box.south - 1), north = grid_y(grid, box.north);
    double slope =
        edge.a.lat == edge.b.lat ? 0 : ((double)edge.b.lon - edge.a.lon) / ((double)edge.b.lat - edge.a.lat);
    for (uint32_t y = south; y <= north; y++) {
        double low = (double)(grid->box.south + y * grid->height), high = low + (double)grid->height;
        low = low < box.south ? box.south : low;
        high = high > box.north ? box.north : high;
        double from = edge.a.lon + (low - edge.a.lat) * slope, to = edge.a.lon + (high - edge.a.lat) * slope;
        if (edge.a.lat == edge.b.lat) {
            from = box.west;
            to = box.east;
        }
        double west = (from < to ? from : to) - 2, east = (from < to ? to : from) + 2;
        west = west < box.west ? box.west - 1 : west;
        east = east > box.east ? box.east : east;
        if (west <= east)
            fill_cells(filler, y, grid_x(grid, (int64_t)west), grid_x(grid, (int64_t)east), at);
    }
}

static void fill_all(Filler *filler, const Geometry *geometry)
{
    for (uint32_t r = 0; r < geometry->ring_count; r++)
        for (uint32_t i = geometry_ring_start(geometry, r); i + 1 < geometry->ring_ends[r]; i++)
            fill_edge(filler, (Edge){geometry->points[i], geometry->points[i + 1]}, i);
}

/* Counts, then fills from each cell's start: each end comes to where its cell's edges end. */
static void list_edges(Arena *arena, Grid *grid, const Geometry *geometry)
{
    uint32_t cells = grid->across * grid->up, sum = 0;
    uint32_t *ends = arena_zarray(arena, uint32_t, cells);
    Filler filler = {grid, ends, NULL};
    fill_all(&filler, geometry);
    for (uint32_t c = 0; c < cells; c++) {
        uint32_t count = ends[c];
        ends[c] = sum;
        sum += count;
    }
    filler.edges = arena_array(arena, uint32_t, sum);
    fill_all(&filler, geometry);
    grid->ends = ends;
    grid->edges = filler.edges;
}

/* ---- the marks ---- */

/* The edge crosses the line of a row's marks: flips those east of it, and finds those on it. */
static void cross_row(const Grid *grid, uint32_t y, Edge edge, uint8_t *flips, uint8_t *bad)
{
    Spot a = spot_of(edge.a), b = spot_of(edge.b), first = grid_mark(grid, 0, y);
    if (a.lat > b.lat) {
        Spot swap = a;
        a = b;
        b = swap;
    }
    if (!(a.lat < first.lat && first.lat < b.lat))
        return;
    double lon =
        (double)a.lon + (double)(first.lat - a.lat) * (double)(b.lon - a.lon) / (double)(b.lat - a.lat);
    double guess = (lon - (double)first.lon) / (2.0 * (double)grid->width);
    int64_t x = guess < 0 ? 0 : guess > grid->across ? grid->across : (int64_t)guess;
    while (x > 0 && spot_side(a, b, grid_mark(grid, (uint32_t)x - 1, y)) <=
                        0) /* right of, or on, an edge going north */
        x--;
    while (x < grid->across) {
        int side = spot_side(a, b, grid_mark(grid, (uint32_t)x, y));
        if (side < 0)
            break;
        bad[y * grid->across + (uint32_t)x] |= side == 0;
        x++;
    }
    if (x < grid->across)
        flips[y * grid->across + (uint32_t)x] ^= 1;
}

static void set_marks(Arena *arena, Grid *grid, const Geometry *geometry)
{
    uint32_t cells = grid->across * grid->up;
    uint8_t *inside = arena_zarray(arena, uint8_t, cells), *bad = arena_zarray(arena, uint8_t, cells);
    for (uint32_t r = 0; r < geometry->ring_count; r++)
        for (uint32_t i = geometry_ring_start(geometry, r); i + 1 < geometry->ring_ends[r]; i++) {
            Edge edge = {geometry->points[i], geometry->points[i + 1]};
            Box box = edge_box(edge);
            for (uint32_t y = grid_y(grid, box.south), last = grid_y(grid, box.north); y <= last; y++)
                cross_row(grid, y, edge, inside, bad);
        }
    for (uint32_t y = 0; y < grid->up; y++)
        for (uint32_t x = 1; x < grid->across; x++)
            inside[y * grid->across + x] ^= inside[y * grid->across + x - 1];
    grid->inside = inside;
    grid->bad = bad;
}

/* ---- asking ---- */

static Location locate_from_mark(const Area *area, uint32_t x, uint32_t y, Spot spot)
{
    const Grid *grid = area->grid;
    uint32_t cell = y * grid->across + x;
    Spot mark = grid_mark(grid, x, y);
    bool inside = grid->inside[cell];
    for (uint32_t i = cell ? grid->ends[cell - 1] : 0; i < grid->ends[cell]; i++) {
        const Point *points = area->geometry->points + grid->edges[i];
        Spot a = spot_of(points[0]), b = spot_of(points[1]);
        int side = spot_side(a, b, spot);
        if (side == 0 && spot_between(a, b, spot))
            return ON_EDGE;
        /* Its ends lie on both sides of the way from the spot to the mark, which lie on both sides of it. */
        if ((spot_side(spot, mark, a) > 0) != (spot_side(spot, mark, b) > 0) &&
            side * spot_side(a, b, mark) < 0)
            inside = !inside;
    }
    return inside ? INSIDE : OUTSIDE;
}

Location grid_locate(const Area *area, Spot spot)
{
    const Grid *grid = area->grid;
    /* Halves are rounded down: the cell is closed, and holds the spot either way. */
    uint32_t x = grid_x(grid, spot.lon >> 1), y = grid_y(grid, spot.lat >> 1);
    if (!grid->bad[y * grid->across + x])
        return locate_from_mark(area, x, y, spot);
    Area all = {.geometry = area->geometry, .box = area->box};
    return area_locate(&all, spot);
}

/* Does the edge share a point with the box? Not if all its corners lie on one side of the edge. */
static bool edge_touches(Edge edge, Box box)
{
    if (!box_meets(edge_box(edge), box))
        return false;
    Spot a = spot_of(edge.a), b = spot_of(edge.b);
    int first = spot_side(a, b, spot_of((Point){box.west, box.south}));
    return first == 0 || spot_side(a, b, spot_of((Point){box.east, box.north})) != first ||
           spot_side(a, b, spot_of((Point){box.east, box.south})) != first ||
           spot_side(a, b, spot_of((Point){box.west, box.north})) != first;
}

/* Small shapes lie in a cell or two: then a look at the few edges there spares the shape. */
RegionSide region_side(const Region *region, Box box)
{
    const Grid *grid = region->area.grid;
    if (region->area.geometry->type == GEOM_NONE || !box_meets(box, region->area.box))
        return REGION_OUTSIDE;
    if (!grid)
        return REGION_UNSURE;
    uint32_t west = grid_x(grid, box.west), east = grid_x(grid, box.east);
    uint32_t south = grid_y(grid, box.south), north = grid_y(grid, box.north);
    if ((uint64_t)(east - west + 1) * (north - south + 1) > SETTLED_CELLS_MAX)
        return REGION_UNSURE;
    for (uint32_t y = south; y <= north; y++) {
        uint32_t first = y * grid->across + west, last = y * grid->across + east;
        for (uint32_t i = first ? grid->ends[first - 1] : 0; i < grid->ends[last]; i++) {
            const Point *points = region->area.geometry->points + grid->edges[i];
            if (edge_touches((Edge){points[0], points[1]}, box))
                return REGION_UNSURE;
        }
    }
    if (!box_holds(region->area.box, box))
        return REGION_OUTSIDE;
    bool inside = grid_locate(&region->area, spot_of((Point){box.west, box.south})) == INSIDE;
    return inside ? REGION_INSIDE : REGION_OUTSIDE;
}

uint32_t region_near(const Region *region, Box box)
{
    const Grid *grid = region->area.grid;
    uint32_t count = 0;
    if (!grid)
        return region->area.geometry->point_count;
    for (uint32_t y = grid_y(grid, box.south), north = grid_y(grid, box.north); y <= north; y++) {
        uint32_t first = y * grid->across + grid_x(grid, box.west),
                 last = y * grid->across + grid_x(grid, box.east);
        count += grid->ends[last] - (first ? grid->ends[first - 1] : 0);
    }
    return count;
}

/* So many cells that a small shape meets few edges, even where they are long and run side by side. */
const Region *region_build(Arena *arena, const Geometry *geometry)
{
    Region *region = arena_new_of(arena, Region);
    region->area = (Area){.geometry = geometry};
    if (geometry->type == GEOM_NONE)
        return region;
    region->area = area_of(geometry);
    if (geometry->type != GEOM_POLYGON)
        return region;
    Grid *grid = &region->grid;
    Box box = region->area.box;
    double wanted = 8 + 4 * sqrt(geometry->point_count);
    uint32_t side = wanted > ACROSS_MAX ? ACROSS_MAX : (uint32_t)wanted;
    grid->box = box;
    grid->width = ((int64_t)box.east - box.west) / side + 1;
    grid->height = ((int64_t)box.north - box.south) / side + 1;
    grid->across = (uint32_t)(((int64_t)box.east - box.west) / grid->width + 1);
    grid->up = (uint32_t)(((int64_t)box.north - box.south) / grid->height + 1);
    list_edges(arena, grid, geometry);
    set_marks(arena, grid, geometry);
    region->area.grid = grid;
    return region;
}
