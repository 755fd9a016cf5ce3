/* tile/rings.h: many small rings at a time: what most plots are. Rings of few corners are
 * projected and measured as a batch, in straight loops over all their points; those that lie within the tile
 * and lose no point are then written as they are. What is not of that sort is paths.h's. Both give the same
 * bytes. Used within tile only. */
#pragma once
#include "tile/paths.h"

enum { RINGS_MAX = 64, RING_POINTS_MAX = 64, RINGS_ROOM = 1024 };

/* A batch. Each ring's points are followed by its first two again. */
typedef struct Rings {
    const TileFrame *frame;
    Box within; /* boxes in here lie within the tile and its buffer after rounding */
    uint32_t count, used;
    uint32_t starts[RINGS_MAX], sizes[RINGS_MAX];
    bool inside[RINGS_MAX]; /* the tile, with its buffer */
    int32_t lon[RINGS_ROOM], lat[RINGS_ROOM];
    int32_t x[RINGS_ROOM], y[RINGS_ROOM];
    int32_t areas[RINGS_MAX];     /* twice; positive: an outside ring as it should be */
    bool flat[RINGS_MAX];         /* some point lies between its neighbours, or on one of them */
    int32_t cross[2][RINGS_ROOM]; /* of each point and the next; of the steps to it and from it */
    /* The step from a point to the next ([0]), and from the next to it ([1]), as two varints, and the bytes
     * they take. Only those that some ring of the batch needs. */
    uint32_t steps[2][RINGS_ROOM], step_sizes[2][RINGS_ROOM];
} Rings;

void rings_start(Rings *rings, const TileFrame *frame, TileId tile); /* keeps frame: the tile's */
void rings_clear(Rings *rings);

/* Takes a packed shape (atlas/shape.h) into the batch; false if it is not one for it: of other form, far from
 * the tile, or there is no room. */
bool rings_add(Rings *rings, const uint8_t *shape, uint64_t size, Point anchor, Box box);

void rings_project(Rings *rings); /* all that were added */

/* Writes the commands of the ring added as the i-th, which must lie inside. False if points would have to be
 * left out of it: they fall together, or lie on a straight way. */
bool rings_write(const Rings *rings, uint32_t i, Pbf *out);
