/* A brief from JSON. What is not understood is an error, never passed over: a misspelt "max" would widen the
 * search. */
#include "match/brief_form.h"
#include "match/contradict.h"
#include <string.h>

enum { TOP_DEFAULT = 50 };

typedef struct Reader {
    Arena *arena;
    Audience audience;
    Brief brief;
    bool taken;
} Reader;

static const char example_where[] = "{\"where\": [{\"field\": \"area_m2\", \"min\": 30000}, "
                                    "{\"field\": \"land_use\", \"in\": [\"M1\", \"M2\"]}]}";
static const char example_weigh[] =
    "{\"weigh\": [{\"field\": \"price_fen_m2\", \"weight\": 30, \"better\": \"less\"}]}";

Err brief_wrong(const char *detail, Str what, const char *example)
{
    Buf buf;
    buf_init(&buf, FAULT_TEXT_MAX - 1);
    buf_c(&buf, detail);
    buf_str(&buf, what);
    Err err = fail(ERR_BRIEF, "detail", str_c(buf_view(&buf)), "example", example, NULL);
    buf_done(&buf);
    return err;
}

/* A JSON value as a person would recognise it in an error. */
static const char *shown(const Json *value)
{
    char scratch[32];
    switch (json_kind(value)) {
    case JSON_IS_NULL:
        return "null";
    case JSON_IS_BOOL:
        return json_bool(value) ? "true" : "false";
    case JSON_IS_NUMBER:
        return str_c(json_number_text(value, scratch));
    case JSON_IS_STRING:
        return str_c(json_text(value));
    case JSON_IS_ARRAY:
        return "[…]";
    case JSON_IS_OBJECT:
        break;
    }
    return "{…}";
}

Err brief_wrong_value(const char *field, const Json *value, const char *want, const char *example)
{
    return fail(ERR_VALUE, "field", field, "value", shown(value), "want", want, "example", example, NULL);
}

static Err wrong_end(const Field *field, const Json *value, const char *want, const char *example)
{
    Err err = brief_wrong_value(field->name, value, want, example);
    return fail_also(err, "kind", field_kind_name(field));
}

/* ---- values ---- */

/* "200 亩", "20 kVA": a number that somebody put a unit behind. */
static bool has_unit(Str text)
{
    text = str_trim(text);
    size_t at = 0, digits = 0;
    for (; at < text.len && text.ptr[at] && strchr("0123456789.,+-", text.ptr[at]); at++)
        digits += text.ptr[at] >= '0' && text.ptr[at] <= '9';
    return digits > 0 && at < text.len;
}

static Err read_num(const Field *field, const Json *value, Value *ret)
{
    char scratch[32];
    if (json_kind(value) == JSON_IS_STRING && has_unit(json_text(value)))
        return fail(ERR_UNIT, "kind", field_kind_name(field), "field", field->name, "value", shown(value),
                    "want", field->unit ? field->unit : "", NULL);
    if (json_kind(value) == JSON_IS_NUMBER &&
        str_fixed(json_number_text(value, scratch), field->decimals, &ret->num)) {
        ret->state = VALUE_KNOWN;
        return OK;
    }
    Buf want;
    buf_init(&want, 100);
    buf_c(&want, field->decimals ? "a number" : "a whole number");
    if (field->unit)
        buf_fmt(&want, " (%s)", field->unit);
    if (field->decimals)
        buf_fmt(&want, ", up to %d digits behind the point", field->decimals);
    Err err = wrong_end(field, value, str_c(buf_view(&want)), field->example);
    buf_done(&want);
    return err;
}

static Err read_date(const Field *field, const Json *value, Value *ret)
{
    if (json_kind(value) != JSON_IS_STRING || !date_parse(json_text(value), &ret->date))
        return wrong_end(field, value, "a date in quotes: \"2023-06-30\", \"2023-06\" or \"2023\"",
                         "\"2023-06-30\"");
    ret->state = VALUE_KNOWN;
    return OK;
}

static Err read_end(const Field *field, const Json *value, Value *ret)
{
    if (json_kind(value) == JSON_IS_NULL)
        return OK;
    if (field->type == FIELD_NUM)
        return read_num(field, value, ret);
    if (field->type == FIELD_DATE)
        return read_date(field, value, ret);
    return wrong_end(field, value, "\"in\" instead of \"min\" and \"max\"", "\"in\": [\"…\"]");
}

