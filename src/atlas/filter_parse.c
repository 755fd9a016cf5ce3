/* Recursive descent over CQL2 text. Every bracket and every NOT goes one deeper, up to FILTER_DEPTH_MAX; a
 * chain of ANDs or ORs is one node with many parts, so that its length costs no depth. */
#include "atlas/filter_parser.h"
#include <math.h>
#include <string.h>

static Err parse_or(Parser *parser, const Filter **ret);

static Err new_node(Parser *parser, FilterShape shape, uint32_t field, Filter **ret)
{
    if (++parser->nodes > FILTER_NODES_MAX)
        return fail(ERR_LIMIT, "what", "filter", "limit", num_c(FILTER_NODES_MAX), NULL);
    *ret = filter_node(parser->arena, shape, field);
    return OK;
}

static Err deeper(Parser *parser)
{
    if (++parser->depth > FILTER_DEPTH_MAX)
        return fail(ERR_FILTER_DEPTH, "limit", num_c(FILTER_DEPTH_MAX), NULL);
    return OK;
}

/* ---- predicates ---- */

static Err spans_node(Parser *parser, uint32_t field, Span *spans, uint32_t count, bool negated,
                      const Filter **ret)
{
    Filter *node = NULL;
    TRY(new_node(parser, SHAPE_SPANS, field, &node));
    node->count = spans_join(spans, count);
    node->spans = spans;
    node->negated = negated;
    *ret = node;
    return OK;
}

static Err texts_node(Parser *parser, uint32_t field, const Str *texts, uint32_t count, bool negated,
                      const Filter **ret)
{
    Filter *node = NULL;
    TRY(new_node(parser, SHAPE_TEXTS, field, &node));
    node->count = count;
    node->texts = texts;
    node->negated = negated;
    *ret = node;
    return OK;
}

static bool parse_op(Parser *parser, FilterOp *ret)
{
    static const char *const signs[] = {"=", "<>", "<", "<=", ">", ">="};
    for (int op = OP_EQ; op <= OP_GE; op++) {
        if (parser_accept(parser, signs[op])) {
            *ret = (FilterOp)op;
            return true;
        }
    }
    return false;
}

static Err parse_comparison(Parser *parser, uint32_t index, FilterOp op, const Filter **ret)
{
    const Field *field = &kind_info(parser->kind)->fields[index];
    if (op != OP_EQ && op != OP_NE) {
        TRY(filter_check_order(field));
        if (field->type == FIELD_BOOL)
            return fail(ERR_FILTER_TYPE, "kind", field_kind_name(field), "field", field->name, "want", "= <>",
                        "value", "", NULL);
    }
    Literal literal;
    TRY(literal_parse(parser, field, &literal));
    if (!literal_is_text(field)) {
        Span *span = arena_array(parser->arena, Span, 1);
        *span = literal_span(literal, op);
        return spans_node(parser, index, span, 1, op == OP_NE, ret);
    }
    Str *text = arena_copy(parser->arena, &literal.text, sizeof literal.text);
    if (op == OP_EQ || op == OP_NE)
        return texts_node(parser, index, text, 1, op == OP_NE, ret);
    Filter *node = NULL;
    TRY(new_node(parser, SHAPE_TEXT_RANGE, index, &node));
    node->least_text = op == OP_GT || op == OP_GE ? text : NULL;
    node->greatest_text = op == OP_LT || op == OP_LE ? text : NULL;
    node->least_left_out = op == OP_GT;
    node->greatest_left_out = op == OP_LT;
    *ret = node;
    return OK;
}

static Err parse_between(Parser *parser, uint32_t index, bool negated, const Filter **ret)
{
    const Field *field = &kind_info(parser->kind)->fields[index];
    Literal least, greatest;
    TRY(filter_check_order(field));
    TRY(literal_parse(parser, field, &least));
    TRY(parser_expect(parser, "AND"));
    TRY(literal_parse(parser, field, &greatest));
    bool texts = literal_is_text(field);
    if (texts ? str_cmp(least.text, greatest.text) > 0 : least.span.least > greatest.span.greatest)
        return fail(ERR_RANGE, "kind", field_kind_name(field), "field", field->name, "min",
                    token_near(&least.token), "max", token_near(&greatest.token), NULL);
    if (texts) {
        Filter *node = NULL;
        TRY(new_node(parser, SHAPE_TEXT_RANGE, index, &node));
        node->least_text = arena_copy(parser->arena, &least.text, sizeof least.text);
        node->greatest_text = arena_copy(parser->arena, &greatest.text, sizeof greatest.text);
        node->negated = negated;
        *ret = node;
        return OK;
    }
    Span *span = arena_array(parser->arena, Span, 1);
    *span = (Span){literal_span(least, OP_GE).least, literal_span(greatest, OP_LE).greatest};
    return spans_node(parser, index, span, 1, negated, ret);
}

