/* tile/paths.h: a geometry of the atlas → the commands of a feature (MVT 2.1 §4.3), clipped to the tile with
 * its buffer. Used within tile only. */
#pragma once
#include "geo/tilemath.h"
#include "tile/pbf.h"

/* Scratch of one tile's encoding; grows to the largest geometry. */
typedef struct Paths {
    Arena *arena;
    TileFrame frame;
    TilePoint *ring, *clipped; /* the ring in hand, and what a clip of it leaves */
    uint32_t room;
    Pbf commands; /* of the last paths_* call */
} Paths;

void paths_start(Paths *paths, Arena *arena, TileId tile);

/* True if something of it lies within the tile and its buffer; its commands are then in paths->commands. */
bool paths_point(Paths *paths, Point point);

/* Outside rings have positive area by the surveyor's formula with y downward, holes negative (§4.3.3.3).
 * Points that fall together or on a straight way are left out, and so are rings without area. A polygon of
 * which nothing is left, here or anywhere at this zoom, becomes a square of one pixel about its middle. What
 * a concave polygon leaves of itself in several pieces within the tile hangs together along the buffer's
 * edge, outside of what is shown. */
bool paths_polygon(Paths *paths, const Geometry *polygon);

typedef enum RingResult {
    RING_DRAWN,     /* its commands are in paths->commands */
    RING_ELSEWHERE, /* nothing of it lies here */
    RING_VANISHED,  /* nothing is left of it here: paths_polygon has to look at it */
} RingResult;

/* The same for a polygon of one ring whose points are projected already, without its closing point. */
RingResult paths_ring(Paths *paths, const int32_t *x, const int32_t *y, uint32_t count);
