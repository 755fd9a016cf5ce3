/* tests/atlas_sample.h: a small atlas from rows written as text, for the tests of whatever reads one. */
#pragma once
#include "atlas/atlas.h"

/* One row: fields as "area_m2=40000;land_use=M2;power_left_kva=unknown" (what model/value.h reads, "unknown"
 * for what is not known; the items of a list are separated by commas: "tiers=pilot_zone,characteristic"), the
 * shape as WKT ("" or NULL: none). As-of 2022-11-30, no refresh period. */
typedef struct SampleRow {
    Kind kind;
    const char *key, *fields, *wkt;
} SampleRow;

/* Builds a base in `folder` and opens it. Anything wrong with a row fails the test. Unref it. */
Atlas *atlas_of(Arena *arena, const char *folder, Audience audience, const SampleRow *rows, uint32_t count);

/* A delta over base: rows that are added or replaced, and keys that are buried. The atlas returned is over
 * the same base; `base` stays the caller's. */
Atlas *atlas_over(Arena *arena, const char *folder, Atlas *base, const SampleRow *rows, uint32_t count,
                  Kind buried_kind, const char *const *buried, uint32_t buried_count);

void sample_add(Arena *arena, AtlasBuild *build, const SampleRow *row);
