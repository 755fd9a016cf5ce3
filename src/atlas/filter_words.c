/* The words of a filter's text: literals, and the arguments of functions. */
#include "atlas/filter_parser.h"
#include <math.h>

Err parser_wrong(const Parser *parser, const char *want)
{
    if (parser->token.type == TOKEN_WRONG)
        want = parser->token.want;
    const char *near = parser->token.type == TOKEN_END ? "" : raw_near(parser->token.raw);
    return fail(ERR_FILTER_SYNTAX, "at", num_c((int64_t)parser->token.at), "near", near, "want", want,
                "example", kind_info(parser->compiler.kind)->filter_example, NULL);
}

void parser_advance(Parser *parser)
{
    parser->token = token_next(parser->compiler.arena, parser->text, &parser->at);
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

bool parser_at_call(const Parser *parser)
{
    size_t at = token_start(parser->text, parser->at);
    return parser->token.type == TOKEN_NAME && at < parser->text.len && parser->text.ptr[at] == '(';
}

/* ---- literals ---- */

static void take_raw(Parser *parser, RawType type, Raw *ret)
{
    *ret = (Raw){.type = type, .text = parser->token.value, .near = parser->token.raw};
    parser_advance(parser);
}

static Err date_literal(Parser *parser, Raw *ret)
{
    if (token_is(&parser->token, "TIMESTAMP") && parser_at_call(parser))
        return parser_wrong(parser, NO_TIMES_OF_DAY);
    bool call = parser_accept(parser, "DATE");
    if (call)
        TRY(parser_expect(parser, "("));
    if (parser->token.type != TOKEN_TEXT && (call || parser->token.type != TOKEN_NUMBER))
        return parser_wrong(parser, "a date in quotes");
    take_raw(parser, parser->token.type == TOKEN_NUMBER ? RAW_NUMBER : call ? RAW_DATE : RAW_TEXT, ret);
    return call ? parser_expect(parser, ")") : OK;
}

static Err bool_literal(Parser *parser, Raw *ret)
{
    bool yes = token_is(&parser->token, "TRUE");
    if (!yes && (parser->token.type == TOKEN_END || parser->token.type == TOKEN_SIGN))
        return parser_wrong(parser, "TRUE or FALSE");
    take_raw(parser, yes || token_is(&parser->token, "FALSE") ? RAW_BOOL : RAW_OTHER, ret);
    ret->yes = yes;
    return OK;
}

static Err text_literal(Parser *parser, Raw *ret, bool *ret_folded)
{
    uint32_t calls = 0;
    while (parser_at_call(parser) && (parser_accept(parser, "CASEI") || parser_accept(parser, "ACCENTI"))) {
        TRY(parser_expect(parser, "("));
        if (++calls > FILTER_DEPTH_MAX)
            return fail(ERR_FILTER_DEPTH, "limit", num_c(FILTER_DEPTH_MAX), NULL);
    }
    if (parser->token.type != TOKEN_TEXT && parser->token.type != TOKEN_NUMBER)
        return parser_wrong(parser, "a text in single quotes");
    take_raw(parser, parser->token.type == TOKEN_NUMBER ? RAW_NUMBER : RAW_TEXT, ret);
    *ret_folded = calls > 0;
    for (; calls > 0; calls--)
        TRY(parser_expect(parser, ")"));
    return OK;
}

Err parser_literal(Parser *parser, const Field *field, Raw *ret, bool *ret_folded)
{
    *ret_folded = false;
    if (field->type == FIELD_DATE)
        return date_literal(parser, ret);
    if (field->type == FIELD_BOOL)
        return bool_literal(parser, ret);
    if (field->type != FIELD_NUM)
        return text_literal(parser, ret, ret_folded);
    if (parser->token.type != TOKEN_NUMBER && parser->token.type != TOKEN_TEXT)
        return parser_wrong(parser, "a number");
    take_raw(parser, parser->token.type == TOKEN_NUMBER ? RAW_NUMBER : RAW_TEXT, ret);
    return OK;
}

/* ---- places ---- */

static Err degrees(Parser *parser, double limit, int32_t *ret)
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

static Err box_literal(Parser *parser, Box *ret)
{
    Box box;
    TRY(parser_expect(parser, "("));
    Token first = parser->token;
    TRY(degrees(parser, 180, &box.west));
    TRY(parser_expect(parser, ","));
    TRY(degrees(parser, 90, &box.south));
    TRY(parser_expect(parser, ","));
    TRY(degrees(parser, 180, &box.east));
    TRY(parser_expect(parser, ","));
    TRY(degrees(parser, 90, &box.north));
    if (!box_valid(box)) {
        parser->token = first;
        return parser_wrong(parser, BOX_WANTED);
    }
    *ret = box;
    return parser_expect(parser, ")");
}

/* From the name of the type to the bracket that closes its first. */
static Err wkt_literal(Parser *parser, Geometry *ret)
{
    size_t from = parser->token.at, to = from;
    int open = 0;
    for (; to < parser->text.len; to++) {
        char c = parser->text.ptr[to];
        open += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (c == ')' && open <= 0)
            break;
    }
    to += to < parser->text.len;
    TRY(geometry_from_wkt(parser->compiler.arena, (Str){parser->text.ptr + from, to - from}, ret));
    parser->at = to;
    parser_advance(parser);
    return OK;
}

static Err place_literal(Parser *parser, PlaceLiteral *ret)
{
    *ret = (PlaceLiteral){.is_box = token_is(&parser->token, "BBOX")};
    if (ret->is_box) {
        parser_advance(parser);
        return box_literal(parser, &ret->box);
    }
    bool shape = token_is(&parser->token, "POINT") || token_is(&parser->token, "POLYGON") ||
                 token_is(&parser->token, "MULTIPOLYGON");
    return shape ? wkt_literal(parser, &ret->shape) : parser_wrong(parser, PLACE_WANTED);
}

static bool accept_geometry(Parser *parser)
{
    bool name = parser->token.type == TOKEN_NAME || parser->token.type == TOKEN_QUOTED;
    if (!name || !str_is(parser->token.value, "geometry"))
        return false;
    parser_advance(parser);
    return true;
}

Err parser_place(Parser *parser, PlaceOp op, const Filter **ret)
{
    PlaceLiteral place;
    TRY(parser_expect(parser, "("));
    TRY(build_has_place(&parser->compiler));
    bool place_first = !accept_geometry(parser);
    if (place_first && !parser_at_call(parser))
        return parser_wrong(parser, "geometry");
    if (place_first)
        TRY(place_literal(parser, &place));
    TRY(parser_expect(parser, ","));
    if (!place_first)
        TRY(place_literal(parser, &place));
    else if (!accept_geometry(parser))
        return parser_wrong(parser, "geometry");
    TRY(build_place(&parser->compiler, op, &place, place_first, ret));
    return parser_expect(parser, ")");
}

/* ---- times ---- */

static Err time_end(Parser *parser, TimeEnd *ret)
{
    if (parser->token.type == TOKEN_TEXT) {
        TRY(time_days(&parser->compiler, parser->token.value, parser->token.raw, ret));
        parser_advance(parser);
        return OK;
    }
    uint32_t field;
    if ((parser->token.type != TOKEN_NAME && parser->token.type != TOKEN_QUOTED) || parser_at_call(parser))
        return parser_wrong(parser, TIME_WANTED);
    TRY(build_field(&parser->compiler, parser->token.value, &field));
    parser_advance(parser);
    return time_field(&parser->compiler, field, ret);
}

static Err time_arg(Parser *parser, TimeArg *ret)
{
    *ret = (TimeArg){0};
    if (parser_at_call(parser) && token_is(&parser->token, "TIMESTAMP"))
        return parser_wrong(parser, NO_TIMES_OF_DAY);
    ret->interval = parser_at_call(parser) && token_is(&parser->token, "INTERVAL");
    bool date = parser_at_call(parser) && token_is(&parser->token, "DATE");
    if (ret->interval || date) {
        parser_advance(parser);
        TRY(parser_expect(parser, "("));
    }
    if (date && parser->token.type != TOKEN_TEXT)
        return parser_wrong(parser, "a date in quotes");
    TRY(time_end(parser, &ret->begin));
    ret->end = ret->begin;
    if (ret->interval) {
        TRY(parser_expect(parser, ","));
        TRY(time_end(parser, &ret->end));
    } else if (ret->begin.type == TIME_OPEN) {
        return fail(ERR_FILTER_TYPE, "kind", kind_info(parser->compiler.kind)->name, "field", "T_…", "want",
                    "a date such as '2023-06-30', '2023-06' or '2023'", "value", "..", NULL);
    }
    return ret->interval || date ? parser_expect(parser, ")") : OK;
}

Err parser_time(Parser *parser, TimeOp op, const Filter **ret)
{
    TimeArg a, b;
    TRY(parser_expect(parser, "("));
    Token first = parser->token;
    TRY(time_arg(parser, &a));
    TRY(parser_expect(parser, ","));
    TRY(time_arg(parser, &b));
    TRY(parser_expect(parser, ")"));
    const char *problem = time_problem(op, &a, &b);
    if (problem) {
        parser->token = first;
        return parser_wrong(parser, problem);
    }
    return build_time(&parser->compiler, op, &a, &b, ret);
}
