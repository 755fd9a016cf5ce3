/* match/match.h: a brief → ranked, explained sites. Exact: every candidate is in one group (fit, unknown,
 * near, excluded), the ranking is the true one, ties are broken by key, and scores are integers: the same
 * brief over the same data gives the same bytes, on every build and however the atlas is cut into segments.
 */
#pragma once
#include "atlas/filter.h"

enum {
    BRIEF_BYTES_MAX = 64 * 1024,
    BRIEF_CONDITIONS_MAX = 32,
    BRIEF_TERMS_MAX = 12,
    BRIEF_TOP_MAX = 200,
    BRIEF_CORNERS_MAX = 2000, /* of one polygon */
    WEIGHT_MAX = 100,
    SCORE_FULL = 10000, /* a score of 100 points, in hundredths */
    FILTER_ASKS_BIT = 63,
    RELAX_STEP_PERCENT = 20, /* a sensible step of a bound: so much of it, */
    RELAX_STEP_DAYS = 92,    /* or of a date: a quarter */
    NONE_NEAREST_MAX = 2,
    ASSEMBLE_PLOTS_MAX = 20, /* of one set */
    ASSEMBLE_GAP_MAX_M = 200,
    ASSEMBLE_MATERIAL_MAX = 20 * 1000, /* plots of which sets are made: the largest, then the first by key */
    ASSEMBLE_POINTS_MAX = 2000 * 1000, /* corners of all of these */
};

/* Some places on the ground: the facilities of a type, the enterprises that have a role in a segment, or one
 * enterprise. */
typedef enum NearWhat { NEAR_FACILITY, NEAR_SEGMENT, NEAR_ENTERPRISE } NearWhat;

typedef struct Nearness {
    NearWhat what;
    Str key; /* a facility type's code, a segment's key, an enterprise's key */
} Nearness;

typedef struct Condition {
    uint32_t field;
    bool offer; /* the built-in one: may the plot be had? (land_state's Code.offer); field is land_state */
    const Field *via;      /* a REF of the brief's kind: `field` is of the kind that it names; NULL: of the
                            * brief's */
    const Nearness *near;  /* metres to the nearest of these, least … greatest; no field */
    const Geometry *place; /* a polygon: the anchor inside it, or with `outside` not; no field */
    bool outside;
    Value least, greatest; /* VALUE_UNKNOWN: no such end; inclusive */
    const Str *codes;      /* any of these; NULL for a range */
    uint32_t code_count;
} Condition;

typedef struct Term {
    uint32_t field;       /* NUM or DATE (its first day) */
    int weight;           /* 0 … WEIGHT_MAX */
    bool more;            /* more is better; else less is */
    const Nearness *near; /* metres to the nearest of these instead of a field */
} Term;

/* Adjoining plots that meet everything but the least area, put together to meet that too. */
typedef struct Assemble {
    uint32_t condition; /* the one on area_m2 that has the least end */
    uint32_t gap_m;     /* plots are neighbours across at most so much */
    uint32_t plots_max; /* of one set */
} Assemble;

typedef struct Brief {
    Kind kind;
    const Condition *conditions;
    uint32_t condition_count;
    const Filter *filter; /* one more condition; NULL for none */
    Str filter_text;      /* as it stands in the brief; what was JSON, as text */
    const Term *terms;
    uint32_t term_count;
    uint32_t top;             /* sites, unknowns, near misses and sets listed at most */
    const Assemble *assemble; /* NULL: no sets are asked for */
} Brief;

/* The field that a condition or a term is about, for its name, type and unit: `near_m` where it is a
 * distance, `inside` (a BOOL) where it is a place. */
const Field *condition_field(const Brief *brief, uint32_t condition);
const Field *term_field(const Brief *brief, uint32_t term);

