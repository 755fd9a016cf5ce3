/* The words of a filter's text, and the values that its literals stand for. */
#include "atlas/filter_parser.h"

/* The first bytes of what stands there, cut at a character's edge. */
const char *token_near(const Token *token)
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

Err parser_wrong(const Parser *parser, const char *want)
{
    if (parser->token.type == TOKEN_WRONG)
        want = parser->token.want;
    return fail(ERR_FILTER_SYNTAX, "at", num_c((int64_t)parser->token.at), "near", token_near(&parser->token),
                "want", want, "example", kind_info(parser->kind)->filter_example, NULL);
}

static Err wrong_type(const Field *field, const char *want, const Token *token)
{
    return fail(ERR_FILTER_TYPE, "kind", field_kind_name(field), "field", field->name, "want", want, "value",
                token_near(token), NULL);
}

void parser_advance(Parser *parser)
{
    parser->token = token_next(parser->arena, parser->text, &parser->at);
}

bool parser_accept(Parser *parser, const char *word)
{
    if (!token_is(&parser->token, word))
        return false;
    parser_advance(parser);
    return true;
}

Err parser_expect(Parser *parser, const char *word)
{
    return parser_accept(parser, word) ? OK : parser_wrong(parser, word);
}

/* ---- literals ---- */

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
        return parser_wrong(parser, "a number");
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
    bool call = parser_accept(parser, "DATE");
    if (call)
        TRY(parser_expect(parser, "("));
    if (parser->token.type != TOKEN_TEXT && parser->token.type != TOKEN_NUMBER)
        return parser_wrong(parser, "a date in quotes");
    DateSpan date;
    if (parser->token.type != TOKEN_TEXT || !date_parse(parser->token.value, &date))
        return wrong_type(field, "a date such as '2023-06-30', '2023-06' or '2023'", &parser->token);
    ret->span = (Span){date.first, date.last};
    ret->token = parser->token;
    parser_advance(parser);
    return call ? parser_expect(parser, ")") : OK;
}

static Err literal_bool(Parser *parser, const Field *field, Literal *ret)
{
    bool yes = token_is(&parser->token, "TRUE");
    if (!yes && !token_is(&parser->token, "FALSE"))
        return parser->token.type == TOKEN_END || parser->token.type == TOKEN_SIGN
                   ? parser_wrong(parser, "TRUE or FALSE")
                   : wrong_type(field, "TRUE or FALSE", &parser->token);
    ret->span = (Span){yes, yes};
    return OK;
}

static Err literal_text(Parser *parser, const Field *field, Literal *ret)
{
    if (parser->token.type == TOKEN_NUMBER)
        return wrong_type(field, "a text in single quotes", &parser->token);
    if (parser->token.type != TOKEN_TEXT)
        return parser_wrong(parser, "a text in single quotes");
    TRY(filter_check_code(field, parser->token.value));
    ret->text = str_copy(parser->arena, parser->token.value);
    return OK;
}

Err literal_parse(Parser *parser, const Field *field, Literal *ret)
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
    parser_advance(parser);
    return OK;
}

/* ---- the values that a comparison with a literal is true of ---- */

bool literal_is_text(const Field *field)
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

Span literal_span(Literal literal, FilterOp op)
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
