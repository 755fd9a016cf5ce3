#include "match_plain.h"
#include "match_briefs.h"
#include "match_plain_rank.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Plain *plain_new(const Atlas *atlas)
{
    Plain *plain = heap_zalloc(sizeof *plain);
    plain->atlas = atlas;
    plain->table = atlas_table(atlas, KIND_PARCEL, 0);
    plain->rows = plain->table->rows;
    return plain;
}

void plain_free(Plain *plain)
{
    for (uint32_t f = 0; f < FIELDS_MAX; f++) {
        bool date = plain->fields[f].last != plain->fields[f].first;
        free(plain->fields[f].states);
        free(plain->fields[f].first);
        if (date)
            free(plain->fields[f].last);
    }
    for (uint32_t n = 0; n < plain->near_count; n++)
        free(plain->metres[n]);
    free(plain->answers);
    free(plain->noes);
    free(plain->which);
    free(plain->verdicts);
    free(plain);
}

/* ---- values ---- */

const PlainField *plain_field(Plain *plain, uint32_t field)
{
    PlainField *values = &plain->fields[field];
    const Field *is = &kind_info(KIND_PARCEL)->fields[field];
    if (values->states)
        return values;
    bool date = is->type == FIELD_DATE;
    values->states = heap_alloc(plain->rows);
    values->first = heap_zalloc(plain->rows * sizeof(int64_t));
    values->last = date ? heap_zalloc(plain->rows * sizeof(int64_t)) : values->first;
    Arena *arena = arena_new();
    for (uint32_t row = 0; row < plain->rows; row++) {
        Value value;
        if (row % 4096 == 0)
            arena_reset(arena);
        table_value(arena, plain->table, row, field, &value);
        values->states[row] = (uint8_t)value.state;
        if (value.state != VALUE_KNOWN)
            continue;
        values->first[row] = date                     ? value.date.first
                             : is->type == FIELD_CODE ? code_index(is->codes, value.text)
                                                      : value.num;
        if (date)
            values->last[row] = value.date.last;
    }
    arena_free(arena);
    return values;
}

/* ---- distances ---- */

static int south_first(const void *a, const void *b)
{
    const Point *x = a, *y = b;
    return (x->lat > y->lat) - (x->lat < y->lat);
}

static void add_place(Point **places, uint32_t *count, const Table *table, uint32_t row)
{
    if (!bits_get(table->live, row) || !table_has_shape(table, row))
        return;
    if (*count % 1024 == 0)
        *places = heap_grow(*places, (*count + 1024) * sizeof **places);
    (*places)[(*count)++] = table->anchors[row];
}

/* A row of this kind whose field reads so. */
static bool reads(Arena *arena, const Table *table, uint32_t row, const char *field, Str text)
{
    Value value;
    table_value(arena, table, row, (uint32_t)field_index(table->kind, str_of(field)), &value);
    return value.state == VALUE_KNOWN && str_eq(value.text, text);
}

/* Owned by the caller. An enterprise with two roles stands twice. */
static Point *find_places(const Atlas *atlas, const Nearness *near, uint32_t *ret_count)
{
    static const Kind kinds[] = {KIND_FACILITY, KIND_ROLE, KIND_ENTERPRISE};
    const Table *table = atlas_table(atlas, kinds[near->what], 0);
    const Table *firms = atlas_table(atlas, KIND_ENTERPRISE, 0);
    Point *places = NULL;
    uint32_t row;
    Arena *arena = arena_new();
    *ret_count = 0;
    if (near->what == NEAR_ENTERPRISE && table_find(firms, near->key, &row))
        add_place(&places, ret_count, firms, row);
    for (uint32_t at = 0; near->what != NEAR_ENTERPRISE && at < table->rows; at++) {
        arena_reset(arena);
        if (!reads(arena, table, at, near->what == NEAR_FACILITY ? "type" : "segment", near->key))
            continue;
        if (near->what == NEAR_FACILITY)
            add_place(&places, ret_count, table, at);
        else if (table_find(firms, table_key(table, at),
                            &row)) /* atlas_load calls a role as its enterprise */
            add_place(&places, ret_count, firms, row);
    }
    arena_free(arena);
    if (*ret_count > 0)
        qsort(places, *ret_count, sizeof *places, south_first);
    return places;
}

/* From the row's own latitude to the south and to the north, until latitude alone is further than the
 * nearest. */
static int64_t nearest_m(const Point *places, uint32_t count, Point from)
{
    static const double metres = 6371008.8 * 0.017453292519943295 / DEGREE; /* of 1e-7 degrees of latitude */
    uint32_t low = 0, high = count;
    int64_t least = INT64_MAX;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (places[middle].lat < from.lat)
            low = middle + 1;
        else
            high = middle;
    }
    for (int way = 0; way < 2; way++)
        for (uint32_t n = way ? low : low - 1; n < count; n += way ? 1 : UINT32_MAX) {
            double apart = fabs((double)places[n].lat - from.lat) * metres;
            if (least != INT64_MAX && apart > (double)least + 1)
                break;
            int64_t m = distance_m(from, places[n]);
            least = m < least ? m : least;
        }
    return least;
}

