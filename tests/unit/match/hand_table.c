#include "unit/match/hand_table.h"
#include "atlas/column.h"
#include "atlas/shape.h"
#include <stdio.h>
#include <stdlib.h>

/* ---- one column ---- */

typedef struct ColumnMaker {
    Arena *arena;
    const HandRow *rows;
    uint32_t count, field;
    Column column;
    int64_t least, greatest; /* of what is stored, before the base is taken off */
    bool any;
} ColumnMaker;

static void widen(ColumnMaker *maker, int64_t n)
{
    maker->least = !maker->any || n < maker->least ? n : maker->least;
    maker->greatest = !maker->any || n > maker->greatest ? n : maker->greatest;
    maker->any = true;
}

static int text_order(const void *a, const void *b)
{
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

static bool is_list(const Field *field)
{
    return field->type == FIELD_CODES || field->type == FIELD_REFS;
}

static bool has_dictionary(const Field *field)
{
    return field->type != FIELD_NUM && field->type != FIELD_BOOL && field->type != FIELD_DATE;
}

static void make_dictionary(ColumnMaker *maker)
{
    Column *column = &maker->column;
    if (column->field->codes) {
        code_dictionary(column->field->codes, &column->dict_count, &column->dict_ends, &column->dict_bytes);
        return;
    }
    Str *texts = arena_array(maker->arena, Str, (size_t)maker->count * LIST_MAX + 1);
    uint32_t count = 0, distinct = 0;
    for (uint32_t r = 0; r < maker->count; r++) {
        const Value *value = &maker->rows[r].values[maker->field];
        if (value->state != VALUE_KNOWN)
            continue;
        if (!is_list(column->field))
            texts[count++] = value->text;
        for (uint32_t i = 0; is_list(column->field) && i < value->list.count; i++)
            texts[count++] = value->list.items[i];
    }
    qsort(texts, count, sizeof *texts, text_order);
    Buf bytes;
    buf_init(&bytes, 1 << 24);
    uint32_t *ends = arena_array(maker->arena, uint32_t, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0 && str_eq(texts[i], texts[i - 1]))
            continue;
        buf_str(&bytes, texts[i]);
        ends[distinct++] = (uint32_t)bytes.len;
    }
    column->dict_count = distinct;
    column->dict_ends = ends;
    column->dict_bytes = arena_copy(maker->arena, bytes.ptr ? bytes.ptr : "", bytes.len);
    buf_done(&bytes);
}

static int64_t index_of(const Column *column, Str text)
{
    uint32_t at;
    if (!column_find(column, text, &at))
        abort();
    return at;
}

static void put(void *values, uint32_t width, uint32_t at, uint64_t n)
{
    memcpy((char *)values + (size_t)at * width, &n, width); /* little-endian */
}

/* first[i] and last[i] are what row (or list item) i stores. */
static void encode(ColumnMaker *maker, const int64_t *first, const int64_t *last, uint32_t places,
                   const bool *stored)
{
    Column *column = &maker->column;
    column->base = has_dictionary(column->field) ? 0 : maker->least;
    uint64_t range = (uint64_t)maker->greatest - (uint64_t)column->base;
    column->width = range < 1u << 8 ? 1 : range < 1u << 16 ? 2 : range < UINT64_C(1) << 32 ? 4 : 8;
    void *values = arena_zalloc(maker->arena, (size_t)places * column->width + 1);
    void *lasts = arena_zalloc(maker->arena, (size_t)places * column->width + 1);
    for (uint32_t i = 0; i < places; i++) {
        if (!stored[i])
            continue;
        put(values, column->width, i, (uint64_t)first[i] - (uint64_t)column->base);
        put(lasts, column->width, i, (uint64_t)last[i] - (uint64_t)column->base);
    }
    column->values = values;
    column->lasts = column->field->type == FIELD_DATE ? lasts : NULL;
}

