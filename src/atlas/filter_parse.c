/* Recursive descent over CQL2 text. Every bracket and every NOT goes one deeper, up to FILTER_DEPTH_MAX; a
 * chain of ANDs or ORs is one node with many parts, so that its length costs no depth. */
#include "atlas/filter_node.h"
#include "atlas/filter_token.h"
#include <math.h>
#include <string.h>

typedef struct Parser {
    Arena *arena;
    Kind kind;
    Audience audience;
    Str text;
    size_t at;   /* behind `token` */
    Token token; /* the one that is looked at */
    uint32_t depth, nodes;
} Parser;

static Err parse_or(Parser *parser, const Filter **ret);

/* The first bytes of what stands there, cut at a character's edge. */
static const char *near_of(const Token *token)
{
    enum { SHOWN = 30 };
    Str raw = token->raw;
    if (raw.len > SHOWN) {
        raw.len = SHOWN;
        while (raw.len > 0 && ((unsigned char)raw.ptr[raw.len] & 0xC0) == 0x80)
            raw.len--;
    }
    return token->type == TOKEN_END ? "" : str_c(raw);
}

static Err wrong_syntax(const Parser *parser, const char *want)
{
    if (parser->token.type == TOKEN_WRONG)
        want = parser->token.want;
    return fail(ERR_FILTER_SYNTAX, "at", num_c((int64_t)parser->token.at), "near", near_of(&parser->token),
                "want", want, "example", kind_info(parser->kind)->filter_example, NULL);
}

static Err wrong_type(const Field *field, const char *want, const Token *token)
{
    return fail(ERR_FILTER_TYPE, "kind", field_kind_name(field), "field", field->name, "want", want, "value",
                near_of(token), NULL);
}

static void advance(Parser *parser)
{
    parser->token = token_next(parser->arena, parser->text, &parser->at);
}

static bool accept(Parser *parser, const char *word)
{
    if (!token_is(&parser->token, word))
        return false;
    advance(parser);
    return true;
}

static Err expect(Parser *parser, const char *word)
{
    return accept(parser, word) ? OK : wrong_syntax(parser, word);
}

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

/* ---- literals ---- */

/* One literal: a text, or the values it stands for. A number between two values has `between`, and floor in
 * least. */
typedef struct Literal {
    Span span;
    bool between;
    Str text;
    Token token;
} Literal;

static Err literal_num(Parser *parser, const Field *field, Literal *ret)
{
    char want[80];
    Decimal decimal;
    if (parser->token.type == TOKEN_NUMBER && decimal_read(parser->token.raw, field->decimals, &decimal)) {
        ret->span = (Span){decimal.floor, decimal.floor};
        ret->between = decimal.between;
        return OK;
    }
    if (parser->token.type != TOKEN_NUMBER && parser->token.type != TOKEN_TEXT)
        return wrong_syntax(parser, "a number");
    Buf buf;
    buf_init(&buf, sizeof want - 1);
    buf_c(&buf, "a number");
    if (field->unit)
        buf_fmt(&buf, " in %s, without its unit", field->unit);
    Err err = wrong_type(field, str_c(buf_view(&buf)), &parser->token);
    buf_done(&buf);
    return err;
}

static Err literal_date(Parser *parser, const Field *field, Literal *ret)
{
    bool call = accept(parser, "DATE");
    if (call)
        TRY(expect(parser, "("));
    if (parser->token.type != TOKEN_TEXT && parser->token.type != TOKEN_NUMBER)
        return wrong_syntax(parser, "a date in quotes");
    DateSpan date;
    if (parser->token.type != TOKEN_TEXT || !date_parse(parser->token.value, &date))
        return wrong_type(field, "a date such as '2023-06-30', '2023-06' or '2023'", &parser->token);
    ret->span = (Span){date.first, date.last};
    ret->token = parser->token;
    advance(parser);
    return call ? expect(parser, ")") : OK;
}

static Err literal_bool(Parser *parser, const Field *field, Literal *ret)
{
    bool yes = token_is(&parser->token, "TRUE");
    if (!yes && !token_is(&parser->token, "FALSE"))
        return parser->token.type == TOKEN_END || parser->token.type == TOKEN_SIGN
                   ? wrong_syntax(parser, "TRUE or FALSE")
                   : wrong_type(field, "TRUE or FALSE", &parser->token);
    ret->span = (Span){yes, yes};
    return OK;
}

