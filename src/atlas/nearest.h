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

/* The chord² to the nearest place (of one at least), without measuring it; `hint` as below. */
double nearest_chord2(const Nearest *nearest, const double vector[3], uint32_t *hint);

/* The places whose chord (on the unit sphere) squared is at most `limit`: up to `most` of them, as vectors;
 * one more than `most` is returned if there are more. */
uint32_t nearest_within(const Nearest *nearest, const double vector[3], double limit, uint32_t most,
                        double (*ret)[3]);

/* A copy in another arena. */
Nearest *nearest_copy(Arena *arena, const Nearest *nearest);

/* Whole metres, or -1 where there is no place. *hint carries the search from one question to the next: from
 * neighbours in a row it is answered faster. Start with 0; each thread has its own. */
int64_t nearest_m(const Nearest *nearest, const NearestFrom *from, uint32_t *hint);
