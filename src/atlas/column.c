#include "atlas/column.h"
#include "base/hash.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMS_MIN = 256 };

/* ---- numbers of growing width ---- */

static uint32_t width_for(int64_t n)
{
    if (n == (int8_t)n)
        return 1;
    if (n == (int16_t)n)
        return 2;
    return n == (int32_t)n ? 4 : 8;
}

static void put(Nums *nums, uint32_t place, int64_t n)
{
    switch (nums->width) {
    case 1:
        ((int8_t *)nums->at)[place] = (int8_t)n;
        break;
    case 2:
        ((int16_t *)nums->at)[place] = (int16_t)n;
        break;
    case 4:
        ((int32_t *)nums->at)[place] = (int32_t)n;
        break;
    default:
        ((int64_t *)nums->at)[place] = n;
    }
}

static void widen(Nums *nums, uint32_t width)
{
    Nums wider = {.at = heap_zalloc((size_t)nums->cap * width), .cap = nums->cap, .width = width};
    for (uint32_t i = 0; nums->width && i < nums->cap; i++)
        put(&wider, i, nums_get(nums, i));
    free(nums->at);
    *nums = wider;
}

static void lengthen(Nums *nums, uint32_t place)
{
    uint32_t cap = nums->cap ? nums->cap : NUMS_MIN;
    while (cap <= place)
        cap *= 2;
    nums->at = heap_grow(nums->at, (size_t)cap * nums->width);
    memset((char *)nums->at + (size_t)nums->cap * nums->width, 0, (size_t)(cap - nums->cap) * nums->width);
    nums->cap = cap;
}

void nums_set(Nums *nums, uint32_t place, int64_t n)
{
    uint32_t width = width_for(n);
    if (width > nums->width)
        widen(nums, width);
    if (place >= nums->cap)
        lengthen(nums, place);
    put(nums, place, n);
}

void nums_done(Nums *nums)
{
    free(nums->at);
    *nums = (Nums){.at = NULL};
}

/* ---- taking in ---- */

void column_init(ColumnBuild *column, const Field *field, bool hidden)
{
    *column = (ColumnBuild){.field = field, .hidden = hidden, .last_text = INTERN_NONE};
    intern_init(&column->texts);
    if (hidden || !field->codes)
        return;
    for (uint32_t c = 0; c < field->codes->count; c++) {
        Str code = str_of(field->codes->codes[c].code);
        intern_add(&column->texts, code, hash64(code.ptr, code.len));
    }
}

void column_done(ColumnBuild *column)
{
    nums_done(&column->states);
    nums_done(&column->values);
    nums_done(&column->lasts);
    nums_done(&column->items);
    intern_done(&column->texts);
}

static Err refuse(const ColumnBuild *column, const char *why)
{
    char detail[FAULT_TEXT_MAX];
    snprintf(detail, sizeof detail, "%s: %s", column->field->name, why);
    return fail(ERR_BUILD, "detail", detail, NULL);
}

static Err text_number(ColumnBuild *column, Str text, uint32_t *ret_number, uint64_t *ret_hash)
{
    if (column->last_text != INTERN_NONE && str_eq(text, intern_text(&column->texts, column->last_text))) {
        *ret_number = column->last_text;
        *ret_hash = column->last_hash;
        return OK;
    }
    uint64_t hash = hash64(text.ptr, text.len);
    uint32_t number, before = column->texts.count;
    if (column->field->codes) {
        number = intern_find(&column->texts, text, hash);
        if (number == INTERN_NONE)
            return refuse(column, "a code that is not in its list");
    } else {
        size_t longest = column->field->type == FIELD_TEXT ? TEXT_MAX_BYTES : KEY_MAX_BYTES;
        if (text.len > longest)
            return refuse(column, "a text that is too long");
        number = intern_add(&column->texts, text, hash);
        if (number == INTERN_NONE)
            return fail(ERR_LIMIT, "what", column->field->name, "limit", num_c(UINT32_MAX), NULL);
        if (number == before && !str_utf8_valid(text))
            return refuse(column, "a text that is no UTF-8");
    }
    column->last_text = number;
    column->last_hash = hash;
    *ret_number = number;
    *ret_hash = hash;
    return OK;
}

static Err set_list(ColumnBuild *column, uint32_t row, const Value *value, uint64_t *ret_digest)
{
    uint64_t hashes[LIST_MAX];
    uint32_t count = value->list.count;
    if (count > LIST_MAX || column->item_count > INT32_MAX - count)
        return refuse(column, "a list that is too long");
    nums_set(&column->values, row, column->item_count);
    nums_set(&column->lasts, row, count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = 0;
        TRY(text_number(column, value->list.items[i], &number, &hashes[i]));
        nums_set(&column->items, column->item_count++, number);
    }
    *ret_digest = hash64(hashes, count * sizeof *hashes);
    return OK;
}

static Err set_known(ColumnBuild *column, uint32_t row, const Value *value, uint64_t *ret_digest)
{
    uint32_t number = 0;
    switch (column->field->type) {
    case FIELD_NUM:
    case FIELD_BOOL:
        nums_set(&column->values, row, value->num);
        *ret_digest = (uint64_t)value->num;
        return OK;
    case FIELD_DATE:
        if (value->date.first > value->date.last || value->date.first < date_day(DATE_YEAR_MIN, 1, 1) ||
            value->date.last > date_day(DATE_YEAR_MAX, 12, 31))
            return refuse(column, "a date that is out of range");
        nums_set(&column->values, row, value->date.first);
        nums_set(&column->lasts, row, value->date.last);
        *ret_digest = (uint64_t)(uint32_t)value->date.first << 32 | (uint32_t)value->date.last;
        return OK;
    case FIELD_TEXT:
    case FIELD_CODE:
    case FIELD_REF:
        TRY(text_number(column, value->text, &number, ret_digest));
        nums_set(&column->values, row, number);
        return OK;
    case FIELD_CODES:
    case FIELD_REFS:
        return set_list(column, row, value, ret_digest);
    }
    return fail(ERR_INTERNAL, "detail", "a field type nobody knows", NULL);
}

Err column_set(ColumnBuild *column, uint32_t row, const Value *value, uint64_t *ret_digest)
{
    uint64_t digest = 0;
    if (value->state == VALUE_KNOWN)
        TRY(set_known(column, row, value, &digest));
    nums_set(&column->states, row, value->state);
    *ret_digest = digest;
    return OK;
}

/* ---- sections ---- */

void *section_make(SectionList *list, Kind kind, uint32_t column, Part part, uint64_t size)
{
    void *bytes = heap_zalloc(size);
    list->made[list->count] = bytes;
    list->at[list->count++] = (Section){kind, column, part, bytes, size};
    return bytes;
}

void section_list_done(SectionList *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        free(list->made[i]);
    list->count = 0;
}
