/* CQL2 JSON. Whatever is wrong is told with a JSON pointer (RFC 6901) to its place. */
#include "atlas/filter_build.h"
#include "base/json.h"
#include <math.h>
#include <string.h>

typedef struct Reader {
    Compiler compiler;
    const char *base; /* the pointer of the filter itself */
} Reader;

/* The way from the filter to a value. */
typedef struct Place {
    const struct Place *up;
    const char *name; /* NULL: the item `index` of an array */
    uint32_t index;
} Place;

/* ---- what is wrong, and where ---- */

static void write_pointer(Buf *buf, const Reader *reader, const Place *at)
{
    if (!at) {
        buf_c(buf, reader->base);
        return;
    }
    write_pointer(buf, reader, at->up);
    if (at->name)
        buf_fmt(buf, "/%s", at->name);
    else
        buf_fmt(buf, "/%u", at->index);
}

static const char *pointer_of(const Reader *reader, const Place *at)
{
    Buf buf;
    buf_init(&buf, FAULT_TEXT_MAX - 1);
    write_pointer(&buf, reader, at);
    const char *text = str_c(buf_view(&buf));
    buf_done(&buf);
    return text;
}

static Str near_of(Arena *arena, const Json *value)
{
    char scratch[32];
    Str name;
    const Json *member;
    switch (json_kind(value)) {
    case JSON_IS_STRING:
        return json_text(value);
    case JSON_IS_NUMBER:
        return str_copy(arena, json_number_text(value, scratch));
    case JSON_IS_BOOL:
        return json_bool(value) ? STR("true") : STR("false");
    case JSON_IS_NULL:
        return value ? STR("null") : STR("");
    case JSON_IS_ARRAY:
        return STR("[ ]");
    case JSON_IS_OBJECT:
        break;
    }
    return json_member(value, 0, &name, &member) ? name : STR("{ }");
}

static Err wrong(Reader *reader, const Place *at, const Json *value, const char *want)
{
    const char *near = raw_near(near_of(reader->compiler.arena, value));
    return fail(ERR_FILTER_JSON, "pointer", pointer_of(reader, at), "near", near, "want", want, "example",
                "{\"op\":\"=\",\"args\":[{\"property\":\"name_zh\"},\"…\"]}", NULL);
}

/* What a builder refused, with its place. */
static Err located(Reader *reader, const Place *at, Err err)
{
    return err == OK ? OK : fail_also(err, "pointer", pointer_of(reader, at));
}

/* ---- objects ---- */

static const Json *only_member(const Json *value, const char *name)
{
    return json_kind(value) == JSON_IS_OBJECT && json_len(value) == 1 ? json_get(value, name) : NULL;
}

/* {"op": …, "args": […]} and nothing else. */
static bool is_call(const Json *value, Str *ret_op, const Json **ret_args)
{
    const Json *op = json_get(value, "op"), *args = json_get(value, "args");
    if (json_kind(value) != JSON_IS_OBJECT || json_len(value) != 2 || json_kind(op) != JSON_IS_STRING ||
        json_kind(args) != JSON_IS_ARRAY)
        return false;
    *ret_op = json_text(op);
    *ret_args = args;
    return true;
}

static Err expect_args(Reader *reader, const Place *at, const Json *args, uint32_t count)
{
    static const char *const wants[] = {"", "one argument", "two arguments", "three arguments"};
    Place args_at = {at, "args", 0};
    return json_len(args) == count ? OK : wrong(reader, &args_at, args, wants[count]);
}

/* The text or property that CASEI and ACCENTI stand around; *at moves along. */
static Err unfold(Reader *reader, Place *ways, const Place **at, const Json **value, bool *ret_folded)
{
    Str op;
    const Json *args;
    uint32_t depth = 0;
    *ret_folded = false;
    while (is_call(*value, &op, &args) && (str_is_caseless(op, "casei") || str_is_caseless(op, "accenti"))) {
        if (++depth > 2)
            return wrong(reader, *at, *value, "a field or a text");
        TRY(expect_args(reader, *at, args, 1));
        Place *way = ways + 2 * (depth - 1);
        way[0] = (Place){*at, "args", 0};
        way[1] = (Place){&way[0], NULL, 0};
        *at = &way[1];
        *value = json_at(args, 0);
        *ret_folded = true;
    }
    return OK;
}