/* Whether a BOOL is any of these. */
static Err read_bools(const Field *field, const Json *in, Condition *ret)
{
    ret->least = (Value){.state = VALUE_KNOWN, .num = 1};
    ret->greatest = (Value){.state = VALUE_KNOWN, .num = 0};
    for (uint32_t i = 0; i < json_len(in); i++) {
        const Json *item = json_at(in, i);
        if (json_kind(item) != JSON_IS_BOOL)
            return wrong_end(field, item, "true or false", "\"in\": [true]");
        if (json_bool(item))
            ret->greatest.num = 1;
        else
            ret->least.num = 0;
    }
    return OK;
}

static Err wrong_code(const Field *field, const Json *item)
{
    Buf want;
    buf_init(&want, FAULT_TEXT_MAX - 1);
    buf_c(&want, "one of ");
    buf_codes(&want, field->codes);
    Err err = wrong_end(field, item, str_c(buf_view(&want)), field->example);
    buf_done(&want);
    return err;
}

static Err read_in(Reader *reader, const Field *field, const Json *in, Condition *ret)
{
    if (json_kind(in) != JSON_IS_ARRAY || json_len(in) == 0)
        return wrong_end(field, in, "a list with at least one value", "\"in\": [\"M1\", \"M2\"]");
    if (json_len(in) > FILTER_IN_MAX)
        return fail(ERR_LIMIT, "what", "in", "limit", num_c(FILTER_IN_MAX), NULL);
    if (field->type == FIELD_NUM || field->type == FIELD_DATE)
        return wrong_end(field, in, "\"min\" and \"max\" instead of \"in\"", field->example);
    if (field->type == FIELD_BOOL)
        return read_bools(field, in, ret);
    Str *codes = arena_array(reader->arena, Str, json_len(in));
    for (uint32_t i = 0; i < json_len(in); i++) {
        const Json *item = json_at(in, i);
        if (json_kind(item) != JSON_IS_STRING)
            return wrong_end(field, item, "a text in quotes", field->example);
        if (field->codes && code_index(field->codes, json_text(item)) < 0)
            return wrong_code(field, item);
        codes[i] = str_copy(reader->arena, json_text(item));
    }
    ret->codes = codes;
    ret->code_count = json_len(in);
    return OK;
}

/* ---- where and weigh ---- */

/* The "field" member of an entry: visible, filterable. */
static Err read_field(const Reader *reader, const Json *entry, const char *example, uint32_t *ret)
{
    const Json *name = json_get(entry, "field");
    if (json_kind(entry) != JSON_IS_OBJECT || json_kind(name) != JSON_IS_STRING)
        return brief_wrong("each entry is an object with a \"field\"", (Str){"", 0}, example);
    uint32_t index;
    TRY(field_visible(reader->brief.kind, reader->audience, json_text(name), &index));
    const KindInfo *info = kind_info(reader->brief.kind);
    if (!info->fields[index].filterable)
        return fail(ERR_FIELD_NOT_FILTERABLE, "field", info->fields[index].name, "kind", info->name, NULL);
    *ret = index;
    return OK;
}

/* All members must be among `known`, which ends with NULL. */
Err brief_members(const Json *object, const char *const *known, const char *example)
{
    Str name;
    const Json *value;
    for (uint32_t i = 0; json_member(object, i, &name, &value); i++) {
        bool found = false;
        for (uint32_t k = 0; known[k]; k++)
            found |= str_is(name, known[k]);
        if (!found)
            return brief_wrong("unknown member: ", name, example);
    }
    return OK;
}

static Err check_ends(const Field *field, const Condition *condition)
{
    if (condition->least.state != VALUE_KNOWN || condition->greatest.state != VALUE_KNOWN ||
        field->type == FIELD_BOOL)
        return OK;
    bool right = field->type == FIELD_DATE ? condition->least.date.first <= condition->greatest.date.last
                                           : condition->least.num <= condition->greatest.num;
    return right ? OK : value_fail_range(field, &condition->least, &condition->greatest);
}

/* "park.chemical_recognised": a REF of the kind, then a field of what it names. */
static Err read_via(const Reader *reader, Str name, Condition *ret)
{
    Str rest = name, first = str_cut(&rest, '.');
    uint32_t via;
    TRY(field_visible(reader->brief.kind, reader->audience, first, &via));
    const Field *field = &kind_info(reader->brief.kind)->fields[via];
    if (field->type != FIELD_REF)
        return brief_wrong("a point stands behind a field that names one thing: ", first,
                           "{\"field\": \"park.chemical_recognised\", \"in\": [true]}");
    TRY(field_visible(field->ref, reader->audience, rest, &ret->field));
    const KindInfo *info = kind_info(field->ref);
    if (!info->fields[ret->field].filterable)
        return fail(ERR_FIELD_NOT_FILTERABLE, "field", info->fields[ret->field].name, "kind", info->name,
                    NULL);
    ret->via = field;
    return OK;
}