/* A JSON object; every member may be missing.
 *
 *   kind    "parcel"
 *   where   [{"field": "area_m2", "min": 133333, "max": 200000},
 *            {"field": "land_use", "in": ["M1", "M2"]}]
 *           an end that is missing or null is open; numbers in the field's unit, dates as text ("2023-06"),
 *           a BOOL by "in": [true]
 *           {"field": "park.chemical_recognised", "in": [true]}: a field of what a REF of the kind names
 *           {"near": {"kind": "facility", "type": "port"}, "max": 30000}, {"near": {"segment": KEY}, …},
 *           {"near": {"enterprise": KEY}, …}: metres from the anchor
 *           {"inside": POLYGON}, {"outside": POLYGON}: the anchor in a GeoJSON Polygon or MultiPolygon
 *   filter  one more condition, as CQL2 text, or as an object of CQL2 JSON
 *   weigh   [{"field": "price_fen_m2", "weight": 30, "better": "less"}]
 *           numbers and dates, or "near" in place of "field"; weights 0 … 100
 *   top     1 … 200; 50
 *   taken   false: parcels get the condition `offer`, behind the others; true: they do not
 *   assemble  {"gap_m": 0 … 200 (30), "max_plots": 2 … 20 (12)}: needs one condition on area_m2 with "min"
 *
 * ERR_JSON; ERR_BRIEF for an unknown or missing member, and for a field that stands twice in `weigh`;
 * ERR_CONTRADICTION for two conditions that no site can meet (first, second, and their places first_n and
 * second_n as of Ranking.counts), as far as it can be told from one field's values; ERR_VALUE for a value of
 * the wrong type or out of its bounds, ERR_UNIT for a number with a unit behind it, ERR_RANGE for min > max,
 * ERR_FIELD_UNKNOWN (also for a field the audience may not see), ERR_FIELD_NOT_FILTERABLE, each naming the
 * field; ERR_LIMIT; what filter_parse says of the filter. Copies into the arena; borrows `json`. */
MUST_USE Err brief_parse(Arena *arena, Audience audience, Str json, Brief *ret);

typedef struct Site {
    RowRef at;
    int32_t score, score_high;      /* hundredths of a point; equal unless a term is unknown */
    int32_t parts[BRIEF_TERMS_MAX]; /* sum to score; -1: unknown, counts 0 in score and full in score_high */
    uint64_t asks;                  /* bit c: condition c is maybe here; FILTER_ASKS_BIT: the filter is */
} Site;

typedef struct Sources Sources; /* match/sources.h */

typedef struct ConditionCount {
    uint32_t excludes, unknown, only; /* rows it is false of, maybe of; false of and no other condition is */
    uint32_t near;                    /* false of, and all others are true of */
} ConditionCount;

/* Which end of a condition; SIDE_NONE: it has no measure (a code, an offer, a filter). */
typedef enum Side { SIDE_NONE, SIDE_LEAST, SIDE_GREATEST } Side;

/* A site that fails one condition and is known to meet all others. */
typedef struct NearMiss {
    RowRef at;
    uint32_t condition; /* condition_count: the filter */
    Side side;          /* the end it is beyond; SIDE_NONE also where the value does not apply */
    int64_t by;       /* how far the end must move for it to fit: > 0, in the field's stored unit, or days */
    int64_t relative; /* millionths of the end's value, of a date's of a year; INT64_MAX: no measure */
} NearMiss;

/* One condition changed alone, and how many near misses then fit. */
typedef struct Relaxation {
    uint32_t condition;
    Side side;                 /* the end that moves; SIDE_NONE: `add` is a code more */
    int64_t to, far_to;        /* the least move that gains any; the one that gains most within a step of
                                * RELAX_STEP_PERCENT or RELAX_STEP_DAYS, no wider than it must be */
    uint32_t gains, far_gains; /* far_gains 0: not even the least move is within a step */
    Str add;                   /* the code (or key, or text; "true", "false") that gains most */
} Relaxation;

/* Nothing fits and no single change gains: what to look at. */
typedef struct NoFit {
    uint32_t most;                      /* the condition that excludes most */
    uint32_t nearest[NONE_NEAREST_MAX]; /* the two conditions that some site fails by least, taken together */
    uint32_t nearest_count;             /* 0: every site fails three */
    RowRef site;                        /* that site */
} NoFit;

/* An office that can tell what is unknown (match/office.h). */
typedef struct Ask {
    Str zh, en;          /* both "": nobody is named */
    uint32_t sites;      /* unknown sites that wait for its answer */
    uint32_t gains;      /* of these, those that wait for nobody else: as many may fit when it has answered */
    uint64_t conditions; /* bits as of Site.asks */
} Ask;

