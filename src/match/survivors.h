/* match/survivors.h: the rows that fit, or may fit, with the values of the terms side by side: read once,
 * then gone over as often as needed. Only src/match includes it. */
#pragma once
#include "match/score.h"
#include "match/select.h"

typedef struct Survivors {
    uint32_t count;
    RowRef *at;
    int64_t *values[BRIEF_TERMS_MAX]; /* of what is known */
    uint8_t *states[BRIEF_TERMS_MAX]; /* ValueState: known, not applicable or unknown */
} Survivors;

/* The fit rows of all tables, or the unknown ones. */
void survivors_read(Arena *arena, const Sources *sources, const Checks *checks, bool unknown, Survivors *ret);

/* Widens least … greatest by a term's known values. */
typedef struct Extremes {
    int64_t least, greatest;
    bool any;
} Extremes;

void survivors_widen(const Survivors *survivors, uint32_t term, Extremes *extremes);

/* Every one's score (or score_high) in hundredths, before parts are cut: never less than the score by more
 * than ESTIMATE_SLACK, never more by as much as one for each term. */
#define ESTIMATE_SLACK 0.01
double *survivors_estimate(Arena *arena, const Survivors *survivors, const Scale *scale, bool high);

/* The score itself, as score_site has it. */
void survivors_score(const Survivors *survivors, const Scale *scale, uint32_t n, Site *ret);
