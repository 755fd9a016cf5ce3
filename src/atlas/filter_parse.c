/* Recursive descent over CQL2 text. Every bracket and every NOT goes one deeper, up to FILTER_DEPTH_MAX; a
 * chain of ANDs or ORs is one node with many parts, so that its length costs no depth. */
#include "atlas/filter_parser.h"
#include <string.h>

static Err parse_or(Parser *parser, const Filter **ret);

static Err deeper(Parser *parser)
{
    if (++parser->depth > FILTER_DEPTH_MAX)
        return fail(ERR_FILTER_DEPTH, "limit", num_c(FILTER_DEPTH_MAX), NULL);
    return OK;
}

/* ---- predicates ---- */

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

static const Field *field_of(const Parser *parser, Operand left)
{
    return &kind_info(parser->compiler.kind)->fields[left.field];
}

static Err parse_comparison(Parser *parser, Operand left, FilterOp op, const Filter **ret)
{
    Raw right;
    bool folded;
    TRY(parser_literal(parser, field_of(parser, left), &right, &folded));
    left.folded |= folded;
    return build_compare(&parser->compiler, left, op, &right, ret);
}

static Err parse_between(Parser *parser, Operand left, bool negated, const Filter **ret)
{
    Raw least, greatest;
    bool folded, also;
    TRY(parser_literal(parser, field_of(parser, left), &least, &folded));
    TRY(parser_expect(parser, "AND"));
    TRY(parser_literal(parser, field_of(parser, left), &greatest, &also));
    left.folded |= folded || also;
    return build_between(&parser->compiler, left, &least, &greatest, negated, ret);
}

static Err parse_in(Parser *parser, Operand left, bool negated, const Filter **ret)
{
    uint32_t count = 0, room = 8;
    Raw *raws = arena_array(parser->compiler.arena, Raw, room);
    TRY(parser_expect(parser, "("));
    do {
        bool folded;
        if (count == FILTER_IN_MAX)
            return fail(ERR_LIMIT, "what", "IN", "limit", num_c(FILTER_IN_MAX), NULL);
        if (count == room) {
            Raw *more = arena_array(parser->compiler.arena, Raw, room * 2);
            memcpy(more, raws, room * sizeof *raws);
            raws = more;
            room *= 2;
        }
        TRY(parser_literal(parser, field_of(parser, left), &raws[count++], &folded));
        left.folded |= folded;
    } while (parser_accept(parser, ","));
    TRY(parser_accept(parser, ")") ? OK : parser_wrong(parser, ", or )"));
    return build_in(&parser->compiler, left, raws, count, negated, ret);
}

static Err parse_like(Parser *parser, Operand left, bool negated, const Filter **ret)
{
    static const Field any_text = {.type = FIELD_TEXT};
    Raw pattern;
    bool folded;
    TRY(parser_literal(parser, &any_text, &pattern, &folded));
    left.folded |= folded;
    return build_like(&parser->compiler, left, &pattern, negated, ret);
}

static Err parse_predicate(Parser *parser, Operand left, const Filter **ret)
{
    FilterOp op;
    if (!left.folded && parser_accept(parser, "IS")) {
        bool negated = parser_accept(parser, "NOT");
        if (!parser_accept(parser, "NULL"))
            return parser_wrong(parser, negated ? "NULL" : "NULL or NOT NULL");
        return build_null(&parser->compiler, left.field, negated, ret);
    }
    if (parse_op(parser, &op))
        return parse_comparison(parser, left, op, ret);
    bool negated = parser_accept(parser, "NOT");
    if (parser_accept(parser, "BETWEEN"))
        return parse_between(parser, left, negated, ret);
    if (parser_accept(parser, "IN"))
        return parse_in(parser, left, negated, ret);
    if (parser_accept(parser, "LIKE"))
        return parse_like(parser, left, negated, ret);
    return parser_wrong(parser, negated ? "IN, BETWEEN or LIKE" : "= <> < <= > >= IN BETWEEN LIKE or IS");
}

/* ---- the grammar ---- */