/* The ranking with one weight a fifth more or less. */
typedef struct Trial {
    uint32_t term;
    bool more;     /* 120 % of the weight; else 80 % */
    RowRef first;  /* who leads then */
    uint32_t rank; /* that site's place in the ranking: 1 where first place holds */
    int32_t lead;  /* hundredths: where it holds over the second then, else over the first of the ranking;
                    * -1: there is no second */
} Trial;

/* Plots put together. A term's value of a set: of a date the latest, of a distance or a service the least, of
 * area_m2 the sum, of any other number the mean weighted by area, cut. Unknown where it is of any plot; plots
 * that it does not apply to are left out. */
typedef struct PlotSet {
    const RowRef *plots; /* by key */
    uint32_t count;
    int64_t area;        /* the sum, as area_m2 is stored */
    int32_t compactness; /* area over the area of the convex hull, ten-thousandths */
    uint32_t gap_cm;     /* the widest that must be crossed */
    bool exact; /* no set of at most ASSEMBLY_EXACT_MAX plots is better for the plots it is the best of */
    int32_t score, score_high, parts[BRIEF_TERMS_MAX]; /* as of Site */
    int64_t values[BRIEF_TERMS_MAX];
    ValueState states[BRIEF_TERMS_MAX];
} PlotSet;

typedef struct Ranking {
    const Brief *brief;
    uint32_t candidates, fit, unknown, near, excluded;
    ConditionCount counts[BRIEF_CONDITIONS_MAX + 1]; /* the last used one is the filter's, if there is one */
    int64_t worst[BRIEF_TERMS_MAX],
        best[BRIEF_TERMS_MAX]; /* the scale: over fit and unknown sites; 0, 0 if none is known */
    const Sources *sources;    /* for match_distance */
    const Site *sites;         /* the fit, best first */
    const Site *unknowns;      /* by score_high, then key */
    uint32_t site_count, unknown_count;
    bool weighed; /* false: no weights, the order is by area */

    /* MATCH_EXPLAINED only. */
    const NearMiss *near_misses; /* by relative, then key */
    uint32_t near_miss_count;
    const Relaxation *relaxations; /* those that gain most first */
    uint32_t relaxation_count;
    const NoFit *none; /* NULL unless nothing fits and nothing is near */
    const Ask *asks;   /* by gains, then sites; who is not named comes last */
    uint32_t ask_count;
    const PlotSet *sets; /* of a brief with `assemble`: by score, compactness, fewer plots, keys */
    uint32_t set_count;  /* listed */
    uint32_t sets_found;
    bool sets_bounded;       /* there may be better ones */
    uint32_t material_count; /* plots of which sets are made */
    uint32_t material_out;   /* plots that would be too, but have no polygon, or are beyond a limit */
    int64_t set_worst[BRIEF_TERMS_MAX], /* the sets' scale: the sites', or, where these know no two values, */
        set_best[BRIEF_TERMS_MAX];      /* widened by the sets' own; what lies outside counts as its end */
    const Trial *trials;                /* two a term of some weight; none where nothing fits */
    uint32_t trial_count;
} Ranking;

/* Metres of a condition or a term that has `near`, for a row; false where it is not known. */
bool match_distance(const Ranking *ranking, RowRef at, const Nearness *near, int64_t *ret_m);

/* MATCH_RANKING: near is 0, who is near counts as excluded, and nothing is counted by condition. */
typedef enum MatchDetail { MATCH_RANKING, MATCH_EXPLAINED } MatchDetail;

/* Do the segments and enterprises that the brief names exist? ERR_ID_UNKNOWN. */
MUST_USE Err match_known(const Atlas *atlas, const Brief *brief);

/* Borrows the atlas; keeps the brief, which must be one that brief_parse could make. The ranking lives in the
 * arena.
 *
 * Part of a term, in hundredths: SCORE_FULL * weight / (sum of weights) * (value - worst) / (best - worst),
 * cut to a whole number, where worst and best are the extremes among the fit and unknown sites (linear
 * min-max normalisation, Hwang & Yoon 1981); if both are equal, every known value gets the full part. A value
 * that does not apply gets 0. All weights zero, or no terms: scores are 0 and the order is by area_m2 where
 * the kind has it, larger first, unknown last. */
void match_run(Arena *arena, const Atlas *atlas, const Brief *brief, MatchDetail detail, Ranking *ret);
