/* app/counts.h: what a selection of rows comes to: how many by value, numbers added up. */
#pragma once
#include "atlas/filter.h"
#include "base/json.h"

enum { COUNTS_FACETS_MAX = 12, COUNTS_SUMS_MAX = 4 };

typedef struct Counts {
    const Atlas *atlas;
    Kind kind;
    uint32_t facets[COUNTS_FACETS_MAX], facet_count; /* fields counted by value */
    uint32_t sums[COUNTS_SUMS_MAX], sum_count;       /* fields added up, in all and for each value */
    uint32_t ranges[COUNTS_SUMS_MAX], range_count;   /* fields whose least and greatest are told, likewise */
} Counts;

/* Each is names separated by commas. ERR_FIELD_UNKNOWN, ERR_FIELD_NOT_FILTERABLE (no value to count by, no
 * number), ERR_PARAM (named twice), ERR_LIMIT. */
MUST_USE Err counts_parse(const Atlas *atlas, Kind kind, Str facets, Str sums, Str ranges, Counts *ret);

/* The members "facets" (with how many rows may be of a value besides), "unknown" (rows without a value) and,
 * if asked for, "sums" and "ranges", which are over the rows that the filter is true of; a range of no known
 * number is null. ERR_LIMIT: a sum beyond 63 bits. */
MUST_USE Err out_counts(JsonOut *out, Arena *arena, const Counts *counts, const Selection *found);
