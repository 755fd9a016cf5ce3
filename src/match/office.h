/* match/office.h: whom to ask about a row: of a service the office of the work that brings it to the row's
 * park, else the row's own office, else its park's. Read from the atlas on demand and remembered; one thread,
 * one request. */
#pragma once
#include "match/match.h"

typedef struct Offices Offices;

typedef struct Office {
    uint32_t number; /* the same office, the same number */
    Str zh, en;      /* either may be "", not both */
} Office;

/* Tables of one kind, of which rows are asked; `atlas` may be NULL: then only the rows' own offices are
 * known. Keeps both. */
Offices *offices_new(Arena *arena, const Atlas *atlas, const Table *const *tables, uint32_t count);

/* part: of the field in question (Field.part), or NULL. NULL: nobody is named. */
const Office *office_of(Offices *offices, RowRef at, const char *part);

/* Who owes what a condition asks of the row (bit: its number, or FILTER_ASKS_BIT); of what is asked of its
 * park, the park's own office before the row's. NULL: nobody is named. */
const Office *office_to_ask(Offices *offices, const Brief *brief, RowRef at, uint32_t bit);

/* The work that brings this service to the row's park: one that is not done before one that is, then the
 * first by key. False if there is none. */
bool office_work(Offices *offices, RowRef at, const char *part, RowRef *ret_work);
