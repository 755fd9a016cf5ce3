#include "atlas/filter_build.h"
#include "atlas/filter_like.h"
#include <string.h>

static const Field *field_at(const Compiler *compiler, uint32_t index)
{
    return &kind_info(compiler->kind)->fields[index];
}

static Err wrong_operator(const Field *field, const char *op, const char *want)
{
    return fail(ERR_FILTER_OPERATOR, "kind", field_kind_name(field), "field", field->name, "op", op, "want",
                want, NULL);
}

static Err new_node(Compiler *compiler, FilterShape shape, uint32_t field, Filter **ret)
{
    if (++compiler->nodes > FILTER_NODES_MAX)
        return fail(ERR_LIMIT, "what", "filter", "limit", num_c(FILTER_NODES_MAX), NULL);
    *ret = filter_node(compiler->arena, shape, field);
    return OK;
}

Err build_field(const Compiler *compiler, Str name, uint32_t *ret)
{
    uint32_t index;
    TRY(field_visible(compiler->kind, compiler->audience, name, &index));
    const Field *field = field_at(compiler, index);
    if (!field->filterable)
        return fail(ERR_FIELD_NOT_FILTERABLE, "kind", field_kind_name(field), "field", field->name, NULL);
    *ret = index;
    return OK;
}

Err build_folded(const Compiler *compiler, uint32_t index)
{
    const Field *field = field_at(compiler, index);
    return literal_is_text(field) ? OK : wrong_operator(field, "CASEI", "it as it is");
}

Err build_spans(Compiler *compiler, uint32_t field, Span *spans, uint32_t count, bool negated,
                const Filter **ret)
{
    Filter *node = NULL;
    TRY(new_node(compiler, SHAPE_SPANS, field, &node));
    node->count = spans_join(spans, count);
    node->spans = spans;
    node->negated = negated;
    *ret = node;
    return OK;
}

static Err build_texts(Compiler *compiler, Operand left, const Str *texts, uint32_t count, bool negated,
                       const Filter **ret)
{
    Filter *node = NULL;
    TRY(new_node(compiler, SHAPE_TEXTS, left.field, &node));
    node->folded = left.folded;
    node->count = count;
    node->texts = texts;
    node->negated = negated;
    *ret = node;
    return OK;
}

static Err build_range(Compiler *compiler, uint32_t field, const Str *least, const Str *greatest,
                       Filter **ret)
{
    TRY(new_node(compiler, SHAPE_TEXT_RANGE, field, ret));
    (*ret)->least_text = least ? arena_copy(compiler->arena, least, sizeof *least) : NULL;
    (*ret)->greatest_text = greatest ? arena_copy(compiler->arena, greatest, sizeof *greatest) : NULL;
    return OK;
}

Err build_compare(Compiler *compiler, Operand left, FilterOp op, const Raw *right, const Filter **ret)
{
    static const char *const signs[] = {"=", "<>", "<", "<=", ">", ">="};
    const Field *field = field_at(compiler, left.field);
    bool equality = op == OP_EQ || op == OP_NE;
    if (!equality && left.folded)
        return wrong_operator(field, signs[op], "= <> IN LIKE, or the field without CASEI");
    if (!equality && field->type == FIELD_BOOL)
        return fail(ERR_FILTER_TYPE, "kind", field_kind_name(field), "field", field->name, "want", "= <>",
                    "value", "", NULL);
    if (!equality)
        TRY(filter_check_order(field));
    Literal literal;
    TRY(literal_of(compiler, field, left.folded, right, &literal));
    if (!literal_is_text(field)) {
        Span *span = arena_array(compiler->arena, Span, 1);
        *span = literal_span(literal, op);
        return build_spans(compiler, left.field, span, 1, op == OP_NE, ret);
    }
    if (equality) {
        Str *text = arena_copy(compiler->arena, &literal.text, sizeof literal.text);
        return build_texts(compiler, left, text, 1, op == OP_NE, ret);
    }
    Filter *node = NULL;
    bool above = op == OP_GT || op == OP_GE;
    TRY(build_range(compiler, left.field, above ? &literal.text : NULL, above ? NULL : &literal.text, &node));
    node->least_left_out = op == OP_GT;
    node->greatest_left_out = op == OP_LT;
    *ret = node;
    return OK;
}

