#include "atlas/table.h"
#include "atlas/segment.h"
#include "atlas/shape.h"
#include <pthread.h>
#include <string.h>

static Str text_at(const uint32_t *ends, const char *bytes, uint32_t i)
{
    uint32_t start = i ? ends[i - 1] : 0;
    return (Str){bytes + start, ends[i] - start};
}

Str table_key(const Table *table, uint32_t row)
{
    return text_at(table->key_ends, table->key_bytes, row);
}

bool table_find(const Table *table, Str key, uint32_t *ret_row)
{
    uint32_t low = 0, high = table->rows;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2, row = table->by_key[middle];
        int order = str_cmp(table_key(table, row), key);
        if (order == 0) {
            *ret_row = row;
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

bool table_has_shape(const Table *table, uint32_t row)
{
    return table->boxes[row].west <= table->boxes[row].east;
}

void table_shape(Arena *arena, const Table *table, uint32_t row, Geometry *ret)
{
    uint64_t start = row ? table->shape_ends[row - 1] : 0;
    if (!shape_unpack(arena, table->shape_bytes + start, table->shape_ends[row] - start, table->anchors[row],
                      ret))
        *ret = (Geometry){.type = GEOM_NONE}; /* cannot be: segment_verify looked at every shape */
}

Str column_entry(const Column *column, uint32_t index)
{
    return text_at(column->dict_ends, column->dict_bytes, index);
}

bool column_find(const Column *column, Str text, uint32_t *ret_index)
{
    if (column->field->codes) {
        int at = code_index(column->field->codes, text);
        if (at < 0)
            return false;
        *ret_index = (uint32_t)at;
        return true;
    }
    uint32_t low = 0, high = column->dict_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = str_cmp(column_entry(column, middle), text);
        if (order == 0) {
            *ret_index = middle;
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static void list_value(Arena *arena, const Column *column, uint32_t row, Value *ret)
{
    uint32_t start = row ? column->list_ends[row - 1] : 0, count = column->list_ends[row] - start;
    Str *items = arena_array(arena, Str, count);
    for (uint32_t i = 0; i < count; i++)
        items[i] = column_entry(column, (uint32_t)column_stored(column, start + i));
    ret->list.items = items;
    ret->list.count = count;
}

static void known_value(Arena *arena, const Column *column, uint32_t row, Value *ret)
{
    switch (column->field->type) {
    case FIELD_NUM:
    case FIELD_BOOL:
        ret->num = column_num(column, row);
        break;
    case FIELD_DATE:
        ret->date = (DateSpan){(int32_t)column_num(column, row), (int32_t)column_last(column, row)};
        break;
    case FIELD_TEXT:
    case FIELD_CODE:
    case FIELD_REF:
        ret->text = column_entry(column, (uint32_t)column_stored(column, row));
        break;
    case FIELD_CODES:
    case FIELD_REFS:
        list_value(arena, column, row, ret);
        break;
    }
}

void table_value(Arena *arena, const Table *table, uint32_t row, uint32_t field, Value *ret)
{
    const Column *column = &table->columns[field];
    *ret = (Value){.state = VALUE_UNKNOWN};
    if (!column->values)
        return;
    if (bits_get(column->known, row)) {
        ret->state = VALUE_KNOWN;
        known_value(arena, column, row, ret);
    } else if (column->not_applicable && bits_get(column->not_applicable, row)) {
        ret->state = VALUE_NOT_APPLICABLE;
    } else if (column->withheld && bits_get(column->withheld, row)) {
        ret->state = VALUE_WITHHELD;
    }
}

/* ---- the model's lists as dictionaries ---- */

typedef struct CodeDict {
    const CodeList *list;
    uint32_t *ends;
    char *bytes;
} CodeDict;

static CodeDict *code_dicts;
static uint32_t code_dict_count;
static pthread_once_t code_dicts_once = PTHREAD_ONCE_INIT;

static void make_code_dicts(void)
{
    const CodeList *const *lists = code_lists(&code_dict_count);
    code_dicts = heap_zalloc(code_dict_count * sizeof *code_dicts);
    for (uint32_t l = 0; l < code_dict_count; l++) {
        Buf bytes;
        buf_init(&bytes, UINT32_MAX);
        code_dicts[l].list = lists[l];
        code_dicts[l].ends = heap_alloc(lists[l]->count * sizeof(uint32_t));
        for (uint32_t c = 0; c < lists[l]->count; c++) {
            buf_c(&bytes, lists[l]->codes[c].code);
            code_dicts[l].ends[c] = (uint32_t)bytes.len;
        }
        code_dicts[l].bytes = bytes.ptr;
    }
}

void code_dictionary(const CodeList *list, uint32_t *ret_count, const uint32_t **ret_ends,
                     const char **ret_bytes)
{
    pthread_once(&code_dicts_once, make_code_dicts);
    for (uint32_t l = 0; l < code_dict_count; l++) {
        if (code_dicts[l].list != list)
            continue;
        *ret_count = list->count;
        *ret_ends = code_dicts[l].ends;
        *ret_bytes = code_dicts[l].bytes;
    }
}
