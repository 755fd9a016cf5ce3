/* The values that a filter's literals stand for. */
#include "atlas/filter_build.h"
#include "atlas/filter_token.h"

const char *raw_near(Str near)
{
    enum { SHOWN = 30 };
    if (near.len > SHOWN) {
        near.len = SHOWN;
        while (near.len > 0 && ((unsigned char)near.ptr[near.len] & 0xC0) == 0x80)
            near.len--;
    }
    return str_c(near);
}

static Err wrong_type(const Field *field, const char *want, const Raw *raw)
{
    return fail(ERR_FILTER_TYPE, "kind", field_kind_name(field), "field", field->name, "want", want, "value",
                raw_near(raw->near), NULL);
}

static Err literal_num(const Field *field, const Raw *raw, Literal *ret)
{
    char want[80];
    Decimal decimal;
    if (raw->type == RAW_NUMBER && decimal_read(raw->text, field->decimals, &decimal)) {
        ret->span = (Span){decimal.floor, decimal.floor};
        ret->between = decimal.between;
        return OK;
    }
    Buf buf;
    buf_init(&buf, sizeof want - 1);
    buf_c(&buf, "a number");
    if (field->unit)
        buf_fmt(&buf, " in %s, without its unit", field->unit);
    Err err = wrong_type(field, str_c(buf_view(&buf)), raw);
    buf_done(&buf);
    return err;
}

static Err literal_date(const Field *field, const Raw *raw, Literal *ret)
{
    DateSpan date;
    if ((raw->type != RAW_TEXT && raw->type != RAW_DATE) || !date_parse(raw->text, &date))
        return wrong_type(field, "a date such as '2023-06-30', '2023-06' or '2023'", raw);
    ret->span = (Span){date.first, date.last};
    return OK;
}

Err literal_of(Compiler *compiler, const Field *field, bool folded, const Raw *raw, Literal *ret)
{
    *ret = (Literal){0};
    switch (field->type) {
    case FIELD_DATE:
        return literal_date(field, raw, ret);
    case FIELD_NUM:
        return literal_num(field, raw, ret);
    case FIELD_BOOL:
        if (raw->type != RAW_BOOL)
            return wrong_type(field, "TRUE or FALSE", raw);
        ret->span = (Span){raw->yes, raw->yes};
        return OK;
    case FIELD_TEXT:
    case FIELD_CODE:
    case FIELD_CODES:
    case FIELD_REF:
    case FIELD_REFS:
        break;
    }
    if (raw->type != RAW_TEXT)
        return wrong_type(field, "a text in single quotes", raw);
    if (!folded)
        TRY(filter_check_code(field, raw->text));
    ret->text = str_copy(compiler->arena, raw->text);
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
