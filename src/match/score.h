/* match/score.h: a site's score: linear between the worst and the best of each term, in whole numbers. Only
 * src/match includes it. */
#pragma once
#include "match/sources.h"

typedef struct TermScale {
    int32_t full;     /* hundredths for the best value */
    uint64_t gain;    /* SCORE_FULL * weight */
    uint64_t range;   /* |best - worst| */
    uint64_t divisor; /* sum of weights * range, where that fits 64 bits */
    int64_t worst;
} TermScale;

/* Weights in fifths, so that ±20 % are whole: 5 * weight, 4 * weight or 6 * weight. */
typedef struct Scale {
    const Brief *brief;
    const Sources *sources;
    uint64_t weights; /* their sum, in fifths; 0: nothing is scored */
    TermScale terms[BRIEF_TERMS_MAX];
} Scale;

enum { WEIGHT_FIFTHS = 5 };

/* From the extremes that the ranking tells. */
void scale_init(Scale *ret, const Sources *sources, const int64_t *worst, const int64_t *best);

/* The same values under other weights: term `changed` has `fifths` fifths of its own. */
void scale_reweigh(Scale *ret, const Scale *from, uint32_t changed, uint32_t fifths);

/* floor(SCORE_FULL * weight * |value - worst| / (weights * range)); the full part where the range is 0. */
int32_t scale_part(const Scale *scale, uint32_t term, int64_t value);

/* Sets a site's part, and adds it to its score and score_high. */
void score_part(const Scale *scale, uint32_t term, ValueState state, int64_t value, Site *ret);