static void make_zones(ColumnMaker *maker, const int64_t *first, const int64_t *last, const bool *stored)
{
    uint32_t blocks = (maker->count + BLOCK_ROWS - 1) / BLOCK_ROWS;
    uint64_t *least = arena_array(maker->arena, uint64_t, blocks),
             *most = arena_array(maker->arena, uint64_t, blocks);
    for (uint32_t b = 0; b < blocks; b++) {
        least[b] = UINT64_MAX;
        most[b] = 0;
        for (uint32_t i = b * BLOCK_ROWS; i < maker->count && i < (b + 1) * BLOCK_ROWS; i++) {
            if (!stored[i])
                continue;
            uint64_t from = (uint64_t)first[i] - (uint64_t)maker->column.base;
            uint64_t to = (uint64_t)last[i] - (uint64_t)maker->column.base;
            least[b] = from < least[b] ? from : least[b];
            most[b] = to > most[b] ? to : most[b];
        }
    }
    maker->column.block_least = least;
    maker->column.block_greatest = most;
}

static void make_states(ColumnMaker *maker)
{
    uint32_t words = bits_words(maker->count);
    uint64_t *known = arena_zarray(maker->arena, uint64_t, words),
             *none = arena_zarray(maker->arena, uint64_t, words);
    uint64_t *withheld = arena_zarray(maker->arena, uint64_t, words);
    for (uint32_t r = 0; r < maker->count; r++) {
        switch (maker->rows[r].values[maker->field].state) {
        case VALUE_KNOWN:
            bits_set(known, r);
            maker->column.known_count++;
            break;
        case VALUE_NOT_APPLICABLE:
            bits_set(none, r);
            break;
        case VALUE_WITHHELD:
            bits_set(withheld, r);
            break;
        case VALUE_UNKNOWN:
            break;
        }
    }
    maker->column.known = known;
    maker->column.not_applicable = bits_count(none, maker->count) ? none : NULL;
    maker->column.withheld = bits_count(withheld, maker->count) ? withheld : NULL;
}

/* As large columns have it. */
static void make_coarse(ColumnMaker *maker, const int64_t *first)
{
    Column *column = &maker->column;
    uint64_t *cuts = arena_array(maker->arena, uint64_t, CUTS);
    int64_t *stored = arena_zarray(maker->arena, int64_t, maker->count);
    uint8_t *codes = arena_array(maker->arena, uint8_t, maker->count);
    if (column->field->type != FIELD_NUM || column->width == 1 || column->known_count == 0)
        return;
    for (uint32_t r = 0; r < maker->count; r++)
        if (bits_get(column->known, r))
            stored[r] = (int64_t)((uint64_t)first[r] - (uint64_t)column->base);
    void *sorted = arena_alloc(maker->arena, (size_t)column->known_count * column->width);
    coarse_make(stored, column->known, maker->count, column->known_count, column->width, sorted, codes);
    coarse_cuts(sorted, column->known_count, column->width, cuts);
    column->coarse = codes;
    column->sorted = sorted;
    column->cuts = cuts;
}

static void make_scalars(ColumnMaker *maker)
{
    uint32_t count = maker->count;
    int64_t *first = arena_zarray(maker->arena, int64_t, count),
            *last = arena_zarray(maker->arena, int64_t, count);
    bool *stored = arena_zarray(maker->arena, bool, count);
    const Field *field = maker->column.field;
    for (uint32_t r = 0; r < count; r++) {
        const Value *value = &maker->rows[r].values[maker->field];
        if (value->state != VALUE_KNOWN)
            continue;
        stored[r] = true;
        first[r] = field->type == FIELD_DATE ? value->date.first
                   : has_dictionary(field)   ? index_of(&maker->column, value->text)
                                             : value->num;
        last[r] = field->type == FIELD_DATE ? value->date.last : first[r];
        widen(maker, first[r]);
        widen(maker, last[r]);
    }
    encode(maker, first, last, count, stored);
    make_zones(maker, first, last, stored);
    make_states(maker);
    make_coarse(maker, first);
}