Err build_between(Compiler *compiler, Operand left, const Raw *low, const Raw *high, bool negated,
                  const Filter **ret)
{
    const Field *field = field_at(compiler, left.field);
    Literal least, greatest;
    if (left.folded)
        return wrong_operator(field, "BETWEEN", "= <> IN LIKE, or the field without CASEI");
    TRY(filter_check_order(field));
    TRY(literal_of(compiler, field, false, low, &least));
    TRY(literal_of(compiler, field, false, high, &greatest));
    bool texts = literal_is_text(field);
    if (texts ? str_cmp(least.text, greatest.text) > 0 : least.span.least > greatest.span.greatest)
        return fail(ERR_RANGE, "kind", field_kind_name(field), "field", field->name, "min",
                    raw_near(low->near), "max", raw_near(high->near), NULL);
    if (texts) {
        Filter *node = NULL;
        TRY(build_range(compiler, left.field, &least.text, &greatest.text, &node));
        node->negated = negated;
        *ret = node;
        return OK;
    }
    Span *span = arena_array(compiler->arena, Span, 1);
    *span = (Span){literal_span(least, OP_GE).least, literal_span(greatest, OP_LE).greatest};
    return build_spans(compiler, left.field, span, 1, negated, ret);
}

Err build_in(Compiler *compiler, Operand left, const Raw *raws, uint32_t count, bool negated,
             const Filter **ret)
{
    const Field *field = field_at(compiler, left.field);
    if (count > FILTER_IN_MAX)
        return fail(ERR_LIMIT, "what", "IN", "limit", num_c(FILTER_IN_MAX), NULL);
    bool texts_wanted = literal_is_text(field);
    Str *texts = arena_array(compiler->arena, Str, texts_wanted ? count : 0);
    Span *spans = arena_array(compiler->arena, Span, texts_wanted ? 0 : count);
    for (uint32_t i = 0; i < count; i++) {
        Literal literal;
        TRY(literal_of(compiler, field, left.folded, &raws[i], &literal));
        if (texts_wanted)
            texts[i] = literal.text;
        else
            spans[i] = literal_span(literal, OP_EQ);
    }
    if (texts_wanted)
        return build_texts(compiler, left, texts, count, negated, ret);
    return build_spans(compiler, left.field, spans, count, negated, ret);
}

Err build_like(Compiler *compiler, Operand left, const Raw *pattern, bool negated, const Filter **ret)
{
    const Field *field = field_at(compiler, left.field);
    if (!literal_is_text(field))
        return wrong_operator(field, "LIKE", "= <> < <= > >= IN BETWEEN");
    if (pattern->type != RAW_TEXT || !like_sound(pattern->text))
        return fail(ERR_FILTER_TYPE, "kind", field_kind_name(field), "field", field->name, "want",
                    pattern->type == RAW_TEXT ? "a pattern; a \\ stands before a character, \\\\ for itself"
                                              : "a pattern in quotes, such as '%a_'",
                    "value", raw_near(pattern->near), NULL);
    if (pattern->text.len > FILTER_PATTERN_MAX)
        return fail(ERR_LIMIT, "what", "LIKE pattern", "limit", num_c(FILTER_PATTERN_MAX), NULL);
    Filter *node = NULL;
    TRY(new_node(compiler, SHAPE_LIKE, left.field, &node));
    Str *text = arena_array(compiler->arena, Str, 1);
    *text = str_copy(compiler->arena, pattern->text);
    node->texts = text;
    node->count = 1;
    node->folded = left.folded;
    node->negated = negated;
    *ret = node;
    return OK;
}

Err build_null(Compiler *compiler, uint32_t field, bool negated, const Filter **ret)
{
    Filter *node = NULL;
    TRY(new_node(compiler, SHAPE_NULL, field, &node));
    node->negated = negated;
    *ret = node;
    return OK;
}

Err build_join(Compiler *compiler, FilterShape shape, const Filter *const *parts, uint32_t count,
               const Filter **ret)
{
    Filter *node = NULL;
    TRY(new_node(compiler, shape, 0, &node));
    node->parts = parts;
    node->count = count;
    *ret = node;
    return OK;
}

Err build_truth(Compiler *compiler, bool yes, const Filter **ret)
{
    Filter *node = NULL;
    TRY(new_node(compiler, yes ? SHAPE_TRUE : SHAPE_FALSE, 0, &node));
    *ret = node;
    return OK;
}