static Err read_operand(Reader *reader, const Place *at, const Json *value, Operand *ret)
{
    Place ways[4];
    TRY(unfold(reader, ways, &at, &value, &ret->folded));
    const Json *name = only_member(value, "property");
    if (json_kind(name) != JSON_IS_STRING)
        return wrong(reader, at, value, "a field: {\"property\": \"…\"}");
    TRY(located(reader, at, build_field(&reader->compiler, json_text(name), &ret->field)));
    return ret->folded ? located(reader, at, build_folded(&reader->compiler, ret->field)) : OK;
}

/* ---- literals ---- */

/* Beyond what json_number_text writes: far beyond any field. */
static Str number_text(Reader *reader, const Json *value)
{
    char scratch[32];
    Str text = json_number_text(value, scratch);
    Str sign = json_sign(value) < 0 ? STR("-1e30") : STR("1e30");
    return text.len ? str_copy(reader->compiler.arena, text) : sign;
}

static Err read_literal(Reader *reader, const Place *at, const Json *value, Raw *ret, bool *ret_folded)
{
    Place ways[4];
    TRY(unfold(reader, ways, &at, &value, ret_folded));
    *ret = (Raw){.near = near_of(reader->compiler.arena, value)};
    if (*ret_folded && json_kind(value) != JSON_IS_STRING)
        return wrong(reader, at, value, "a text in quotes");
    switch (json_kind(value)) {
    case JSON_IS_STRING:
        ret->type = RAW_TEXT;
        ret->text = json_text(value);
        return OK;
    case JSON_IS_NUMBER:
        ret->type = RAW_NUMBER;
        ret->text = number_text(reader, value);
        return OK;
    case JSON_IS_BOOL:
        ret->type = RAW_BOOL;
        ret->yes = json_bool(value);
        return OK;
    case JSON_IS_OBJECT:
        if (only_member(value, "timestamp"))
            return wrong(reader, at, value, NO_TIMES_OF_DAY);
        if (json_kind(only_member(value, "date")) != JSON_IS_STRING)
            break;
        ret->type = RAW_DATE;
        ret->text = ret->near = json_text(json_get(value, "date"));
        return OK;
    case JSON_IS_ARRAY:
    case JSON_IS_NULL:
        break;
    }
    return wrong(reader, at, value, "a number, a text, true, false or {\"date\": \"2023-06\"}");
}

/* ---- predicates ---- */

typedef struct Call {
    Str op;
    const Json *args;
    const Place *at; /* of the call */
    Place args_at;
    bool negated; /* within "not": NOT IN, NOT LIKE, NOT BETWEEN, IS NOT NULL */
} Call;

static Place item_of(const Place *array, uint32_t index)
{
    return (Place){array, NULL, index};
}

static Err read_comparison(Reader *reader, const Call *call, FilterOp op, const Filter **ret)
{
    Operand left;
    Raw right;
    bool folded;
    Place first = item_of(&call->args_at, 0), second = item_of(&call->args_at, 1);
    TRY(expect_args(reader, call->at, call->args, 2));
    TRY(read_operand(reader, &first, json_at(call->args, 0), &left));
    TRY(read_literal(reader, &second, json_at(call->args, 1), &right, &folded));
    left.folded |= folded;
    return located(reader, &second, build_compare(&reader->compiler, left, op, &right, ret));
}

static Err read_between(Reader *reader, const Call *call, const Filter **ret)
{
    Operand left;
    Raw least, greatest;
    bool folded, also;
    Place first = item_of(&call->args_at, 0), second = item_of(&call->args_at, 1),
          third = item_of(&call->args_at, 2);
    TRY(expect_args(reader, call->at, call->args, 3));
    TRY(read_operand(reader, &first, json_at(call->args, 0), &left));
    TRY(read_literal(reader, &second, json_at(call->args, 1), &least, &folded));
    TRY(read_literal(reader, &third, json_at(call->args, 2), &greatest, &also));
    left.folded |= folded || also;
    return located(reader, call->at,
                   build_between(&reader->compiler, left, &least, &greatest, call->negated, ret));
}

static Err read_in(Reader *reader, const Call *call, const Filter **ret)
{
    Operand left;
    Place first = item_of(&call->args_at, 0), second = item_of(&call->args_at, 1);
    TRY(expect_args(reader, call->at, call->args, 2));
    TRY(read_operand(reader, &first, json_at(call->args, 0), &left));
    const Json *list = json_at(call->args, 1);
    uint32_t count = json_len(list);
    if (json_kind(list) != JSON_IS_ARRAY || count == 0)
        return wrong(reader, &second, list, "a list with at least one value");
    if (count > FILTER_IN_MAX)
        return located(reader, &second, fail(ERR_LIMIT, "what", "IN", "limit", num_c(FILTER_IN_MAX), NULL));
    Raw *raws = arena_array(reader->compiler.arena, Raw, count);
    for (uint32_t i = 0; i < count; i++) {
        bool folded;
        Place item = item_of(&second, i);
        TRY(read_literal(reader, &item, json_at(list, i), &raws[i], &folded));
        left.folded |= folded;
    }
    return located(reader, &second, build_in(&reader->compiler, left, raws, count, call->negated, ret));
}

