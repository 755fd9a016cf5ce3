/* app/believe.h: what one audience believes of an entity, ready to be frozen into its atlas. */
#pragma once
#include "atlas/atlas.h"
#include "link/winners.h"

typedef struct Believed {
    Value values[FIELDS_MAX];
    Geometry shape; /* GEOM_NONE: no place is known */
    Freshness fresh;
    bool visible; /* false: the audience must not know that it exists; the rest is not set */
} Believed;

typedef struct SourceFacts {
    int64_t source;
    int32_t refresh_d;  /* 0: not said */
    bool makes_samples; /* its type is generator: what it says is sample data */
} SourceFacts;

/* Is what a source of this type says sample data? */
bool source_makes_samples(const Value *type);

/* What is needed to choose: read once per build, in the build's snapshot. */
typedef struct Believer {
    Audience audience;
    SourceRules rules;
    SourceFacts *facts; /* by source; only of those of which the audience knows one */
    uint32_t fact_count;
} Believer;

/* In the arena, which must outlive it. */
MUST_USE Err believer_load(Store *store, Arena *arena, Audience audience, Believer *ret);

/* Texts point into the entity's payloads or the arena, shapes and lists into the arena. FIELD_SAMPLE is
 * filled in: the fields whose value is from a record that is sample data, in a row that does not say so as a
 * whole. */
MUST_USE Err believe(const Believer *believer, Arena *arena, const EntityRow *entity, Believed *ret);

/* Does this row of a table say just that? Derived distances are not looked at: they follow from the rest. */
bool believed_eq(Arena *scratch, const Table *table, uint32_t row, const Believed *believed);
