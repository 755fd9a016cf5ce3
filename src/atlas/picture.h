/* atlas/picture.h: how an Atlas is put together from segments. Internal to atlas. */
#pragma once
#include "atlas/atlas.h"
#include "atlas/segment.h"

_Static_assert((int)ATLAS_NAME_MAX == (int)SEGMENT_NAME_MAX, "one limit under two names");

struct Atlas {
    atomic_uint refs;
    Audience audience;
    Segment *segments[SEGMENTS_MAX];
    uint32_t segment_count;
    Table tables[SEGMENTS_MAX][KIND_COUNT]; /* `live` of the base is this atlas's own */
    uint32_t counts[KIND_COUNT];
    uint64_t content;
    Arena *arena; /* live bitmaps */
};

/* Takes both references, also on failure. delta may be NULL. ERR_SEGMENT: the delta lies over another base.
 */
MUST_USE Err atlas_assemble(const char *dir, Segment *base, Segment *delta, Atlas **ret);
