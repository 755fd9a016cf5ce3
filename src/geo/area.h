/* geo/area.h: a geometry whose edges can be asked for by place, for relate.c (what lies how) and region.c
 * (the grid). Used within geo only. */
#pragma once
#include "geo/relate.h"

/* Points at half units: twice the coordinates, so that the middle between two corners is one. */
typedef struct Spot {
    int64_t lon, lat;
} Spot;

static inline Spot spot_of(Point point)
{
    return (Spot){2 * (int64_t)point.lon, 2 * (int64_t)point.lat};
}

/* -1, 0 or 1: does c lie right of, on or left of the line from a to b? */
static inline int spot_side(Spot a, Spot b, Spot c)
{
    __int128 left = (__int128)(b.lon - a.lon) * (c.lat - a.lat);
    __int128 right = (__int128)(b.lat - a.lat) * (c.lon - a.lon);
    return (left > right) - (left < right);
}

/* Does c, which lies on the line through a and b, lie between them or on one of them? */
static inline bool spot_between(Spot a, Spot b, Spot c)
{
    return (a.lon < b.lon ? a.lon : b.lon) <= c.lon && c.lon <= (a.lon < b.lon ? b.lon : a.lon) &&
           (a.lat < b.lat ? a.lat : b.lat) <= c.lat && c.lat <= (a.lat < b.lat ? b.lat : a.lat);
}

typedef struct Edge {
    Point a, b; /* the inside is on its left */
} Edge;

static inline Box edge_box(Edge edge)
{
    return (Box){
        edge.a.lon < edge.b.lon ? edge.a.lon : edge.b.lon, edge.a.lat < edge.b.lat ? edge.a.lat : edge.b.lat,
        edge.a.lon < edge.b.lon ? edge.b.lon : edge.a.lon, edge.a.lat < edge.b.lat ? edge.b.lat : edge.a.lat};
}

/* Equal cells over the geometry's box. Cell (x, y) is [west + x * width, west + (x + 1) * width] and so
 * north; it lists every edge that meets it (and may list more), by the place of the edge's first point. Each
 * cell has a mark, a spot in it; whether that is inside is known. A mark on an edge is no use (`bad`). */
typedef struct Grid {
    Box box;
    int64_t width, height; /* of a cell, in units */
    uint32_t across, up;
    const uint32_t *ends; /* of cell y * across + x in `edges` */
    const uint32_t *edges;
    const uint8_t *inside, *bad; /* of marks */
} Grid;

typedef struct Area {
    const Geometry *geometry;
    const Grid *grid; /* NULL: all edges are gone through */
    Box box;
} Area;

struct Region {
    Area area;
    Grid grid;
};

Area area_of(const Geometry *geometry);

/* Goes through the edges that could meet the box; some may come twice. */
typedef struct EdgeWalk {
    const Area *area;
    Box box;
    uint32_t ring, at, end;           /* without a grid: the next edge's first point; the ring's end */
    uint32_t west, east, north, x, y; /* with one: cells */
} EdgeWalk;

EdgeWalk edge_walk(const Area *area, Box box);
bool edge_next(EdgeWalk *walk, Edge *ret);

typedef enum Location { OUTSIDE, ON_EDGE, INSIDE } Location;

Location area_locate(const Area *area, Spot spot); /* of a polygon */

/* ---- the grid (region.c) ---- */

static inline uint32_t grid_x(const Grid *grid, int64_t lon)
{
    int64_t x = (lon - grid->box.west) / grid->width;
    return lon <= grid->box.west ? 0 : x >= grid->across ? grid->across - 1 : (uint32_t)x;
}

static inline uint32_t grid_y(const Grid *grid, int64_t lat)
{
    int64_t y = (lat - grid->box.south) / grid->height;
    return lat <= grid->box.south ? 0 : y >= grid->up ? grid->up - 1 : (uint32_t)y;
}

static inline Spot grid_mark(const Grid *grid, uint32_t x, uint32_t y)
{
    /* Odd northward: no corner lies level with a mark. */
    return (Spot){2 * (grid->box.west + x * grid->width) + grid->width,
                  (2 * (grid->box.south + y * grid->height) + grid->height) | 1};
}

Location grid_locate(const Area *area, Spot spot); /* the spot lies in the area's box */
