/* link/winners.h: survivorship: which record's word is believed, field by field and audience by audience.
 *
 * An audience believes only what it may see: a record counts for it when the record's and its source's
 * visibility allow. Among those the winner of a field has the highest authority, then the latest as-of (its
 * last day), then the highest record id. A record that leaves a field blank does not speak of it. So no
 * secret record can change a public value. */
#pragma once
#include "model/value.h"
#include "store/store.h"

enum { NO_RECORD = 0xFFFF };

/* What is known of every source, for choosing. Built once per batch, read or build. */
typedef struct SourceRule {
    int64_t id;
    Str key;
    Audience visibility; /* of the source itself: may it be named? */
    Audience rows; /* what its rows are when they do not say; AUDIENCE_RESTRICTED if the source does not say
                      either */
    int64_t authority; /* 0 … 100; 0 when unknown */
} SourceRule;

typedef struct SourceRules {
    SourceRule *rules; /* by id */
    uint32_t count;
} SourceRules;

MUST_USE Err source_rules_load(Store *store, Arena *arena, SourceRules *ret);
const SourceRule *source_rule(const SourceRules *rules, int64_t source); /* NULL if there is none */

/* Who may see a record: whoever may see both it and its source. */
Audience record_seen_by(const SourceRules *rules, const RecordRow *record);

/* What decides between two records that speak of the same field. */
typedef struct Precedence {
    int64_t authority, id;
    int32_t as_of; /* its last day */
} Precedence;

Precedence record_precedence(const SourceRules *rules, const RecordRow *record);
int precedence_cmp(const Precedence *a, const Precedence *b); /* below 0: a is believed before b */

/* For one entity: indices into its records, by field index; the last place is the geometry's. */
typedef struct Winners {
    uint16_t of[AUDIENCE_COUNT][FIELDS_MAX + 1];
    bool visible[AUDIENCE_COUNT]; /* at least one record speaks to this audience */
} Winners;

enum { WINNER_GEOMETRY = FIELDS_MAX };

/* values[r] are record r's unpacked values. */
void winners_choose(Kind kind, const EntityRow *entity, const Value *const *values, const SourceRules *rules,
                    Winners *ret);

/* Packed by field tag and record id, so that it outlives changes of the model. Empty for an entity with one
 * record. */
void winners_pack(Buf *buf, Kind kind, const EntityRow *entity, const Winners *winners);
MUST_USE Err winners_unpack(Kind kind, const EntityRow *entity, const SourceRules *rules, Winners *ret);

/* Chooses anew and stores it: after a record was added to an entity that had one, or one was withdrawn. */
MUST_USE Err winners_renew(Store *store, Arena *scratch, int64_t entity, const SourceRules *rules);

/* The believed values for one audience, the geometry's EWKB ("" if none), and the day of what was said last.
 * ret_values has field_count places; a field that the audience may not see is unknown; texts point into the
 * entity's payloads. *ret_visible false: this audience must not know the entity exists. */
MUST_USE Err entity_believed(Arena *arena, const EntityRow *entity, const SourceRules *rules,
                             Audience audience, Value *ret_values, Str *ret_shape, DateSpan *ret_as_of,
                             bool *ret_visible);

/* Where each believed value is from. */
typedef struct Origins {
    uint16_t of[FIELDS_MAX + 1]; /* index of the record, by field index as in Winners; NO_RECORD: nobody's */
    const Str *hows; /* by index of the record: what it says of itself; "" of those that won nothing */
} Origins;

/* The same, and where it is from. *ret_origins is in the arena, and set only of a visible entity. */
MUST_USE Err entity_believed_from(Arena *arena, const EntityRow *entity, const SourceRules *rules,
                                  Audience audience, Value *ret_values, Str *ret_shape, DateSpan *ret_as_of,
                                  bool *ret_visible, Origins *ret_origins);