const int64_t *plain_metres(Plain *plain, const Nearness *near)
{
    for (uint32_t n = 0; n < plain->near_count; n++)
        if (plain->nears[n].what == near->what && str_eq(plain->nears[n].key, near->key))
            return plain->metres[n];
    if (plain->near_count == PLAIN_NEARS_MAX) {
        fprintf(stderr, "more than %d places to be near to\n", PLAIN_NEARS_MAX);
        exit(1);
    }
    uint32_t count;
    Point *places = find_places(plain->atlas, near, &count);
    int64_t *metres = heap_alloc(plain->rows * sizeof *metres);
    for (uint32_t row = 0; row < plain->rows; row++)
        metres[row] = count > 0 && table_has_shape(plain->table, row)
                          ? nearest_m(places, count, plain->table->anchors[row])
                          : -1;
    free(places);
    plain->nears[plain->near_count] = *near;
    plain->metres[plain->near_count] = metres;
    return plain->metres[plain->near_count++];
}

/* ---- what every condition says of every row ---- */

static void ask_place(Plain *plain, const Condition *condition, uint8_t *answers)
{
    for (uint32_t row = 0; row < plain->rows; row++)
        answers[row] = !table_has_shape(plain->table, row) ? MAYBE
                       : geometry_contains(condition->place, plain->table->anchors[row]) != condition->outside
                           ? YES
                           : NO;
}

/* The ends of a range; one that is open lies beyond every value. */
typedef struct Ends {
    int64_t least, most;
} Ends;

static Ends ends_of(const Condition *condition, bool date)
{
    bool low = condition->least.state == VALUE_KNOWN, high = condition->greatest.state == VALUE_KNOWN;
    return (Ends){!low   ? INT64_MIN
                  : date ? condition->least.date.first
                         : condition->least.num,
                  !high  ? INT64_MAX
                  : date ? condition->greatest.date.last
                         : condition->greatest.num};
}

static inline uint8_t in_ends(Ends ends, int64_t first, int64_t last)
{
    return first >= ends.least && last <= ends.most ? YES
           : last < ends.least || first > ends.most ? NO
                                                    : MAYBE;
}

static void ask_near(Plain *plain, const Condition *condition, uint8_t *answers)
{
    const int64_t *metres = plain_metres(plain, condition->near);
    Ends ends = ends_of(condition, false);
    for (uint32_t row = 0; row < plain->rows; row++)
        answers[row] = metres[row] < 0 ? MAYBE : in_ends(ends, metres[row], metres[row]);
}

/* What a code of the field's list answers. */
static void answer_codes(const Condition *condition, uint8_t answers[256])
{
    const CodeList *list = kind_info(KIND_PARCEL)->fields[condition->field].codes;
    memset(answers, NO, 256);
    for (uint32_t i = 0; condition->offer && i < list->count; i++)
        answers[i] = list->codes[i].offer == OFFER_OPEN       ? YES
                     : list->codes[i].offer == OFFER_PROMISED ? MAYBE
                                                              : NO;
    for (uint32_t i = 0; !condition->offer && i < condition->code_count; i++)
        answers[code_index(list, condition->codes[i])] = YES;
}

static void ask_field(Plain *plain, const Condition *condition, uint8_t *answers)
{
    uint8_t of_codes[256];
    const PlainField *values = plain_field(plain, condition->field);
    bool date = kind_info(KIND_PARCEL)->fields[condition->field].type == FIELD_DATE;
    bool codes = condition->offer || condition->codes;
    if (codes)
        answer_codes(condition, of_codes);
    Ends ends = codes ? (Ends){0, 0} : ends_of(condition, date);
    for (uint32_t row = 0; row < plain->rows; row++) {
        uint8_t state = values->states[row];
        answers[row] = state == VALUE_NOT_APPLICABLE ? NO
                       : state != VALUE_KNOWN        ? MAYBE
                       : codes                       ? of_codes[values->first[row]]
                                                     : in_ends(ends, values->first[row], values->last[row]);
    }
}

void plain_ask(Plain *plain, const Brief *brief)
{
    uint32_t rows = plain->rows;
    if (plain->conditions_room < brief->condition_count) {
        plain->conditions_room = brief->condition_count;
        plain->answers = heap_grow(plain->answers, (size_t)rows * brief->condition_count);
    }
    if (!plain->noes) {
        plain->noes = heap_alloc(rows);
        plain->which = heap_alloc(rows);
        plain->verdicts = heap_alloc(rows);
    }
    memset(plain->noes, 0, rows);
    memset(plain->verdicts, YES, rows);
    for (uint32_t c = 0; c < brief->condition_count; c++) {
        const Condition *condition = &brief->conditions[c];
        uint8_t *answers = plain->answers + (size_t)c * rows;
        if (condition->near)
            ask_near(plain, condition, answers);
        else if (condition->place)
            ask_place(plain, condition, answers);
        else
            ask_field(plain, condition, answers);
        for (uint32_t row = 0; row < rows; row++) {
            plain->noes[row] = (uint8_t)(plain->noes[row] + (answers[row] == NO));
            plain->which[row] = answers[row] == NO ? (uint8_t)c : plain->which[row];
            /* of the conditions that are not false */
            plain->verdicts[row] = answers[row] == MAYBE ? MAYBE : plain->verdicts[row];
        }
    }
}