static Err literal_text(Parser *parser, const Field *field, Literal *ret)
{
    if (parser->token.type == TOKEN_NUMBER)
        return wrong_type(field, "a text in single quotes", &parser->token);
    if (parser->token.type != TOKEN_TEXT)
        return wrong_syntax(parser, "a text in single quotes");
    TRY(filter_check_code(field, parser->token.value));
    ret->text = str_copy(parser->arena, parser->token.value);
    return OK;
}

static Err parse_literal(Parser *parser, const Field *field, Literal *ret)
{
    *ret = (Literal){.token = parser->token};
    switch (field->type) {
    case FIELD_DATE:
        return literal_date(parser, field, ret);
    case FIELD_NUM:
        TRY(literal_num(parser, field, ret));
        break;
    case FIELD_BOOL:
        TRY(literal_bool(parser, field, ret));
        break;
    case FIELD_TEXT:
    case FIELD_CODE:
    case FIELD_CODES:
    case FIELD_REF:
    case FIELD_REFS:
        TRY(literal_text(parser, field, ret));
        break;
    }
    advance(parser);
    return OK;
}

/* ---- predicates ---- */

static bool by_text(const Field *field)
{
    return field->type != FIELD_NUM && field->type != FIELD_DATE && field->type != FIELD_BOOL;
}

static Span below(Literal literal, bool included)
{
    if (included || literal.between)
        return (Span){INT64_MIN, included ? literal.span.greatest : literal.span.least};
    if (literal.span.least == INT64_MIN)
        return (Span){0, -1};
    return (Span){INT64_MIN, literal.span.least - 1};
}

static Span above(Literal literal, bool included)
{
    if (included && !literal.between)
        return (Span){literal.span.least, INT64_MAX};
    if (literal.span.greatest == INT64_MAX)
        return (Span){0, -1};
    return (Span){literal.span.greatest + 1, INT64_MAX};
}

