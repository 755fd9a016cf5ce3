/* app/why.h: why a value is believed: who said it, as of when, where in the source; and what else was said,
 * and by which rule that lost. Read from the ledger, through the same eyes as the atlas: what an audience may
 * not see is neither told nor counted. */
#pragma once
#include "link/winners.h"

/* A source, as this audience may know it; texts are "" where it does not know. */
typedef struct WhySource {
    Str key, name_zh, name_en, type, licence, url;
} WhySource;

typedef enum WhyRule {
    WHY_ONLY,      /* nobody else speaks of it */
    WHY_AUTHORITY, /* the source's authority */
    WHY_AS_OF,     /* the later day */
    WHY_ORDER,     /* the record that came last */
} WhyRule;

typedef struct Said {
    Value value; /* known, not applicable or withheld; of a geometry: VALUE_KNOWN, and `shape` */
    Str shape;   /* EWKB */
    const WhySource *source;
    DateSpan as_of;
    Str locator, how; /* "" if not told */
    WhyRule lost;     /* by which rule it lost; of the winner: why it won over the next best */
} Said;

typedef struct WhyField {
    uint32_t field; /* its place in the kind's table, or WINNER_GEOMETRY */
    Said won;
    const Said *others; /* best first */
    uint32_t other_count;
} WhyField;

typedef struct Why {
    Kind kind;
    Str key;
    const WhyField *fields; /* those somebody speaks of, in the order of the table, the geometry last */
    uint32_t count;
} Why;

/* All in the arena. `field`: "" for all, or a field's name, or "geometry". ERR_ID_UNKNOWN if there is no such
 * entity for this audience; ERR_FIELD_UNKNOWN likewise. */
MUST_USE Err app_why(Store *store, Arena *arena, Audience audience, Kind kind, Str key, Str field, Why *ret);

const char *why_rule_name(WhyRule rule); /* "only", "authority", "as_of", "order" */