/* What an entry is about: a field, a field of what the row names, a distance, a place. */
static Err read_subject(Reader *reader, const Json *entry, Condition *ret)
{
    static const char *const members[] = {"field", "min", "max", "in", NULL},
                             *const near[] = {"near", "min", "max", NULL}, *const inside[] = {"inside", NULL},
                             *const outside[] = {"outside", NULL};
    Str name = json_text(json_get(entry, "field"));
    if (json_get(entry, "near")) {
        TRY(brief_members(entry, near, example_where));
        return brief_near(reader->arena, json_get(entry, "near"), &ret->near);
    }
    if (json_get(entry, "inside") || json_get(entry, "outside")) {
        ret->outside = json_get(entry, "outside") != NULL;
        TRY(brief_members(entry, ret->outside ? outside : inside, example_where));
        return brief_place(reader->arena, json_get(entry, ret->outside ? "outside" : "inside"), &ret->place);
    }
    if (name.len > 0 && memchr(name.ptr, '.', name.len))
        TRY(read_via(reader, name, ret));
    else
        TRY(read_field(reader, entry, example_where, &ret->field));
    return brief_members(entry, members, example_where);
}

static Err read_condition(Reader *reader, const Json *entry, Condition *ret)
{
    const Brief alone = {.kind = reader->brief.kind, .conditions = ret, .condition_count = 1};
    *ret = (Condition){0};
    TRY(read_subject(reader, entry, ret));
    if (ret->place)
        return OK;
    const Field *field = condition_field(&alone, 0);
    const Json *in = json_get(entry, "in"), *min = json_get(entry, "min"), *max = json_get(entry, "max");
    bool ends = json_kind(min) != JSON_IS_NULL || json_kind(max) != JSON_IS_NULL;
    if (in && ends)
        return brief_wrong("\"in\" together with \"min\" or \"max\": ", str_of(field->name), example_where);
    if (!in && !ends)
        return brief_wrong("neither \"min\" nor \"max\" nor \"in\": ", str_of(field->name), example_where);
    if (in)
        return read_in(reader, field, in, ret);
    TRY(read_end(field, min, &ret->least));
    TRY(read_end(field, max, &ret->greatest));
    return check_ends(field, ret);
}

static Err array_member(const Json *root, const char *name, uint32_t most, const char *example,
                        const Json **ret)
{
    const Json *array = json_get(root, name);
    if (array && json_kind(array) != JSON_IS_ARRAY)
        return brief_wrong_value(name, array, "a list", example);
    if (json_len(array) > most)
        return fail(ERR_LIMIT, "what", name, "limit", num_c(most), NULL);
    *ret = array;
    return OK;
}

static Err read_where(Reader *reader, const Json *root)
{
    Brief *brief = &reader->brief;
    int state = field_index(brief->kind, STR("land_state"));
    bool offer = brief->kind == KIND_PARCEL && !reader->taken && state >= 0;
    const Json *where = NULL;
    TRY(array_member(root, "where", BRIEF_CONDITIONS_MAX - offer, example_where, &where));
    uint32_t count = json_len(where);
    Condition *conditions = arena_zarray(reader->arena, Condition, count + 1);
    for (uint32_t i = 0; i < count; i++)
        TRY(read_condition(reader, json_at(where, i), &conditions[i]));
    if (offer)
        conditions[count++] = (Condition){.field = (uint32_t)state, .offer = true};
    brief->conditions = conditions;
    brief->condition_count = count;
    return OK;
}

static Err read_term(Reader *reader, const Json *entry, Term *ret)
{
    static const char *const members[] = {"field", "weight", "better", NULL}, *const near[] = {
                                                                                  "near", "weight", "better",
                                                                                  NULL};
    const Brief alone = {.kind = reader->brief.kind, .terms = ret, .term_count = 1};
    if (json_get(entry, "near"))
        TRY(brief_near(reader->arena, json_get(entry, "near"), &ret->near));
    else
        TRY(read_field(reader, entry, example_weigh, &ret->field));
    TRY(brief_members(entry, ret->near ? near : members, example_weigh));
    const Field *field = term_field(&alone, 0);
    if (field->type != FIELD_NUM && field->type != FIELD_DATE)
        return fail(ERR_VALUE, "kind", field_kind_name(field), "field", field->name, "value", field->name,
                    "want", "a field that is a number or a date", "example", "price_fen_m2", NULL);
    int64_t weight;
    const Json *number = json_get(entry, "weight");
    if (!json_int(number, &weight) || weight < 0 || weight > WEIGHT_MAX)
        return wrong_end(field, number, "\"weight\": a whole number from 0 to 100", "\"weight\": 30");
    const Json *better = json_get(entry, "better");
    ret->more = str_is(json_text(better), "more");
    if (!ret->more && !str_is(json_text(better), "less"))
        return wrong_end(field, better, "\"better\": \"more\" or \"less\"", "\"better\": \"less\"");
    ret->weight = (int)weight;
    return OK;
}

