/* geo/relate.h: how two places lie to each other, by DE-9IM (OGC 06-103r4), and a place prepared to be asked
 * about many others. Exact: all decisions are signs of whole-number products. Polygons must be valid
 * (geometry_check), their outsides counter-clockwise and holes clockwise, as the readers of geometry.h leave
 * them. Pure functions; a region may be asked from any thread. */
#pragma once
#include "geo/geometry.h"

/* a RELATION b. What lies apart is what does not intersect; none of points and polygons crosses another. */
typedef enum Relation {
    RELATE_INTERSECTS, /* they share a point; an edge belongs to its polygon */
    RELATE_WITHIN,   /* nothing of a is outside b, and their insides share a point: a point on b's edge is not
                      */
    RELATE_CONTAINS, /* b within a */
    RELATE_EQUALS,   /* each within the other */
    RELATE_TOUCHES,  /* they share points, but only of edges */
    RELATE_OVERLAPS, /* their insides share points, and each has some that the other has not; polygons only */
} Relation;

/* GEOM_NONE has no relation to anything. */
bool geometry_relates(Relation relation, const Geometry *a, const Geometry *b);

typedef struct Region Region;

/* Keeps the geometry; lives in the arena. Costs about as much as asking about a thousand small shapes. */
const Region *region_build(Arena *arena, const Geometry *geometry);

typedef enum RegionSide {
    REGION_OUTSIDE, /* the box lies apart from the region */
    REGION_INSIDE,  /* the box lies within it and meets no edge */
    REGION_UNSURE,
} RegionSide;

RegionSide region_side(const Region *region, Box box);

/* How many edges region_relates would look at for each edge of a shape in the box. */
uint32_t region_near(const Region *region, Box box);

/* geometry_relates(relation, shape, the region's geometry), but looks only at the edges that are near. */
bool region_relates(Relation relation, const Geometry *shape, const Region *region);