static Err parse_in(Parser *parser, uint32_t index, bool negated, const Filter **ret)
{
    const Field *field = &kind_info(parser->kind)->fields[index];
    uint32_t count = 0, room = 8;
    Literal *literals = arena_array(parser->arena, Literal, room);
    TRY(parser_expect(parser, "("));
    do {
        if (count == FILTER_IN_MAX)
            return fail(ERR_LIMIT, "what", "IN", "limit", num_c(FILTER_IN_MAX), NULL);
        if (count == room) {
            Literal *more = arena_array(parser->arena, Literal, room * 2);
            memcpy(more, literals, room * sizeof *literals);
            literals = more;
            room *= 2;
        }
        TRY(literal_parse(parser, field, &literals[count++]));
    } while (parser_accept(parser, ","));
    TRY(parser_accept(parser, ")") ? OK : parser_wrong(parser, ", or )"));
    if (literal_is_text(field)) {
        Str *texts = arena_array(parser->arena, Str, count);
        for (uint32_t i = 0; i < count; i++)
            texts[i] = literals[i].text;
        return texts_node(parser, index, texts, count, negated, ret);
    }
    Span *spans = arena_array(parser->arena, Span, count);
    for (uint32_t i = 0; i < count; i++)
        spans[i] = literal_span(literals[i], OP_EQ);
    return spans_node(parser, index, spans, count, negated, ret);
}

static Err parse_field(Parser *parser, uint32_t *ret)
{
    Str name = parser->token.value;
    TRY(field_visible(parser->kind, parser->audience, name, ret));
    const Field *field = &kind_info(parser->kind)->fields[*ret];
    if (!field->filterable)
        return fail(ERR_FIELD_NOT_FILTERABLE, "kind", field_kind_name(field), "field", field->name, NULL);
    parser_advance(parser);
    return OK;
}

static Err parse_predicate(Parser *parser, const Filter **ret)
{
    uint32_t field;
    FilterOp op;
    TRY(parse_field(parser, &field));
    if (parser_accept(parser, "IS")) {
        bool negated = parser_accept(parser, "NOT");
        if (!parser_accept(parser, "NULL"))
            return parser_wrong(parser, negated ? "NULL" : "NULL or NOT NULL");
        Filter *node = NULL;
        TRY(new_node(parser, SHAPE_NULL, field, &node));
        node->negated = negated;
        *ret = node;
        return OK;
    }
    if (parse_op(parser, &op))
        return parse_comparison(parser, field, op, ret);
    bool negated = parser_accept(parser, "NOT");
    if (parser_accept(parser, "BETWEEN"))
        return parse_between(parser, field, negated, ret);
    if (parser_accept(parser, "IN"))
        return parse_in(parser, field, negated, ret);
    return parser_wrong(parser, negated ? "IN or BETWEEN" : "= <> < <= > >= IN BETWEEN or IS");
}

static Err parse_degrees(Parser *parser, double limit, int32_t *ret)
{
    double degrees;
    if (parser->token.type != TOKEN_NUMBER || !str_double(parser->token.raw, &degrees))
        return parser_wrong(parser, "a number of degrees");
    if (fabs(degrees) > limit)
        return parser_wrong(parser, limit > 90 ? "degrees from -180 to 180" : "degrees from -90 to 90");
    *ret = (int32_t)llround(degrees * DEGREE);
    parser_advance(parser);
    return OK;
}

static Err parse_box(Parser *parser, const Filter **ret)
{
    Box box;
    TRY(parser_expect(parser, "("));
    const KindInfo *info = kind_info(parser->kind);
    if (info->geometry == GEOMETRY_NONE)
        return fail(ERR_FIELD_UNKNOWN, "field", "geometry", "kind", info->name, "hint", "", NULL);
    if (!str_is(parser->token.value, "geometry") ||
        !(parser->token.type == TOKEN_NAME || parser->token.type == TOKEN_QUOTED))
        return parser_wrong(parser, "geometry");
    parser_advance(parser);
    TRY(parser_expect(parser, ","));
    TRY(parser_expect(parser, "BBOX"));
    TRY(parser_expect(parser, "("));
    Token first = parser->token;
    TRY(parse_degrees(parser, 180, &box.west));
    TRY(parser_expect(parser, ","));
    TRY(parse_degrees(parser, 90, &box.south));
    TRY(parser_expect(parser, ","));
    TRY(parse_degrees(parser, 180, &box.east));
    TRY(parser_expect(parser, ","));
    TRY(parse_degrees(parser, 90, &box.north));
    if (!box_valid(box)) {
        parser->token = first;
        return parser_wrong(parser, "west, south, east, north with west <= east and south <= north");
    }
    TRY(parser_expect(parser, ")"));
    TRY(parser_expect(parser, ")"));
    Filter *node = NULL;
    TRY(new_node(parser, SHAPE_BOX, 0, &node));
    node->box = box;
    *ret = node;
    return OK;
}

