/* atlas/shape.h: geometries packed for segments: the first point against the row's anchor, each further one
 * against the one before it, a ring's closing point left out. Differences are 16-bit pairs where all fit (a
 * plot's sides do), else zigzag varints. The same geometry gives the same bytes. */
#pragma once
#include "geo/geometry.h"

/* Appends the packed form. ERR_GEOMETRY if the geometry is none of what geo/geometry.h describes: a ring that
 * is not closed or has fewer than four points, counts that do not add up or pass the limits. */
MUST_USE Err shape_pack(Buf *buf, const Geometry *geometry, Point anchor);

/* The reverse, into the arena. False (and GEOM_NONE) if the bytes are not what shape_pack writes; never reads
 * outside them. Zero bytes are GEOM_NONE. */
bool shape_unpack(Arena *arena, const uint8_t *bytes, uint64_t size, Point anchor, Geometry *ret);

/* Would shape_unpack succeed, with this very box around the result? Allocates nothing. */
bool shape_valid(const uint8_t *bytes, uint64_t size, Point anchor, Box box);

/* The points of a shape that is one ring of 16-bit differences, without the closing one, when there are at
 * most `room`; else 0, and nothing is written. */
uint32_t shape_ring(const uint8_t *bytes, uint64_t size, Point anchor, uint32_t room, int32_t *ret_lon,
                    int32_t *ret_lat);

/* Is it a single point, the anchor itself? */
static inline bool shape_is_point(const uint8_t *bytes, uint64_t size)
{
    return size == 1 && bytes[0] == 0;
}
