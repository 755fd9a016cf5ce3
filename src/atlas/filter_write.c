/* A compiled filter as CQL2 text and CQL2 JSON. A condition on a field is first brought into one form
 * (operator and literals); the two writers differ only in how they spell it. */
#include "atlas/filter_build.h"
#include "atlas/filter_like.h"
#include <stdlib.h>

/* ---- one form ---- */

typedef enum FormOp {
    FORM_EQ,
    FORM_NE,
    FORM_LT,
    FORM_LE,
    FORM_GT,
    FORM_GE,
    FORM_BETWEEN,
    FORM_IN,
    FORM_LIKE,
    FORM_NULL,
    FORM_SOME_TIME, /* T_INTERSECTS with an interval open at both ends: any day */
    FORM_NO_TIME,   /* T_DISJOINT with it: none */
} FormOp;

static const char *const signs[] = {"=", "<>", "<", "<=", ">", ">="};

typedef struct Form {
    FormOp op;
    bool negated; /* BETWEEN, IN, LIKE, NULL */
    bool folded;
    const Field *field;
    const Span *spans; /* literals: numbers, dates; of IN all values of all spans */
    Span own[1];
    bool between;     /* the number is just above spans[0].least */
    bool beyond;      /* or above all */
    const Str *texts; /* or these */
    uint32_t count;
} Form;

static bool date_writable(int64_t day)
{
    return day >= date_day(DATE_YEAR_MIN, 1, 1) && day <= date_day(DATE_YEAR_MAX, 12, 31);
}

/* One literal that stands for the ends of a span: a day, or a month or a year as a whole. */
static bool one_literal(const Field *field, Span span)
{
    if (field->type != FIELD_DATE)
        return span.least == span.greatest;
    Buf text;
    buf_init(&text, 64);
    buf_date(&text, (DateSpan){(int32_t)span.least, (int32_t)span.greatest});
    bool one = true;
    for (size_t i = 0; i < text.len; i++)
        one &= text.ptr[i] != '/';
    buf_done(&text);
    return one;
}

static void form_one_ended(Form *form, Span span)
{
    bool date = form->field->type == FIELD_DATE;
    int64_t end = span.least == INT64_MIN ? span.greatest : span.least;
    bool upper = span.least == INT64_MIN;
    form->op = upper ? FORM_LE : FORM_GE;
    if (date && !date_writable(end)) { /* the first day or the last that can be written */
        form->op = upper ? FORM_LT : FORM_GT;
        end += upper ? 1 : -1;
    }
    form->own[0] = (Span){end, end};
    form->spans = form->own;
}

static void form_spans(Form *form, const Filter *filter)
{
    bool date = form->field->type == FIELD_DATE;
    form->spans = filter->spans;
    form->count = 1;
    if (filter->count == 0) {
        form->op = date ? FORM_NO_TIME : filter->negated ? FORM_NE : FORM_EQ;
        form->own[0] = (Span){0, 0};
        form->spans = form->own;
        form->between = true;
        return;
    }
    Span span = filter->spans[0];
    if (filter->count > 1 || form->field->type == FIELD_BOOL) {
        form->op = filter->count == 1 && span.least == span.greatest ? (filter->negated ? FORM_NE : FORM_EQ)
                                                                     : FORM_IN;
        form->count = filter->count;
    } else if (span.least == INT64_MIN && span.greatest == INT64_MAX) {
        form->op = date ? FORM_SOME_TIME : FORM_LE;
        form->beyond = true;
    } else if (span.least == INT64_MIN || span.greatest == INT64_MAX) {
        form_one_ended(form, span);
    } else if (one_literal(form->field, span)) {
        form->op = filter->negated ? FORM_NE : FORM_EQ;
    } else {
        form->op = FORM_BETWEEN;
    }
}

static void form_range(Form *form, const Filter *filter, Str texts[2])
{
    form->op = FORM_BETWEEN;
    form->count = 0;
    if (filter->least_text)
        texts[form->count++] = *filter->least_text;
    if (filter->greatest_text)
        texts[form->count++] = *filter->greatest_text;
    form->texts = texts;
    if (form->count == 1 && filter->least_text)
        form->op = filter->least_left_out ? FORM_GT : FORM_GE;
    else if (form->count == 1)
        form->op = filter->greatest_left_out ? FORM_LT : FORM_LE;
}