static void make_lists(ColumnMaker *maker)
{
    uint32_t places = 0, room = maker->count * LIST_MAX + 1;
    int64_t *items = arena_array(maker->arena, int64_t, room);
    bool *stored = arena_zarray(maker->arena, bool, room);
    uint32_t *ends = arena_array(maker->arena, uint32_t, maker->count);
    for (uint32_t r = 0; r < maker->count; r++) {
        const Value *value = &maker->rows[r].values[maker->field];
        for (uint32_t i = 0; value->state == VALUE_KNOWN && i < value->list.count; i++) {
            stored[places] = true;
            items[places] = index_of(&maker->column, value->list.items[i]);
            widen(maker, items[places++]);
        }
        ends[r] = places;
    }
    encode(maker, items, items, places, stored);
    maker->column.list_ends = ends;
}

/* ---- the table ---- */

static const HandRow *sorting;

static int key_order(const void *a, const void *b)
{
    return str_cmp(sorting[*(const uint32_t *)a].key, sorting[*(const uint32_t *)b].key);
}

static void make_keys(Arena *arena, const HandRow *rows, uint32_t count, Table *table)
{
    Buf bytes;
    buf_init(&bytes, 1 << 24);
    uint32_t *ends = arena_array(arena, uint32_t, count), *by_key = arena_array(arena, uint32_t, count);
    for (uint32_t r = 0; r < count; r++) {
        buf_str(&bytes, rows[r].key);
        ends[r] = (uint32_t)bytes.len;
        by_key[r] = r;
    }
    sorting = rows;
    qsort(by_key, count, sizeof *by_key, key_order);
    table->key_ends = ends;
    table->key_bytes = arena_copy(arena, bytes.ptr ? bytes.ptr : "", bytes.len);
    table->by_key = by_key;
    buf_done(&bytes);
}

static void make_shapes(Arena *arena, const HandRow *rows, uint32_t count, Table *table)
{
    Buf bytes;
    buf_init(&bytes, 1 << 24);
    uint64_t *ends = arena_array(arena, uint64_t, count);
    Box *boxes = arena_array(arena, Box, count);
    Point *anchors = arena_zarray(arena, Point, count);
    for (uint32_t r = 0; r < count; r++) {
        boxes[r] = (Box){1, 0, 0, 0};
        if (rows[r].shape.type != GEOM_NONE) {
            boxes[r] = geometry_box(&rows[r].shape);
            anchors[r] = geometry_anchor(&rows[r].shape);
            if (shape_pack(&bytes, &rows[r].shape, anchors[r]) != OK)
                abort();
        }
        ends[r] = bytes.len;
    }
    table->boxes = boxes;
    table->anchors = anchors;
    table->shape_ends = ends;
    table->shape_bytes = arena_copy(arena, bytes.ptr ? bytes.ptr : "", bytes.len);
    rtree_build(arena, boxes, count, &table->tree);
    buf_done(&bytes);
}

void hand_table(Arena *arena, Kind kind, const HandRow *rows, uint32_t count, Table *ret)
{
    const KindInfo *info = kind_info(kind);
    Column *columns = arena_zarray(arena, Column, info->field_count);
    uint64_t *live = arena_zarray(arena, uint64_t, bits_words(count) + 1);
    bits_fill(live, count);
    *ret = (Table){.kind = kind, .rows = count, .live_count = count, .live = live, .columns = columns};
    for (uint32_t f = 0; f < info->field_count; f++) {
        Arena *scratch = arena; /* what a column needs while it is made is small, and tests end soon */
        ColumnMaker maker = {.arena = scratch, .rows = rows, .count = count, .field = f};
        maker.column.field = &info->fields[f];
        if (has_dictionary(maker.column.field))
            make_dictionary(&maker);
        if (is_list(maker.column.field))
            make_lists(&maker);
        else
            make_scalars(&maker);
        if (is_list(maker.column.field))
            make_states(&maker);
        columns[f] = maker.column;
    }
    make_keys(arena, rows, count, ret);
    make_shapes(arena, rows, count, ret);
}