static Err read_like(Reader *reader, const Call *call, const Filter **ret)
{
    Operand left;
    Raw pattern;
    bool folded;
    Place first = item_of(&call->args_at, 0), second = item_of(&call->args_at, 1);
    TRY(expect_args(reader, call->at, call->args, 2));
    TRY(read_operand(reader, &first, json_at(call->args, 0), &left));
    TRY(read_literal(reader, &second, json_at(call->args, 1), &pattern, &folded));
    left.folded |= folded;
    return located(reader, &second, build_like(&reader->compiler, left, &pattern, call->negated, ret));
}

static Err read_null(Reader *reader, const Call *call, const Filter **ret)
{
    Operand left;
    Place first = item_of(&call->args_at, 0);
    TRY(expect_args(reader, call->at, call->args, 1));
    TRY(read_operand(reader, &first, json_at(call->args, 0), &left));
    if (left.folded)
        return wrong(reader, &first, json_at(call->args, 0), "a field: {\"property\": \"…\"}");
    return located(reader, call->at, build_null(&reader->compiler, left.field, call->negated, ret));
}

/* ---- places ---- */

static Err read_box(Reader *reader, const Place *at, const Json *sides, Box *ret)
{
    int32_t units[4];
    Place list = {at, "bbox", 0};
    if (json_kind(sides) != JSON_IS_ARRAY || json_len(sides) != 4)
        return wrong(reader, &list, sides, "west, south, east, north");
    for (uint32_t i = 0; i < 4; i++) {
        Place item = item_of(&list, i);
        double degrees, limit = i % 2 ? 90 : 180;
        if (json_kind(json_at(sides, i)) != JSON_IS_NUMBER ||
            !str_double(number_text(reader, json_at(sides, i)), &degrees))
            return wrong(reader, &item, json_at(sides, i), "a number of degrees");
        if (fabs(degrees) > limit)
            return wrong(reader, &item, json_at(sides, i),
                         i % 2 ? "degrees from -90 to 90" : "degrees from -180 to 180");
        units[i] = (int32_t)llround(degrees * DEGREE);
    }
    *ret = (Box){units[0], units[1], units[2], units[3]};
    return box_valid(*ret) ? OK : wrong(reader, &list, sides, BOX_WANTED);
}

/* As text again, for the reader of geometries, which wants plain decimals. */
static void write_coordinates(Buf *buf, Reader *reader, const Json *value)
{
    if (json_kind(value) != JSON_IS_ARRAY) {
        buf_str(buf, json_kind(value) == JSON_IS_NUMBER ? number_text(reader, value) : STR("null"));
        return;
    }
    buf_byte(buf, '[');
    for (uint32_t i = 0; i < json_len(value); i++) {
        if (i > 0)
            buf_byte(buf, ',');
        write_coordinates(buf, reader, json_at(value, i));
    }
    buf_byte(buf, ']');
}

static Err read_shape(Reader *reader, const Place *at, const Json *value, Geometry *ret)
{
    enum { TEXT_MAX = 2 * FILTER_BYTES_MAX };
    Str type = json_text(json_get(value, "type"));
    if (!str_is(type, "Point") && !str_is(type, "Polygon") && !str_is(type, "MultiPolygon"))
        return wrong(reader, at, value, "{\"bbox\": …}, or a Point, Polygon or MultiPolygon of GeoJSON");
    Buf text;
    buf_init(&text, TEXT_MAX);
    buf_fmt(&text, "{\"type\":\"" STR_FMT "\",\"coordinates\":", STR_ARG(type));
    write_coordinates(&text, reader, json_get(value, "coordinates"));
    buf_byte(&text, '}');
    Err err = buf_check(&text, "geometry");
    if (err == OK)
        err = geometry_from_geojson(reader->compiler.arena, buf_view(&text), ret);
    buf_done(&text);
    return located(reader, at, err);
}

static bool is_geometry(const Json *value)
{
    return str_is(json_text(only_member(value, "property")), "geometry");
}