/* `texts`: room for two. */
static void form_of(Kind kind, const Filter *filter, Form *form, Str texts[2])
{
    *form = (Form){.field = &kind_info(kind)->fields[filter->field],
                   .negated = filter->negated,
                   .folded = filter->folded,
                   .op = FORM_NULL};
    switch (filter->shape) {
    case SHAPE_SPANS:
        form_spans(form, filter);
        break;
    case SHAPE_TEXT_RANGE:
        form_range(form, filter, texts);
        break;
    case SHAPE_TEXTS:
    case SHAPE_LIKE:
        form->texts = filter->texts;
        form->count = filter->count;
        form->op = filter->shape == SHAPE_LIKE ? FORM_LIKE
                   : filter->count > 1         ? FORM_IN
                   : filter->negated           ? FORM_NE
                                               : FORM_EQ;
        break;
    default:
        break;
    }
}

/* How many literals an IN of spans has; the i-th of one span. */
static uint32_t span_literals(const Form *form, uint32_t span)
{
    if (form->field->type == FIELD_DATE)
        return 1;
    return (uint32_t)(form->spans[span].greatest - form->spans[span].least + 1);
}

/* ---- text ---- */

static void text_quoted(Buf *buf, Str text)
{
    buf_byte(buf, '\'');
    for (size_t i = 0; i < text.len; i++) {
        buf_c(buf, text.ptr[i] == '\'' ? "'" : "");
        buf_byte(buf, text.ptr[i]);
    }
    buf_byte(buf, '\'');
}

static void number(Buf *buf, const Form *form, int64_t n)
{
    if (form->beyond) {
        buf_c(buf, "1e19");
    } else if (form->between) {
        buf_c(buf, "0.");
        for (int i = 0; i < form->field->decimals; i++)
            buf_byte(buf, '0');
        buf_byte(buf, '5');
    } else {
        buf_fixed(buf, n, form->field->decimals);
    }
}

static void text_span(Buf *buf, const Form *form, Span span)
{
    if (form->field->type == FIELD_BOOL) {
        buf_c(buf, span.least ? "TRUE" : "FALSE");
    } else if (form->field->type == FIELD_DATE) {
        buf_c(buf, "DATE('");
        buf_date(buf, (DateSpan){(int32_t)span.least, (int32_t)span.greatest});
        buf_c(buf, "')");
    } else {
        number(buf, form, span.least);
    }
}

static void text_literal(Buf *buf, const Form *form, Str text)
{
    buf_c(buf, form->folded ? "CASEI(" : "");
    text_quoted(buf, text);
    buf_c(buf, form->folded ? ")" : "");
}

static void text_in(Buf *buf, const Form *form)
{
    bool first = true;
    for (uint32_t i = 0; i < form->count; i++)
        for (uint32_t k = 0, n = form->texts ? 1 : span_literals(form, i); k < n; k++) {
            buf_c(buf, first ? "(" : ", ");
            first = false;
            if (form->texts) {
                text_literal(buf, form, form->texts[i]);
                continue;
            }
            Span span = form->spans[i];
            if (form->field->type != FIELD_DATE)
                span = (Span){span.least + k, span.least + k};
            text_span(buf, form, span);
        }
    buf_byte(buf, ')');
}

static void text_ends(Buf *buf, const Form *form)
{
    Span span = form->texts ? (Span){0, 0} : form->spans[0];
    for (uint32_t i = 0; i < 2; i++) {
        int64_t end = i ? span.greatest : span.least;
        buf_c(buf, i ? " AND " : "");
        if (form->texts)
            text_literal(buf, form, form->texts[i]);
        else
            text_span(buf, form, (Span){end, end});
    }
}

static void text_form(Buf *buf, const Form *form)
{
    const char *name = form->field->name, *negation = form->negated ? " NOT" : "";
    if (form->op == FORM_SOME_TIME || form->op == FORM_NO_TIME) {
        buf_fmt(buf, "%s(%s, INTERVAL('..', '..'))", form->op == FORM_NO_TIME ? "T_DISJOINT" : "T_INTERSECTS",
                name);
        return;
    }
    buf_fmt(buf, form->folded ? "CASEI(%s)" : "%s", name);
    switch (form->op) {
    case FORM_BETWEEN:
        buf_fmt(buf, "%s BETWEEN ", negation);
        text_ends(buf, form);
        break;
    case FORM_IN:
        buf_fmt(buf, "%s IN ", negation);
        text_in(buf, form);
        break;
    case FORM_LIKE:
        buf_fmt(buf, "%s LIKE ", negation);
        text_literal(buf, form, form->texts[0]);
        break;
    case FORM_NULL:
        buf_fmt(buf, " IS%s NULL", negation);
        break;
    default:
        buf_fmt(buf, " %s ", signs[form->op]);
        if (form->texts)
            text_literal(buf, form, form->texts[0]);
        else
            text_span(buf, form, form->spans[0]);
    }
}