void hand_bury(Table *table, uint32_t row)
{
    bits_unset((uint64_t *)(uintptr_t)table->live, row);
    table->live_count--;
}

/* ---- random rows ---- */

uint64_t dice_next(Dice *dice)
{
    dice->state ^= dice->state >> 12;
    dice->state ^= dice->state << 25;
    dice->state ^= dice->state >> 27;
    return dice->state * UINT64_C(0x2545F4914F6CDD1D);
}

uint32_t dice_below(Dice *dice, uint32_t n)
{
    return (uint32_t)((dice_next(dice) >> 32) * n >> 32);
}

static DateSpan random_date(Dice *dice)
{
    char text[16];
    int year = 2022 + (int)dice_below(dice, 3), month = 1 + (int)dice_below(dice, 12),
        day = 1 + (int)dice_below(dice, 28);
    switch (dice_below(dice, 5)) {
    case 0:
        snprintf(text, sizeof text, "%d", year);
        break;
    case 1:
        snprintf(text, sizeof text, "%d-%02d", year, month);
        break;
    default:
        snprintf(text, sizeof text, "%d-%02d-%02d", year, month, day);
    }
    DateSpan span;
    if (!date_parse(str_of(text), &span))
        abort();
    return span;
}

static Str random_text(Arena *arena, Dice *dice, const Field *field)
{
    static const char *const texts[] = {"江门", "新会", "鹤山", "a", "b", "it's", "", "Zhongshan"};
    char key[16];
    if (field->codes)
        return str_of(field->codes->codes[dice_below(dice, field->codes->count)].code);
    if (field->type == FIELD_TEXT)
        return str_of(texts[dice_below(dice, sizeof texts / sizeof *texts)]);
    snprintf(key, sizeof key, "x-%u", dice_below(dice, 12));
    return str_copy(arena, str_of(key));
}

Value random_known(Arena *arena, Dice *dice, const Field *field)
{
    static const int64_t scales[] = {1, 1, 100, 100000, INT64_C(10000000000000)};
    Value value = {.state = VALUE_KNOWN};
    switch (field->type) {
    case FIELD_NUM:
        value.num = ((int64_t)dice_below(dice, 40) - 4) * scales[field->tag % 5];
        break;
    case FIELD_BOOL:
        value.num = dice_below(dice, 2);
        break;
    case FIELD_DATE:
        value.date = random_date(dice);
        break;
    case FIELD_TEXT:
    case FIELD_CODE:
    case FIELD_REF:
        value.text = random_text(arena, dice, field);
        break;
    case FIELD_CODES:
    case FIELD_REFS: {
        Str *items = arena_array(arena, Str, 4);
        for (uint32_t i = dice_below(dice, 4); i > 0; i--) {
            Str item = random_text(arena, dice, field);
            bool twice = false;
            for (uint32_t j = 0; j < value.list.count; j++)
                twice |= str_eq(items[j], item);
            if (!twice)
                items[value.list.count++] = item;
        }
        value.list.items = items;
        break;
    }
    }
    return value;
}

Value random_value(Arena *arena, Dice *dice, const Field *field)
{
    switch (dice_below(dice, 16)) {
    case 0:
    case 1:
        return (Value){.state = VALUE_UNKNOWN};
    case 2:
        return (Value){.state = VALUE_WITHHELD};
    case 3:
        return (Value){.state = VALUE_NOT_APPLICABLE};
    default:
        return random_known(arena, dice, field);
    }
}

HandRow *random_rows(Arena *arena, Dice *dice, Kind kind, uint32_t count)
{
    const KindInfo *info = kind_info(kind);
    HandRow *rows = arena_zarray(arena, HandRow, count);
    for (uint32_t r = 0; r < count; r++) {
        char key[24];
        snprintf(key, sizeof key, "k%03u-%u", dice_below(dice, 1000), r);
        rows[r].key = str_copy(arena, str_of(key));
        for (uint32_t f = 0; f < info->field_count; f++)
            rows[r].values[f] = random_value(arena, dice, &info->fields[f]);
    }
    return rows;
}