static Err read_place(Reader *reader, const Call *call, PlaceOp op, const Filter **ret)
{
    TRY(expect_args(reader, call->at, call->args, 2));
    TRY(located(reader, call->at, build_has_place(&reader->compiler)));
    bool place_first = !is_geometry(json_at(call->args, 0));
    Place property = item_of(&call->args_at, place_first), at = item_of(&call->args_at, !place_first);
    if (!is_geometry(json_at(call->args, place_first)))
        return wrong(reader, &property, json_at(call->args, place_first), "{\"property\": \"geometry\"}");
    const Json *value = json_at(call->args, !place_first);
    PlaceLiteral place = {.is_box = only_member(value, "bbox") != NULL};
    if (place.is_box)
        TRY(read_box(reader, &at, json_get(value, "bbox"), &place.box));
    else
        TRY(read_shape(reader, &at, value, &place.shape));
    return located(reader, &at, build_place(&reader->compiler, op, &place, place_first, ret));
}

/* ---- times ---- */

static Err read_time_end(Reader *reader, const Place *at, const Json *value, TimeEnd *ret)
{
    const Json *date = json_kind(value) == JSON_IS_STRING ? value : only_member(value, "date");
    if (json_kind(date) == JSON_IS_STRING)
        return located(reader, at, time_days(&reader->compiler, json_text(date), json_text(date), ret));
    if (only_member(value, "timestamp"))
        return wrong(reader, at, value, NO_TIMES_OF_DAY);
    Operand field;
    TRY(read_operand(reader, at, value, &field));
    return located(reader, at, time_field(&reader->compiler, field.field, ret));
}

static Err read_time_arg(Reader *reader, const Place *at, const Json *value, TimeArg *ret)
{
    const Json *ends = only_member(value, "interval");
    *ret = (TimeArg){.interval = ends != NULL};
    if (!ends) {
        TRY(read_time_end(reader, at, value, &ret->begin));
        ret->end = ret->begin;
        return ret->begin.type == TIME_OPEN ? wrong(reader, at, value, "a date in quotes") : OK;
    }
    Place list = {at, "interval", 0}, first = item_of(&list, 0), second = item_of(&list, 1);
    if (json_kind(ends) != JSON_IS_ARRAY || json_len(ends) != 2)
        return wrong(reader, &list, ends, "two dates, or \"..\" for an open end");
    TRY(read_time_end(reader, &first, json_at(ends, 0), &ret->begin));
    return read_time_end(reader, &second, json_at(ends, 1), &ret->end);
}

static Err read_time(Reader *reader, const Call *call, TimeOp op, const Filter **ret)
{
    TimeArg a, b;
    Place first = item_of(&call->args_at, 0), second = item_of(&call->args_at, 1);
    TRY(expect_args(reader, call->at, call->args, 2));
    TRY(read_time_arg(reader, &first, json_at(call->args, 0), &a));
    TRY(read_time_arg(reader, &second, json_at(call->args, 1), &b));
    const char *problem = time_problem(op, &a, &b);
    if (problem)
        return wrong(reader, &call->args_at, call->args, problem);
    return located(reader, call->at, build_time(&reader->compiler, op, &a, &b, ret));
}

/* ---- the grammar ---- */

static Err read_expression(Reader *reader, const Place *at, const Json *value, uint32_t depth,
                           const Filter **ret);

/* Counted as the brackets and NOTs of the same filter as text. How deep calls go at all is for json_parse. */
static Err too_deep(Reader *reader, const Place *at)
{
    return located(reader, at, fail(ERR_FILTER_DEPTH, "limit", num_c(FILTER_DEPTH_MAX), NULL));
}

/* One part alone stays what it is. */
static Err read_join(Reader *reader, const Call *call, FilterShape shape, uint32_t depth, const Filter **ret)
{
    uint32_t count = json_len(call->args);
    if (count == 0)
        return wrong(reader, &call->args_at, call->args, "a list with at least one value");
    if (count > FILTER_NODES_MAX)
        return located(reader, &call->args_at,
                       fail(ERR_LIMIT, "what", "filter", "limit", num_c(FILTER_NODES_MAX), NULL));
    if (count > 1 && depth > FILTER_DEPTH_MAX)
        return too_deep(reader, call->at);
    uint32_t deeper = count > 1 ? depth + 1 : depth;
    const Filter **parts = arena_array(reader->compiler.arena, const Filter *, count);
    for (uint32_t i = 0; i < count; i++) {
        Place item = item_of(&call->args_at, i);
        TRY(read_expression(reader, &item, json_at(call->args, i), deeper, &parts[i]));
    }
    if (count > 1)
        return located(reader, call->at, build_join(&reader->compiler, shape, parts, count, ret));
    *ret = parts[0];
    return OK;
}