static void box_sides(Buf *buf, Box box)
{
    const int32_t sides[] = {box.west, box.south, box.east, box.north};
    for (int i = 0; i < 4; i++) {
        buf_c(buf, i ? "," : "");
        buf_fixed(buf, sides[i], 7);
    }
}

static PlaceOp place_op(const Filter *filter)
{
    return filter->shape == SHAPE_BOX ? PLACE_INTERSECTS : (PlaceOp)filter->relation;
}

static bool place_box(const Filter *filter, Box *ret)
{
    if (filter->shape != SHAPE_BOX && !filter->place_is_box)
        return false;
    *ret = filter->shape == SHAPE_BOX ? filter->box : geometry_box(filter->place);
    return true;
}

static void text_place(Buf *buf, const Filter *filter)
{
    Box box;
    buf_fmt(buf, "%s(geometry, ", place_op_names[place_op(filter)]);
    if (place_box(filter, &box)) {
        buf_c(buf, "BBOX(");
        box_sides(buf, box);
        buf_byte(buf, ')');
    } else {
        geometry_wkt(buf, filter->place);
    }
    buf_byte(buf, ')');
}

static void text_part(Buf *buf, Kind kind, const Filter *part, FilterShape within)
{
    bool brackets = part->shape == SHAPE_OR || (part->shape == SHAPE_AND && within != SHAPE_OR);
    buf_c(buf, brackets ? "(" : "");
    filter_write_text(buf, kind, part);
    buf_c(buf, brackets ? ")" : "");
}

void filter_write_text(Buf *buf, Kind kind, const Filter *filter)
{
    Form form;
    Str texts[2];
    switch (filter->shape) {
    case SHAPE_TRUE:
    case SHAPE_FALSE:
        buf_c(buf, filter->shape == SHAPE_TRUE ? "TRUE" : "FALSE");
        return;
    case SHAPE_AND:
    case SHAPE_OR:
        for (uint32_t i = 0; i < filter->count; i++) {
            buf_c(buf, i == 0 ? "" : filter->shape == SHAPE_AND ? " AND " : " OR ");
            text_part(buf, kind, filter->parts[i], filter->shape);
        }
        return;
    case SHAPE_NOT:
        buf_c(buf, "NOT ");
        text_part(buf, kind, filter->parts[0], SHAPE_NOT);
        return;
    case SHAPE_BOX:
    case SHAPE_PLACE:
        text_place(buf, filter);
        return;
    case SHAPE_SPANS:
    case SHAPE_TEXTS:
    case SHAPE_TEXT_RANGE:
    case SHAPE_LIKE:
    case SHAPE_NULL:
    case SHAPE_OFFER: /* made by nothing that reads */
        break;
    }
    form_of(kind, filter, &form, texts);
    text_form(buf, &form);
}

/* ---- JSON ---- */

static void json_call(JsonOut *out, const char *op)
{
    out_object(out);
    out_name(out, "op");
    out_c(out, op);
    out_name(out, "args");
    out_array(out);
}

static void json_call_end(JsonOut *out)
{
    out_array_end(out);
    out_object_end(out);
}

static void json_lower_call(JsonOut *out, const char *name)
{
    char lower[32];
    size_t i = 0;
    for (; name[i] && i + 1 < sizeof lower; i++)
        lower[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] - 'A' + 'a' : name[i]);
    lower[i] = '\0';
    json_call(out, lower);
}

static void json_property(JsonOut *out, const char *name)
{
    out_object(out);
    out_name(out, "property");
    out_c(out, name);
    out_object_end(out);
}

static void json_span(JsonOut *out, const Form *form, Span span)
{
    Buf text;
    buf_init(&text, 64);
    if (form->field->type == FIELD_BOOL) {
        out_bool(out, span.least != 0);
    } else if (form->field->type == FIELD_DATE) {
        out_object(out);
        out_name(out, "date");
        buf_date(&text, (DateSpan){(int32_t)span.least, (int32_t)span.greatest});
        out_str(out, buf_view(&text));
        out_object_end(out);
    } else {
        number(&text, form, span.least);
        out_raw(out, buf_view(&text));
    }
    buf_done(&text);
}

static void json_literal(JsonOut *out, const Form *form, Str text)
{
    if (form->folded)
        json_call(out, "casei");
    out_str(out, text);
    if (form->folded)
        json_call_end(out);
}

