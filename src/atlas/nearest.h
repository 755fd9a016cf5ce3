/* atlas/nearest.h: the distance to the nearest of many places, exactly as if every one had been measured with
 * distance_m. A k-d tree (Bentley 1975) over unit vectors: on the sphere the shorter chord is the shorter
 * great circle, so neither the date line nor the poles need a rule of their own. Built once, then only read,
 * from any thread. Internal to atlas. */
#pragma once
#include "geo/geometry.h"

typedef struct Nearest Nearest;

void nearest_build(Arena *arena, const Point *places, uint32_t count, Nearest **ret);

/* Where it is asked from: made once for several questions. */
typedef struct NearestFrom {
    Point at;
    double vector[3];
} NearestFrom;

void nearest_from(Point at, NearestFrom *ret);

/* On the unit sphere. */
void nearest_vector(Point at, double ret[3]);

/* Places that lie close together, at most CLUSTER_PLACES in one. Each cluster lies in a cap: no place is
 * further from its middle than the chord. Places are as they lie from that middle, CLUSTER_PLACES for every
 * cluster; what is left over of them lies further away than any chord is long, and so do the caps behind the
 * last, up to a multiple of CLUSTERS_STEP. */
enum { CLUSTER_PLACES = 16, CLUSTERS_STEP = 16 };

typedef struct Clusters {
    uint32_t count;
    const float *cap_x, *cap_y, *cap_z, *chord;
    const float *x, *y, *z;
} Clusters;

void nearest_clusters(Arena *arena, const Nearest *nearest, Clusters *ret);

/* Whole metres, or -1 where there is no place. *hint carries the search from one question to the next: from
 * neighbours in a row it is answered faster. Start with 0; each thread has its own. */
int64_t nearest_m(const Nearest *nearest, const NearestFrom *from, uint32_t *hint);