static Span span_of(Literal literal, FilterOp op)
{
    switch (op) {
    case OP_LT:
        return below(literal, false);
    case OP_LE:
        return below(literal, true);
    case OP_GT:
        return above(literal, false);
    case OP_GE:
        return above(literal, true);
    case OP_EQ:
    case OP_NE:
        break;
    }
    return literal.between ? (Span){0, -1} : literal.span;
}

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
        if (accept(parser, signs[op])) {
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
    TRY(parse_literal(parser, field, &literal));
    if (!by_text(field)) {
        Span *span = arena_array(parser->arena, Span, 1);
        *span = span_of(literal, op);
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
    TRY(parse_literal(parser, field, &least));
    TRY(expect(parser, "AND"));
    TRY(parse_literal(parser, field, &greatest));
    bool texts = by_text(field);
    if (texts ? str_cmp(least.text, greatest.text) > 0 : least.span.least > greatest.span.greatest)
        return fail(ERR_RANGE, "kind", field_kind_name(field), "field", field->name, "min",
                    near_of(&least.token), "max", near_of(&greatest.token), NULL);
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
    *span = (Span){span_of(least, OP_GE).least, span_of(greatest, OP_LE).greatest};
    return spans_node(parser, index, span, 1, negated, ret);
}

static Err parse_in(Parser *parser, uint32_t index, bool negated, const Filter **ret)
{
    const Field *field = &kind_info(parser->kind)->fields[index];
    uint32_t count = 0, room = 8;
    Literal *literals = arena_array(parser->arena, Literal, room);
    TRY(expect(parser, "("));
    do {
        if (count == FILTER_IN_MAX)
            return fail(ERR_LIMIT, "what", "IN", "limit", num_c(FILTER_IN_MAX), NULL);
        if (count == room) {
            Literal *more = arena_array(parser->arena, Literal, room * 2);
            memcpy(more, literals, room * sizeof *literals);
            literals = more;
            room *= 2;
        }
        TRY(parse_literal(parser, field, &literals[count++]));
    } while (accept(parser, ","));
    TRY(accept(parser, ")") ? OK : wrong_syntax(parser, ", or )"));
    if (by_text(field)) {
        Str *texts = arena_array(parser->arena, Str, count);
        for (uint32_t i = 0; i < count; i++)
            texts[i] = literals[i].text;
        return texts_node(parser, index, texts, count, negated, ret);
    }
    Span *spans = arena_array(parser->arena, Span, count);
    for (uint32_t i = 0; i < count; i++)
        spans[i] = span_of(literals[i], OP_EQ);
    return spans_node(parser, index, spans, count, negated, ret);
}

static Err parse_field(Parser *parser, uint32_t *ret)
{
    Str name = parser->token.value;
    TRY(field_visible(parser->kind, parser->audience, name, ret));
    const Field *field = &kind_info(parser->kind)->fields[*ret];
    if (!field->filterable)
        return fail(ERR_FIELD_NOT_FILTERABLE, "kind", field_kind_name(field), "field", field->name, NULL);
    advance(parser);
    return OK;
}

static Err parse_predicate(Parser *parser, const Filter **ret)
{
    uint32_t field;
    FilterOp op;
    TRY(parse_field(parser, &field));
    if (accept(parser, "IS")) {
        bool negated = accept(parser, "NOT");
        if (!accept(parser, "NULL"))
            return wrong_syntax(parser, negated ? "NULL" : "NULL or NOT NULL");
        Filter *node = NULL;
        TRY(new_node(parser, SHAPE_NULL, field, &node));
        node->negated = negated;
        *ret = node;
        return OK;
    }
    if (parse_op(parser, &op))
        return parse_comparison(parser, field, op, ret);
    bool negated = accept(parser, "NOT");
    if (accept(parser, "BETWEEN"))
        return parse_between(parser, field, negated, ret);
    if (accept(parser, "IN"))
        return parse_in(parser, field, negated, ret);
    return wrong_syntax(parser, negated ? "IN or BETWEEN" : "= <> < <= > >= IN BETWEEN or IS");
}

static Err parse_degrees(Parser *parser, double limit, int32_t *ret)
{
    double degrees;
    if (parser->token.type != TOKEN_NUMBER || !str_double(parser->token.raw, &degrees))
        return wrong_syntax(parser, "a number of degrees");
    if (fabs(degrees) > limit)
        return wrong_syntax(parser, limit > 90 ? "degrees from -180 to 180" : "degrees from -90 to 90");
    *ret = (int32_t)llround(degrees * DEGREE);
    advance(parser);
    return OK;
}

static Err parse_box(Parser *parser, const Filter **ret)
{
    Box box;
    TRY(expect(parser, "("));
    const KindInfo *info = kind_info(parser->kind);
    if (info->geometry == GEOMETRY_NONE)
        return fail(ERR_FIELD_UNKNOWN, "field", "geometry", "kind", info->name, "hint", "", NULL);
    if (!str_is(parser->token.value, "geometry") ||
        !(parser->token.type == TOKEN_NAME || parser->token.type == TOKEN_QUOTED))
        return wrong_syntax(parser, "geometry");
    advance(parser);
    TRY(expect(parser, ","));
    TRY(expect(parser, "BBOX"));
    TRY(expect(parser, "("));
    Token first = parser->token;
    TRY(parse_degrees(parser, 180, &box.west));
    TRY(expect(parser, ","));
    TRY(parse_degrees(parser, 90, &box.south));
    TRY(expect(parser, ","));
    TRY(parse_degrees(parser, 180, &box.east));
    TRY(expect(parser, ","));
    TRY(parse_degrees(parser, 90, &box.north));
    if (!box_valid(box)) {
        parser->token = first;
        return wrong_syntax(parser, "west, south, east, north with west <= east and south <= north");
    }
    TRY(expect(parser, ")"));
    TRY(expect(parser, ")"));
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
    if (accept(parser, "(")) {
        TRY(deeper(parser));
        TRY(parse_or(parser, ret));
        parser->depth--;
        return accept(parser, ")") ? OK : wrong_syntax(parser, "AND, OR or )");
    }
    if (accept(parser, "NOT")) {
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
        advance(parser);
        TRY(new_node(parser, yes ? SHAPE_TRUE : SHAPE_FALSE, 0, &node));
        *ret = node;
        return OK;
    }
    if (accept(parser, "S_INTERSECTS"))
        return parse_box(parser, ret);
    bool name = parser->token.type == TOKEN_NAME || parser->token.type == TOKEN_QUOTED;
    if (!name || is_reserved(&parser->token))
        return wrong_syntax(parser, "a field, NOT, S_INTERSECTS or (");
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
    while (accept(parser, word)) {
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
    advance(&parser);
    if (parser.token.type == TOKEN_END) {
        *ret = filter_node(arena, SHAPE_TRUE, 0);
        return OK;
    }
    const Filter *filter;
    TRY(parse_or(&parser, &filter));
    if (parser.token.type != TOKEN_END)
        return wrong_syntax(&parser, "AND, OR or the end");
    *ret = filter;
    return OK;
}