static void json_in(JsonOut *out, const Form *form)
{
    out_array(out);
    for (uint32_t i = 0; i < form->count; i++)
        for (uint32_t k = 0, n = form->texts ? 1 : span_literals(form, i); k < n; k++) {
            if (form->texts) {
                json_literal(out, form, form->texts[i]);
                continue;
            }
            Span span = form->spans[i];
            if (form->field->type != FIELD_DATE)
                span = (Span){span.least + k, span.least + k};
            json_span(out, form, span);
        }
    out_array_end(out);
}

static void json_ends(JsonOut *out, const Form *form)
{
    for (uint32_t i = 0; i < 2; i++) {
        if (form->texts) {
            json_literal(out, form, form->texts[i]);
            continue;
        }
        int64_t end = i ? form->spans[0].greatest : form->spans[0].least;
        json_span(out, form, (Span){end, end});
    }
}

static const char *form_op_name(const Form *form)
{
    switch (form->op) {
    case FORM_BETWEEN:
        return "between";
    case FORM_IN:
        return "in";
    case FORM_LIKE:
        return "like";
    case FORM_NULL:
        return "isNull";
    case FORM_SOME_TIME:
        return "t_intersects";
    case FORM_NO_TIME:
        return "t_disjoint";
    default:
        return signs[form->op];
    }
}

static bool form_takes_not(const Form *form)
{
    return form->op >= FORM_BETWEEN && form->op <= FORM_NULL;
}

static void json_form(JsonOut *out, const Form *form)
{
    bool negated = form->negated && form_takes_not(form);
    if (negated)
        json_call(out, "not");
    json_call(out, form_op_name(form));
    if (form->folded)
        json_call(out, "casei");
    json_property(out, form->field->name);
    if (form->folded)
        json_call_end(out);
    if (form->op == FORM_BETWEEN)
        json_ends(out, form);
    else if (form->op == FORM_IN)
        json_in(out, form);
    else if (form->op == FORM_SOME_TIME || form->op == FORM_NO_TIME)
        out_raw(out, STR("{\"interval\":[\"..\",\"..\"]}"));
    else if (form->op != FORM_NULL && form->texts)
        json_literal(out, form, form->texts[0]);
    else if (form->op != FORM_NULL)
        json_span(out, form, form->spans[0]);
    json_call_end(out);
    if (negated)
        json_call_end(out);
}

static void json_place(JsonOut *out, const Filter *filter)
{
    Box box;
    Buf place;
    buf_init(&place, FILTER_BYTES_MAX * 4);
    json_lower_call(out, place_op_names[place_op(filter)]);
    json_property(out, "geometry");
    if (place_box(filter, &box)) {
        buf_c(&place, "{\"bbox\":[");
        box_sides(&place, box);
        buf_c(&place, "]}");
    } else {
        geometry_geojson(&place, filter->place);
    }
    out_raw(out, buf_view(&place));
    json_call_end(out);
    buf_done(&place);
}

/* "not" around these is read as NOT IN and so on: an "and" between keeps it what it is. */
static bool needs_shield(Kind kind, const Filter *part)
{
    Form form;
    Str texts[2];
    if (part->shape != SHAPE_SPANS && part->shape != SHAPE_TEXTS && part->shape != SHAPE_TEXT_RANGE &&
        part->shape != SHAPE_LIKE && part->shape != SHAPE_NULL)
        return false;
    form_of(kind, part, &form, texts);
    return form_takes_not(&form) && !form.negated;
}

static void json_join(JsonOut *out, Kind kind, const Filter *filter)
{
    bool shield = filter->shape == SHAPE_NOT && needs_shield(kind, filter->parts[0]);
    json_call(out, filter->shape == SHAPE_AND ? "and" : filter->shape == SHAPE_OR ? "or" : "not");
    if (shield)
        json_call(out, "and");
    for (uint32_t i = 0; i < filter->count; i++)
        filter_write_json(out, kind, filter->parts[i]);
    if (shield)
        json_call_end(out);
    json_call_end(out);
}

void filter_write_json(JsonOut *out, Kind kind, const Filter *filter)
{
    Form form;
    Str texts[2];
    switch (filter->shape) {
    case SHAPE_TRUE:
    case SHAPE_FALSE:
        out_bool(out, filter->shape == SHAPE_TRUE);
        return;
    case SHAPE_AND:
    case SHAPE_OR:
    case SHAPE_NOT:
        json_join(out, kind, filter);
        return;
    case SHAPE_BOX:
    case SHAPE_PLACE:
        json_place(out, filter);
        return;
    case SHAPE_SPANS:
    case SHAPE_TEXTS:
    case SHAPE_TEXT_RANGE:
    case SHAPE_LIKE:
    case SHAPE_NULL:
    case SHAPE_OFFER:
        break;
    }
    form_of(kind, filter, &form, texts);
    json_form(out, &form);
}