static Err read_predicate(Reader *reader, const Call *call, bool *ret_known, const Filter **ret)
{
    *ret_known = true;
    if (str_is_caseless(call->op, "between"))
        return read_between(reader, call, ret);
    if (str_is_caseless(call->op, "in"))
        return read_in(reader, call, ret);
    if (str_is_caseless(call->op, "like"))
        return read_like(reader, call, ret);
    if (str_is_caseless(call->op, "isnull"))
        return read_null(reader, call, ret);
    *ret_known = false;
    return OK;
}

/* Of a text's NOT IN, NOT LIKE, NOT BETWEEN and IS NOT NULL the standard makes "not" around "in" and so on:
 * it is read as those. */
static Err read_not(Reader *reader, const Call *call, uint32_t depth, const Filter **ret)
{
    TRY(expect_args(reader, call->at, call->args, 1));
    Place first = item_of(&call->args_at, 0);
    Call inner = {.at = &first, .args_at = {&first, "args", 0}, .negated = true};
    if (is_call(json_at(call->args, 0), &inner.op, &inner.args)) {
        bool known;
        TRY(read_predicate(reader, &inner, &known, ret));
        if (known)
            return OK;
    }
    if (depth == FILTER_DEPTH_MAX)
        return too_deep(reader, call->at);
    const Filter **part = arena_array(reader->compiler.arena, const Filter *, 1);
    TRY(read_expression(reader, &first, json_at(call->args, 0), depth + 1, part));
    return located(reader, call->at, build_join(&reader->compiler, SHAPE_NOT, part, 1, ret));
}

static Err read_call(Reader *reader, const Call *call, uint32_t depth, const Filter **ret)
{
    static const char *const signs[] = {"=", "<>", "<", "<=", ">", ">="};
    bool known;
    TRY(read_predicate(reader, call, &known, ret));
    if (known)
        return OK;
    if (str_is_caseless(call->op, "and"))
        return read_join(reader, call, SHAPE_AND, depth, ret);
    if (str_is_caseless(call->op, "or"))
        return read_join(reader, call, SHAPE_OR, depth, ret);
    if (str_is_caseless(call->op, "not"))
        return read_not(reader, call, depth, ret);
    for (int op = OP_EQ; op <= OP_GE; op++)
        if (str_is(call->op, signs[op]))
            return read_comparison(reader, call, (FilterOp)op, ret);
    for (int op = 0; op < PLACE_OPS; op++)
        if (str_is_caseless(call->op, place_op_names[op]))
            return read_place(reader, call, (PlaceOp)op, ret);
    for (int op = 0; op < TIME_OPS; op++)
        if (str_is_caseless(call->op, time_op_names[op]))
            return read_time(reader, call, (TimeOp)op, ret);
    Place op_at = {call->at, "op", 0};
    return fail(ERR_FILTER_JSON, "pointer", pointer_of(reader, &op_at), "near", raw_near(call->op), "want",
                "an operator such as and, =, in, like, isNull, s_intersects, t_before", "example", "", NULL);
}

static Err read_expression(Reader *reader, const Place *at, const Json *value, uint32_t depth,
                           const Filter **ret)
{
    if (json_kind(value) == JSON_IS_BOOL)
        return located(reader, at, build_truth(&reader->compiler, json_bool(value), ret));
    Call call = {.at = at, .args_at = {at, "args", 0}};
    if (!is_call(value, &call.op, &call.args))
        return wrong(reader, at, value, "a condition: {\"op\": …, \"args\": […]}");
    return read_call(reader, &call, depth, ret);
}

Err filter_read_json(Arena *arena, Kind kind, Audience audience, const Json *value, const char *pointer,
                     const Filter **ret)
{
    Reader reader = {.compiler = {.arena = arena, .kind = kind, .audience = audience}, .base = pointer};
    const Filter *filter = NULL;
    TRY(read_expression(&reader, NULL, value, 0, &filter));
    *ret = filter;
    return OK;
}

Err filter_parse_json(Arena *arena, Kind kind, Audience audience, Str text, const Filter **ret)
{
    if (text.len > FILTER_BYTES_MAX)
        return fail(ERR_LIMIT, "what", "filter", "limit", num_c(FILTER_BYTES_MAX), NULL);
    if (str_trim(text).len == 0) {
        *ret = filter_node(arena, SHAPE_TRUE, 0);
        return OK;
    }
    Json *document;
    TRY(json_parse(text, &document));
    Err err = filter_read_json(arena, kind, audience, document, "", ret);
    json_free(document);
    return err;
}
