/* app/ranking_form.h: the parts of a ranking's JSON. Only the ranking*.c files include it. */
#pragma once
#include "app/entity_json.h"
#include "match/office.h"

/* Fields of the ranked kind by name; -1: it has none such. */
typedef struct RankedFields {
    int land_state, promised_until, available_from, how, precision;
} RankedFields;

/* A service of the ranked kind, in the order of its "state" fields. */
typedef struct RankedService {
    const char *part;
    uint32_t state;
    int in_service; /* -1: there is no such field */
} RankedService;

typedef struct Context {
    JsonOut *out;
    Arena *arena;
    const Atlas *atlas;
    const Ranking *ranking;
    const KindInfo *info;
    int32_t as_of; /* the day the picture is of: stale and due are judged by it, not by the clock, so that the
                    * same brief gives the same bytes tomorrow; INT32_MIN when no row has a date */
    Offices *offices;
    RankedFields fields;
    const RankedService *waited; /* services that a start waits for */
    uint32_t waited_count;
    const uint32_t *due; /* "in_service" fields of services that the brief speaks of */
    uint32_t due_count;
} Context;

/* A row's value; unknown where the field is -1. */
Value value_of(const Context *c, RowRef at, int field);

/* Does a condition or a term ask about this service? */
bool brief_speaks_of(const Context *c, const char *part);

/* Members of the object that is open. */
void out_sites(const Context *c);       /* "sites", "unknowns" */
void out_near_misses(const Context *c); /* "near_misses" */
void out_warnings(const Context *c, const Site *site);
void find_services(Context *c);              /* once, before anything is written */
void out_start(const Context *c, RowRef at); /* "start"; nothing for kinds without a land state */
void out_set_start(const Context *c, const PlotSet *set); /* "start" of all its plots: what is not yet done */
void out_sets(const Context *c); /* "sets" and what goes with it; nothing unless they are asked for */
void out_why(const Context *c);  /* "relaxations", "none", "ask", "robust" */

void out_subject(const Context *c,
                 uint32_t n); /* "field" or "distance_to" of a condition; nothing of a place */
void out_near(const Context *c, const Nearness *near);

void out_office(const Context *c,
                const Office *office); /* {"zh", "en"}, each in place of the other, or null */
void out_number_of(const Context *c, const Field *field, int64_t n); /* a number, or a day */
void out_bits(const Context *c, uint64_t asks); /* the numbers of the conditions, in an array */
