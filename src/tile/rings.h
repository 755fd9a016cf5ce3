/* tile/rings.h: many small rings at a time: what most plots are. One ring of few corners that lies within the
 * tile needs no clipping; a batch of them is projected and measured in straight loops over all their points.
 * What is not of that sort is paths.h's. Both give the same bytes. Used within tile only. */
#pragma once
#include "tile/paths.h"

enum { RINGS_MAX = 64, RING_POINTS_MAX = 64, RINGS_ROOM = 1536 };

/* A batch. Each ring's points are followed by its first two again. */
typedef struct Rings {
    TileFrame frame;
    Box within; /* boxes in here lie within the tile and its buffer after rounding */
    uint32_t count, used;
    uint32_t starts[RINGS_MAX], sizes[RINGS_MAX];
    int32_t lon[RINGS_ROOM], lat[RINGS_ROOM];
    int32_t x[RINGS_ROOM], y[RINGS_ROOM];
    int32_t areas[RINGS_ROOM]; /* x₁ y₂ - x₂ y₁ */
    uint8_t flat[RINGS_ROOM];  /* the point and the next two are on one line */
} Rings;

void rings_start(Rings *rings, TileId tile);
void rings_clear(Rings *rings);

/* Takes a packed shape (atlas/shape.h) into the batch; false if it is not one for it: of other form, not
 * within the tile, or there is no room. */
bool rings_add(Rings *rings, const uint8_t *shape, uint64_t size, Point anchor, Box box);

void rings_project(Rings *rings); /* all that were added */

/* Writes the commands of the ring added as the i-th. False if points would have to be left out of it: they
 * fall together, or lie on a straight way. */
bool rings_write(const Rings *rings, uint32_t i, Pbf *out);
