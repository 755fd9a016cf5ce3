/* A table made in memory from rows of values, for tests of what runs over tables; and random rows to fill it
 * with. */
#pragma once
#include "atlas/table.h"

typedef struct HandRow {
    Str key;
    Value values[FIELDS_MAX];
    Geometry shape;
} HandRow;

/* Row i is rows[i]; all are live. Everything lives in the arena; `rows` is borrowed. */
void hand_table(Arena *arena, Kind kind, const HandRow *rows, uint32_t count, Table *ret);
void hand_bury(Table *table, uint32_t row);

/* xorshift64*, seeded by the test so that every run is the same. */
typedef struct Dice {
    uint64_t state;
} Dice;

uint64_t dice_next(Dice *dice);
uint32_t dice_below(Dice *dice, uint32_t n); /* 0 … n - 1 */

/* Any value the field may have, from few enough that equal ones are common; one in four is no known one. */
Value random_value(Arena *arena, Dice *dice, const Field *field);
Value random_known(Arena *arena, Dice *dice, const Field *field);
HandRow *random_rows(Arena *arena, Dice *dice, Kind kind, uint32_t count);
