#include "atlas/filter_node.h"
#include <stdlib.h>

Filter *filter_node(Arena *arena, FilterShape shape, uint32_t field)
{
    Filter *node = arena_new_of(arena, Filter);
    node->shape = shape;
    node->field = field;
    return node;
}

static int span_order(const void *a, const void *b)
{
    const Span *x = a, *y = b;
    return (x->least > y->least) - (x->least < y->least);
}

uint32_t spans_join(Span *spans, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++)
        if (spans[i].least <= spans[i].greatest)
            spans[kept++] = spans[i];
    if (kept == 0)
        return 0;
    qsort(spans, kept, sizeof *spans, span_order);
    uint32_t last = 0;
    for (uint32_t i = 1; i < kept; i++) {
        bool joins = spans[last].greatest == INT64_MAX || spans[i].least <= spans[last].greatest + 1;
        if (!joins)
            spans[++last] = spans[i];
        else if (spans[i].greatest > spans[last].greatest)
            spans[last].greatest = spans[i].greatest;
    }
    return last + 1;
}

Err filter_check_code(const Field *field, Str text)
{
    if (!field->codes || code_index(field->codes, text) >= 0)
        return OK;
    Buf want;
    buf_init(&want, FAULT_TEXT_MAX - 1);
    for (uint32_t i = 0; i < field->codes->count; i++) {
        buf_c(&want, i ? ", '" : "one of '");
        buf_c(&want, field->codes->codes[i].code);
        buf_byte(&want, '\'');
    }
    Err err = fail(ERR_FILTER_TYPE, "kind", field_kind_name(field), "field", field->name, "want",
                   str_c(buf_view(&want)), "value", str_c(text), NULL);
    buf_done(&want);
    return err;
}

Err filter_check_order(const Field *field)
{
    switch (field->type) {
    case FIELD_NUM:
    case FIELD_DATE:
    case FIELD_TEXT:
    case FIELD_BOOL:
        return OK;
    case FIELD_CODE:
    case FIELD_CODES:
    case FIELD_REF:
    case FIELD_REFS:
        break;
    }
    return fail(ERR_FILTER_TYPE, "kind", field_kind_name(field), "field", field->name, "want",
                "= <> IN: its values have no order", "value", "", NULL);
}

static Str *texts_copy(Arena *arena, const Str *texts, uint32_t count)
{
    Str *copy = arena_array(arena, Str, count);
    for (uint32_t i = 0; i < count; i++)
        copy[i] = str_copy(arena, texts[i]);
    return copy;
}

static Err between_texts(Arena *arena, const Field *field, uint32_t index, const Value *least,
                         const Value *greatest, const Filter **ret)
{
    if (least && greatest && str_cmp(least->text, greatest->text) > 0)
        return value_fail_range(field, least, greatest);
    Filter *node = filter_node(arena, SHAPE_TEXT_RANGE, index);
    node->least_text = least ? texts_copy(arena, &least->text, 1) : NULL;
    node->greatest_text = greatest ? texts_copy(arena, &greatest->text, 1) : NULL;
    *ret = node;
    return OK;
}

Err filter_between(Arena *arena, Kind kind, uint32_t index, const Value *least, const Value *greatest,
                   const Filter **ret)
{
    const Field *field = &kind_info(kind)->fields[index];
    TRY(filter_check_order(field));
    if (field->type == FIELD_TEXT)
        return between_texts(arena, field, index, least, greatest, ret);
    bool date = field->type == FIELD_DATE;
    Span *span = arena_array(arena, Span, 1);
    span->least = !least ? INT64_MIN : date ? least->date.first : least->num;
    span->greatest = !greatest ? INT64_MAX : date ? greatest->date.last : greatest->num;
    if (span->least > span->greatest)
        return value_fail_range(field, least, greatest);
    Filter *node = filter_node(arena, SHAPE_SPANS, index);
    node->spans = span;
    node->count = 1;
    *ret = node;
    return OK;
}

Err filter_in(Arena *arena, Kind kind, uint32_t index, const Str *codes, uint32_t count, const Filter **ret)
{
    const Field *field = &kind_info(kind)->fields[index];
    if (count > FILTER_IN_MAX)
        return fail(ERR_LIMIT, "what", "IN", "limit", num_c(FILTER_IN_MAX), NULL);
    if (field->type == FIELD_NUM || field->type == FIELD_DATE || field->type == FIELD_BOOL)
        return fail(ERR_FILTER_TYPE, "kind", field_kind_name(field), "field", field->name, "want", "a range",
                    "value", "", NULL);
    for (uint32_t i = 0; i < count; i++)
        TRY(filter_check_code(field, codes[i]));
    Filter *node = filter_node(arena, SHAPE_TEXTS, index);
    node->texts = texts_copy(arena, codes, count);
    node->count = count;
    *ret = node;
    return OK;
}

const Filter *filter_offer(Arena *arena, uint32_t field)
{
    return filter_node(arena, SHAPE_OFFER, field);
}

const Filter *filter_box(Arena *arena, Box box)
{
    Filter *node = filter_node(arena, SHAPE_BOX, 0);
    node->box = box;
    return node;
}

const Filter *filter_place(Arena *arena, Relation relation, const Geometry *place)
{
    Filter *node = filter_node(arena, SHAPE_PLACE, 0);
    node->relation = relation;
    node->place = place;
    return node;
}

const Filter *filter_and(Arena *arena, const Filter *a, const Filter *b)
{
    if (!a || !b)
        return a ? a : b ? b : filter_node(arena, SHAPE_TRUE, 0);
    const Filter **parts = arena_array(arena, const Filter *, 2);
    parts[0] = a;
    parts[1] = b;
    Filter *node = filter_node(arena, SHAPE_AND, 0);
    node->parts = parts;
    node->count = 2;
    return node;
}