/* ---- the grammar ---- */

static bool is_reserved(const Token *token)
{
    static const char *const words[] = {"AND", "OR", "IN", "BETWEEN", "IS", "NULL", "LIKE"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (token_is(token, words[i]))
            return true;
    return false;
}

static Err parse_primary(Parser *parser, const Filter **ret)
{
    Filter *node = NULL;
    if (parser_accept(parser, "(")) {
        TRY(deeper(parser));
        TRY(parse_or(parser, ret));
        parser->depth--;
        return parser_accept(parser, ")") ? OK : parser_wrong(parser, "AND, OR or )");
    }
    if (parser_accept(parser, "NOT")) {
        const Filter **part = arena_array(parser->arena, const Filter *, 1);
        TRY(deeper(parser));
        TRY(parse_primary(parser, part));
        parser->depth--;
        TRY(new_node(parser, SHAPE_NOT, 0, &node));
        node->parts = part;
        node->count = 1;
        *ret = node;
        return OK;
    }
    bool yes = token_is(&parser->token, "TRUE");
    if (yes || token_is(&parser->token, "FALSE")) {
        parser_advance(parser);
        TRY(new_node(parser, yes ? SHAPE_TRUE : SHAPE_FALSE, 0, &node));
        *ret = node;
        return OK;
    }
    if (parser_accept(parser, "S_INTERSECTS"))
        return parse_box(parser, ret);
    bool name = parser->token.type == TOKEN_NAME || parser->token.type == TOKEN_QUOTED;
    if (!name || is_reserved(&parser->token))
        return parser_wrong(parser, "a field, NOT, S_INTERSECTS or (");
    return parse_predicate(parser, ret);
}

/* One or more parts with `word` between them; a lone part stays what it is. */
static Err parse_chain(Parser *parser, const char *word, FilterShape shape,
                       Err (*parse_part)(Parser *, const Filter **), const Filter **ret)
{
    uint32_t count = 1, room = 4;
    const Filter *first;
    TRY(parse_part(parser, &first));
    if (!token_is(&parser->token, word)) {
        *ret = first;
        return OK;
    }
    const Filter **parts = arena_array(parser->arena, const Filter *, room);
    parts[0] = first;
    while (parser_accept(parser, word)) {
        if (count == room) {
            const Filter **more = arena_array(parser->arena, const Filter *, room * 2);
            memcpy(more, parts, room * sizeof *parts);
            parts = more;
            room *= 2;
        }
        TRY(parse_part(parser, &parts[count++]));
    }
    Filter *node = NULL;
    TRY(new_node(parser, shape, 0, &node));
    node->parts = parts;
    node->count = count;
    *ret = node;
    return OK;
}

static Err parse_and(Parser *parser, const Filter **ret)
{
    return parse_chain(parser, "AND", SHAPE_AND, parse_primary, ret);
}

static Err parse_or(Parser *parser, const Filter **ret)
{
    return parse_chain(parser, "OR", SHAPE_OR, parse_and, ret);
}

Err filter_parse(Arena *arena, Kind kind, Audience audience, Str text, const Filter **ret)
{
    if (text.len > FILTER_BYTES_MAX)
        return fail(ERR_LIMIT, "what", "filter", "limit", num_c(FILTER_BYTES_MAX), NULL);
    if (!str_utf8_valid(text))
        return fail(ERR_FILTER_SYNTAX, "at", "0", "near", "", "want", "UTF-8", "example",
                    kind_info(kind)->filter_example, NULL);
    Parser parser = {.arena = arena, .kind = kind, .audience = audience, .text = text};
    parser_advance(&parser);
    if (parser.token.type == TOKEN_END) {
        *ret = filter_node(arena, SHAPE_TRUE, 0);
        return OK;
    }
    const Filter *filter;
    TRY(parse_or(&parser, &filter));
    if (parser.token.type != TOKEN_END)
        return parser_wrong(&parser, "AND, OR or the end");
    *ret = filter;
    return OK;
}
