/* match_plain_rank.h: between match_plain.c, which knows what every condition says of every row, and
 * match_plain_rank.c and match_plain_why.c, which work out from it what a Ranking holds. */
#pragma once
#include "match_plain.h"

enum { PLAIN_NEARS_MAX = 32 };

typedef enum Answer { NO, MAYBE, YES } Answer;

/* Of codes the place in the list; `last` is `first` but of dates. */
typedef struct PlainField {
    uint8_t *states;
    int64_t *first, *last;
} PlainField;

struct Plain {
    const Atlas *atlas;
    const Table *table;
    uint32_t rows, near_count, conditions_room;
    PlainField fields[FIELDS_MAX];
    Nearness nears[PLAIN_NEARS_MAX];
    int64_t *metres[PLAIN_NEARS_MAX];
    uint8_t *answers;      /* of the brief asked last: condition by condition, of every row */
    uint8_t *noes, *which; /* of every row: how many conditions are false, and the last of these */
    uint8_t *verdicts;     /* MAYBE if some condition is maybe, else YES; whatever is false */
};

const PlainField *plain_field(Plain *plain, uint32_t field);
const int64_t *plain_metres(Plain *plain, const Nearness *near); /* -1: not known */
void plain_ask(Plain *plain, const Brief *brief);                /* before all below */

/* A row in a list of the best, by `order`, the greatest first, then by key. */
typedef struct PlainBest {
    int64_t order;
    Str key;
    uint32_t row, tag;
} PlainBest;

/* Keeps at most `room` of them in order. */
void plain_offer(PlainBest *best, uint32_t *count, uint32_t room, PlainBest one);

/* Each returns what differs, or NULL. */
const char *plain_rank(Plain *plain, const Brief *brief, const Ranking *ranking);
const char *plain_trials(Plain *plain, const Brief *brief, const Ranking *ranking);
const char *plain_why(Plain *plain, const Brief *brief, const Ranking *ranking); /* explained */