static bool at_field(const Parser *parser)
{
    static const char *const reserved[] = {"AND", "OR", "IN", "BETWEEN", "IS", "NULL", "LIKE"};
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (token_is(&parser->token, reserved[i]))
            return false;
    return parser->token.type == TOKEN_NAME || parser->token.type == TOKEN_QUOTED;
}

/* CASEI(field) …: folding covers case and accents, whichever is asked for. */
static Err parse_folded(Parser *parser, const Filter **ret)
{
    Operand left = {.folded = true};
    uint32_t calls = 0;
    while (parser_at_call(parser) && (parser_accept(parser, "CASEI") || parser_accept(parser, "ACCENTI"))) {
        TRY(parser_expect(parser, "("));
        if (++calls > FILTER_DEPTH_MAX)
            return fail(ERR_FILTER_DEPTH, "limit", num_c(FILTER_DEPTH_MAX), NULL);
    }
    if (!at_field(parser))
        return parser_wrong(parser, "a field");
    TRY(build_field(&parser->compiler, parser->token.value, &left.field));
    TRY(build_folded(&parser->compiler, left.field));
    parser_advance(parser);
    for (; calls > 0; calls--)
        TRY(parser_expect(parser, ")"));
    return parse_predicate(parser, left, ret);
}

static Err parse_call(Parser *parser, const Filter **ret)
{
    if (token_is(&parser->token, "CASEI") || token_is(&parser->token, "ACCENTI"))
        return parse_folded(parser, ret);
    for (int op = 0; op < PLACE_OPS; op++)
        if (parser_accept(parser, place_op_names[op]))
            return parser_place(parser, (PlaceOp)op, ret);
    for (int op = 0; op < TIME_OPS; op++)
        if (parser_accept(parser, time_op_names[op]))
            return parser_time(parser, (TimeOp)op, ret);
    return parser_wrong(parser, FUNCTIONS_WANTED);
}

static Err parse_primary(Parser *parser, const Filter **ret)
{
    if (parser_accept(parser, "(")) {
        TRY(deeper(parser));
        TRY(parse_or(parser, ret));
        parser->depth--;
        return parser_accept(parser, ")") ? OK : parser_wrong(parser, "AND, OR or )");
    }
    if (parser_accept(parser, "NOT")) {
        const Filter **part = arena_array(parser->compiler.arena, const Filter *, 1);
        TRY(deeper(parser));
        TRY(parse_primary(parser, part));
        parser->depth--;
        return build_join(&parser->compiler, SHAPE_NOT, part, 1, ret);
    }
    bool yes = token_is(&parser->token, "TRUE");
    if (yes || token_is(&parser->token, "FALSE")) {
        parser_advance(parser);
        return build_truth(&parser->compiler, yes, ret);
    }
    if (!at_field(parser))
        return parser_wrong(parser, "a field, NOT, S_INTERSECTS or (");
    if (parser_at_call(parser))
        return parse_call(parser, ret);
    Operand left = {0};
    TRY(build_field(&parser->compiler, parser->token.value, &left.field));
    parser_advance(parser);
    return parse_predicate(parser, left, ret);
}

/* One or more parts with `word` between them; a lone part stays what it is. */
static Err parse_chain(Parser *parser, const char *word, FilterShape shape,
                       Err (*parse_part)(Parser *, const Filter **), const Filter **ret)
{
    Arena *arena = parser->compiler.arena;
    uint32_t count = 1, room = 4;
    const Filter *first;
    TRY(parse_part(parser, &first));
    if (!token_is(&parser->token, word)) {
        *ret = first;
        return OK;
    }
    const Filter **parts = arena_array(arena, const Filter *, room);
    parts[0] = first;
    while (parser_accept(parser, word)) {
        if (count == room) {
            const Filter **more = arena_array(arena, const Filter *, room * 2);
            memcpy(more, parts, room * sizeof *parts);
            parts = more;
            room *= 2;
        }
        TRY(parse_part(parser, &parts[count++]));
    }
    return build_join(&parser->compiler, shape, parts, count, ret);
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
    Parser parser = {.compiler = {.arena = arena, .kind = kind, .audience = audience}, .text = text};
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