static Err read_weigh(Reader *reader, const Json *root)
{
    Brief *brief = &reader->brief;
    const Json *weigh = NULL;
    TRY(array_member(root, "weigh", BRIEF_TERMS_MAX, example_weigh, &weigh));
    uint32_t count = json_len(weigh);
    Term *terms = arena_zarray(reader->arena, Term, count);
    for (uint32_t i = 0; i < count; i++) {
        TRY(read_term(reader, json_at(weigh, i), &terms[i]));
        for (uint32_t j = 0; j < i; j++)
            if (!terms[j].near && !terms[i].near && terms[j].field == terms[i].field)
                return brief_wrong(
                    "twice in \"weigh\": ", str_of(kind_info(brief->kind)->fields[terms[i].field].name),
                    example_weigh);
    }
    brief->terms = terms;
    brief->term_count = count;
    return OK;
}

/* ---- the whole ---- */

static Err read_scalars(Reader *reader, const Json *root)
{
    const Json *kind = json_get(root, "kind"), *top = json_get(root, "top"), *taken = json_get(root, "taken");
    int64_t count = TOP_DEFAULT;
    reader->brief.kind = KIND_PARCEL;
    if (kind && json_kind(kind) != JSON_IS_STRING)
        return brief_wrong_value("kind", kind, "a text in quotes", "\"parcel\"");
    if (kind)
        TRY(kind_named(json_text(kind), &reader->brief.kind));
    if (top && (!json_int(top, &count) || count < 1 || count > BRIEF_TOP_MAX))
        return brief_wrong_value("top", top, "a whole number from 1 to 200", "50");
    if (taken && json_kind(taken) != JSON_IS_BOOL)
        return brief_wrong_value("taken", taken, "true or false", "false");
    reader->brief.top = (uint32_t)count;
    reader->taken = json_bool(taken);
    return OK;
}

static Err read_json_filter(Reader *reader, const Json *filter)
{
    Brief *brief = &reader->brief;
    TRY(filter_read_json(reader->arena, brief->kind, reader->audience, filter, "/filter", &brief->filter));
    Buf text;
    buf_init(&text, BRIEF_BYTES_MAX * 4);
    filter_write_text(&text, brief->kind, brief->filter);
    brief->filter_text = str_copy(reader->arena, buf_view(&text));
    buf_done(&text);
    return OK;
}

static Err read_filter(Reader *reader, const Json *root)
{
    const Json *filter = json_get(root, "filter");
    if (json_kind(filter) == JSON_IS_NULL)
        return OK;
    if (json_kind(filter) == JSON_IS_OBJECT || json_kind(filter) == JSON_IS_BOOL)
        return read_json_filter(reader, filter);
    if (json_kind(filter) != JSON_IS_STRING)
        return brief_wrong_value("filter", filter, "CQL2 text in quotes, or CQL2 JSON",
                                 "\"area_m2 >= 30000\"");
    if (str_trim(json_text(filter)).len == 0)
        return OK;
    reader->brief.filter_text = str_copy(reader->arena, json_text(filter));
    return filter_parse(reader->arena, reader->brief.kind, reader->audience, reader->brief.filter_text,
                        &reader->brief.filter);
}

static Err read_brief(Reader *reader, const Json *root)
{
    static const char *const members[] = {"kind", "where", "filter",   "weigh",
                                          "top",  "taken", "assemble", NULL};
    if (json_kind(root) != JSON_IS_OBJECT)
        return brief_wrong("a brief is a JSON object", (Str){"", 0}, example_where);
    TRY(brief_members(root, members, example_where));
    TRY(read_scalars(reader, root));
    TRY(read_where(reader, root));
    TRY(read_filter(reader, root));
    TRY(read_weigh(reader, root));
    TRY(brief_assemble(reader->arena, root, &reader->brief));
    return brief_consistent(reader->arena, &reader->brief);
}

Err brief_parse(Arena *arena, Audience audience, Str json, Brief *ret)
{
    if (json.len > BRIEF_BYTES_MAX)
        return fail(ERR_LIMIT, "what", "brief", "limit", num_c(BRIEF_BYTES_MAX), NULL);
    Json *root;
    TRY(json_parse(json, &root));
    Reader reader = {.arena = arena, .audience = audience};
    Err err = read_brief(&reader, root);
    json_free(root);
    if (err == OK)
        *ret = reader.brief;
    return err;
}
