/* match/match.h: a brief → ranked, explained sites. Exact: every candidate is in one group (fit, unknown,
 * excluded), the ranking is the true one, ties are broken by key, and scores are integers: the same brief
 * over the same data gives the same bytes, on every build and however the atlas is cut into segments. */
#pragma once
#include "atlas/filter.h"

enum {
    BRIEF_BYTES_MAX = 64 * 1024,
    BRIEF_CONDITIONS_MAX = 32,
    BRIEF_TERMS_MAX = 12,
    BRIEF_TOP_MAX = 200,
    WEIGHT_MAX = 100,
    SCORE_FULL = 10000, /* a score of 100 points, in hundredths */
    FILTER_ASKS_BIT = 63,
};

typedef struct Condition {
    uint32_t field;
    bool offer; /* the built-in one: may the plot be had? (land_state's Code.offer); field is land_state */
    Value least, greatest; /* VALUE_UNKNOWN: no such end; inclusive */
    const Str *codes;      /* any of these; NULL for a range */
    uint32_t code_count;
} Condition;

typedef struct Term {
    uint32_t field; /* NUM or DATE (its first day) */
    int weight;     /* 0 … WEIGHT_MAX */
    bool more;      /* more is better; else less is */
} Term;

typedef struct Brief {
    Kind kind;
    const Condition *conditions;
    uint32_t condition_count;
    const Filter *filter; /* one more condition; NULL for none */
    Str filter_text;      /* as it stands in the brief */
    const Term *terms;
    uint32_t term_count;
    uint32_t top; /* sites and unknowns listed at most */
} Brief;

/* A JSON object; every member may be missing.
 *
 *   kind    "parcel"
 *   where   [{"field": "area_m2", "min": 133333, "max": 200000},
 *            {"field": "land_use", "in": ["M1", "M2"]}]
 *           an end that is missing or null is open; numbers in the field's unit, dates as text ("2023-06"),
 *           a BOOL by "in": [true]
 *   filter  one more condition, as CQL2 text
 *   weigh   [{"field": "price_fen_m2", "weight": 30, "better": "less"}]
 *           numbers and dates; weights 0 … 100
 *   top     1 … 200; 50
 *   taken   false: parcels get the condition `offer`, behind the others; true: they do not
 *
 * ERR_JSON; ERR_BRIEF for an unknown or missing member, and for a field that stands twice in `where` or
 * `weigh`; ERR_VALUE for a value of the wrong type or out of its bounds, ERR_UNIT for a number with a unit
 * behind it, ERR_RANGE for min > max, ERR_FIELD_UNKNOWN (also for a field the audience may not see),
 * ERR_FIELD_NOT_FILTERABLE, each naming the field; ERR_LIMIT; what filter_parse says of the filter. Copies
 * into the arena; borrows `json`. */
MUST_USE Err brief_parse(Arena *arena, Audience audience, Str json, Brief *ret);

typedef struct Site {
    RowRef at;
    int32_t score, score_high;      /* hundredths of a point; equal unless a term is unknown */
    int32_t parts[BRIEF_TERMS_MAX]; /* sum to score; -1: unknown, counts 0 in score and full in score_high */
    uint64_t asks;                  /* bit c: condition c is maybe here; FILTER_ASKS_BIT: the filter is */
} Site;

typedef struct ConditionCount {
    uint32_t excludes, unknown, only; /* rows it is false of, maybe of; false of and no other condition is */
} ConditionCount;

typedef struct Ranking {
    const Brief *brief;
    uint32_t candidates, fit, unknown, excluded;
    ConditionCount counts[BRIEF_CONDITIONS_MAX + 1]; /* the last used one is the filter's, if there is one */
    int64_t worst[BRIEF_TERMS_MAX],
        best[BRIEF_TERMS_MAX]; /* the scale: over fit and unknown sites; 0, 0 if none is known */
    const Site *sites;         /* the fit, best first */
    const Site *unknowns;      /* by score_high, then key */
    uint32_t site_count, unknown_count;
} Ranking;

typedef enum MatchDetail { MATCH_RANKING, MATCH_EXPLAINED } MatchDetail; /* without or with ConditionCount */

/* Borrows the atlas; keeps the brief, which must be one that brief_parse could make. The ranking lives in the
 * arena.
 *
 * Part of a term, in hundredths: SCORE_FULL * weight / (sum of weights) * (value - worst) / (best - worst),
 * cut to a whole number, where worst and best are the extremes among the fit and unknown sites (linear
 * min-max normalisation, Hwang & Yoon 1981); if both are equal, every known value gets the full part. A value
 * that does not apply gets 0. All weights zero, or no terms: scores are 0 and the order is by area_m2 where
 * the kind has it, larger first, unknown last. */
void match_run(Arena *arena, const Atlas *atlas, const Brief *brief, MatchDetail detail, Ranking *ret);
