/* Whether two filters exclude each other: some field of which both ask, and no value of it is right for
 * either. */
#include "atlas/filter_block.h"
#include "atlas/filter_node.h"

static bool spans_meet(const Filter *a, const Filter *b)
{
    for (uint32_t i = 0; i < a->count; i++)
        for (uint32_t j = 0; j < b->count; j++)
            if (a->spans[i].least <= b->spans[j].greatest && b->spans[j].least <= a->spans[i].greatest)
                return true;
    return false;
}

static bool texts_meet(const Filter *a, const Filter *b)
{
    for (uint32_t i = 0; i < a->count; i++)
        for (uint32_t j = 0; j < b->count; j++)
            if (str_eq(a->texts[i], b->texts[j]))
                return true;
    return false;
}

static bool any_on_offer(const Field *field, const Filter *texts)
{
    for (uint32_t i = 0; i < texts->count; i++) {
        int code = field->codes ? code_index(field->codes, texts->texts[i]) : -1;
        int offer = code < 0 ? OFFER_NONE : field->codes->codes[code].offer;
        if (offer == OFFER_OPEN || offer == OFFER_PROMISED)
            return true;
    }
    return false;
}

static bool leaves_disjoint(Kind kind, const Filter *a, const Filter *b)
{
    const Field *field = &kind_info(kind)->fields[a->field];
    bool list = field->type == FIELD_CODES || field->type == FIELD_REFS;
    if (a->field != b->field || a->negated || b->negated || a->folded || b->folded || list)
        return false;
    if (a->shape == SHAPE_SPANS && b->shape == SHAPE_SPANS)
        return !spans_meet(a, b);
    if (a->shape == SHAPE_TEXTS && b->shape == SHAPE_TEXTS)
        return !texts_meet(a, b);
    if (a->shape == SHAPE_OFFER && b->shape == SHAPE_TEXTS)
        return !any_on_offer(field, b);
    return a->shape == SHAPE_TEXTS && b->shape == SHAPE_OFFER && !any_on_offer(field, a);
}

bool filter_disjoint(Kind kind, const Filter *a, const Filter *b)
{
    if (a->shape == SHAPE_AND) {
        for (uint32_t i = 0; i < a->count; i++)
            if (filter_disjoint(kind, a->parts[i], b))
                return true;
        return false;
    }
    if (b->shape == SHAPE_AND)
        return filter_disjoint(kind, b, a);
    return leaves_disjoint(kind, a, b);
}
