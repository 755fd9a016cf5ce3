#include "app/ranking.h"
#include "app/entity_json.h"
#include "app/facts.h"
#include "app/query.h"
#include <string.h>

typedef struct Context {
    JsonOut *out;
    Arena *arena;
    const Atlas *atlas;
    const Ranking *ranking;
    const KindInfo *info;
    int32_t as_of; /* the day the picture is of: stale and due are judged by it, not by the clock, so that the
                    * same brief gives the same bytes tomorrow; INT32_MIN when no row has a date */
} Context;

static void out_field_value(JsonOut *out, const char *name, const Field *field, const Value *value)
{
    if (value->state != VALUE_KNOWN)
        return;
    out_name(out, name);
    out_value(out, field, value);
}

static void out_counts(JsonOut *out, const ConditionCount *counts)
{
    out_name(out, "excludes");
    out_int(out, counts->excludes);
    out_name(out, "unknown");
    out_int(out, counts->unknown);
    out_name(out, "only");
    out_int(out, counts->only);
}

static void out_condition(const Context *c, uint32_t n)
{
    JsonOut *out = c->out;
    const Condition *condition = &c->ranking->brief->conditions[n];
    const Field *field = &c->info->fields[condition->field];
    out_object(out);
    out_name(out, "n");
    out_int(out, n);
    if (condition->offer) {
        out_name(out, "offer");
        out_bool(out, true);
    }
    out_name(out, "field");
    out_c(out, field->name);
    out_field_value(out, "min", field, &condition->least);
    out_field_value(out, "max", field, &condition->greatest);
    if (condition->codes) {
        out_name(out, "in");
        out_array(out);
        for (uint32_t i = 0; i < condition->code_count; i++)
            out_str(out, condition->codes[i]);
        out_array_end(out);
    }
    out_counts(out, &c->ranking->counts[n]);
    out_object_end(out);
}

static void out_conditions(const Context *c)
{
    const Brief *brief = c->ranking->brief;
    out_name(c->out, "conditions");
    out_array(c->out);
    for (uint32_t n = 0; n < brief->condition_count; n++)
        out_condition(c, n);
    if (brief->filter) {
        out_object(c->out);
        out_name(c->out, "n");
        out_int(c->out, brief->condition_count);
        out_name(c->out, "filter");
        out_str(c->out, brief->filter_text);
        out_counts(c->out, &c->ranking->counts[brief->condition_count]);
        out_object_end(c->out);
    }
    out_array_end(c->out);
}

static void out_scale(JsonOut *out, const char *name, const Field *field, int64_t n)
{
    Value value = {.state = VALUE_KNOWN, .num = n};
    if (field->type == FIELD_DATE)
        value.date = (DateSpan){(int32_t)n, (int32_t)n};
    out_name(out, name);
    out_value(out, field, &value);
}

static void out_terms(const Context *c)
{
    const Brief *brief = c->ranking->brief;
    JsonOut *out = c->out;
    int sum = 0;
    for (uint32_t t = 0; t < brief->term_count; t++)
        sum += brief->terms[t].weight;
    out_name(out, "terms");
    out_array(out);
    for (uint32_t t = 0; t < brief->term_count; t++) {
        const Term *term = &brief->terms[t];
        const Field *field = &c->info->fields[term->field];
        out_object(out);
        out_name(out, "field");
        out_c(out, field->name);
        out_name(out, "weight");
        out_int(out, term->weight);
        out_name(out, "better");
        out_c(out, term->more ? "more" : "less");
        out_name(out, "share"); /* of 100, to a tenth, halves up */
        out_fixed(out, sum ? (term->weight * 2000 + sum) / (2 * sum) : 0, 1);
        out_scale(out, "worst", field, c->ranking->worst[t]);
        out_scale(out, "best", field, c->ranking->best[t]);
        out_object_end(out);
    }
    out_array_end(out);
}

/* ---- warnings ---- */

static void warn_begin(JsonOut *out, const char *code)
{
    out_object(out);
    out_name(out, "code");
    out_c(out, code);
}

static Value value_of(const Context *c, RowRef at, const char *field)
{
    Value value = {.state = VALUE_UNKNOWN};
    int index = field_index(c->info->kind, str_of(field));
    if (index >= 0)
        table_value(c->arena, atlas_table(c->atlas, c->info->kind, at.segment), at.row, (uint32_t)index,
                    &value);
    return value;
}

static bool code_is(const Value *value, const char *code)
{
    return value->state == VALUE_KNOWN && str_is(value->text, code);
}

static void warn_promised(const Context *c, RowRef at)
{
    Value state = value_of(c, at, "land_state");
    int index = field_index(c->info->kind, STR("land_state"));
    if (index < 0 || state.state != VALUE_KNOWN)
        return;
    const CodeList *list = c->info->fields[index].codes;
    int code = code_index(list, state.text);
    if (code < 0 || list->codes[code].offer != OFFER_PROMISED)
        return;
    Value until = value_of(c, at, "promised_until");
    warn_begin(c->out, "promised");
    out_name(c->out, "until");
    if (until.state == VALUE_KNOWN)
        out_span(c->out, until.date);
    else
        out_null(c->out);
    out_object_end(c->out);
}

static void warn_stale(const Context *c, RowRef at)
{
    const Freshness *fresh = &atlas_table(c->atlas, c->info->kind, at.segment)->fresh[at.row];
    if (fresh->refresh_d <= 0 || c->as_of == INT32_MIN || fresh->as_of.last >= c->as_of - fresh->refresh_d)
        return;
    warn_begin(c->out, "stale");
    out_name(c->out, "as_of");
    out_span(c->out, fresh->as_of);
    out_name(c->out, "refresh_d");
    out_int(c->out, fresh->refresh_d);
    out_object_end(c->out);
}

static bool brief_speaks_of(const Context *c, const char *part)
{
    const Brief *brief = c->ranking->brief;
    for (uint32_t n = 0; n < brief->condition_count; n++) {
        const char *its = c->info->fields[brief->conditions[n].field].part;
        if (its && strcmp(its, part) == 0)
            return true;
    }
    for (uint32_t t = 0; t < brief->term_count; t++) {
        const char *its = c->info->fields[brief->terms[t].field].part;
        if (its && strcmp(its, part) == 0)
            return true;
    }
    return false;
}

/* A service that was asked about and is not there yet. */
static void warn_services(const Context *c, RowRef at)
{
    const Table *table = atlas_table(c->atlas, c->info->kind, at.segment);
    for (uint32_t f = 0; f < c->info->field_count; f++) {
        const Field *field = &c->info->fields[f];
        if (!field->attr || strcmp(field->attr, "in_service") != 0 || !brief_speaks_of(c, field->part))
            continue;
        Value value;
        table_value(c->arena, table, at.row, f, &value);
        if (value.state != VALUE_KNOWN || value.date.last <= c->as_of)
            continue;
        warn_begin(c->out, "service_due");
        out_name(c->out, "field");
        out_c(c->out, field->name);
        out_name(c->out, "value");
        out_span(c->out, value.date);
        out_object_end(c->out);
    }
}

static void out_warnings(const Context *c, const Site *site)
{
    JsonOut *out = c->out;
    const Brief *brief = c->ranking->brief;
    Value how = value_of(c, site->at, "how"), precision = value_of(c, site->at, "precision");
    out_name(out, "warnings");
    out_array(out);
    warn_promised(c, site->at);
    for (uint32_t t = 0; t < brief->term_count; t++) {
        if (site->parts[t] >= 0 || brief->terms[t].weight == 0)
            continue;
        warn_begin(out, "unknown_term");
        out_name(out, "field");
        out_c(out, c->info->fields[brief->terms[t].field].name);
        out_object_end(out);
    }
    warn_services(c, site->at);
    warn_stale(c, site->at);
    if (code_is(&precision, "approximate") || code_is(&precision, "county")) {
        warn_begin(out, "approximate_place");
        out_object_end(out);
    }
    if (code_is(&how, "illustrative")) {
        warn_begin(out, "illustrative");
        out_object_end(out);
    }
    out_array_end(out);
}

/* ---- sites ---- */

static void out_site(const Context *c, const Site *site)
{
    JsonOut *out = c->out;
    out_name(out, "entity");
    out_entity(out, c->arena, c->atlas, c->info->kind, site->at, (EntityJson){0});
    out_name(out, "score");
    out_fixed(out, site->score, 2);
    if (site->score_high != site->score) {
        out_name(out, "score_high");
        out_fixed(out, site->score_high, 2);
    }
    out_name(out, "parts");
    out_array(out);
    for (uint32_t t = 0; t < c->ranking->brief->term_count; t++) {
        if (site->parts[t] < 0)
            out_null(out);
        else
            out_fixed(out, site->parts[t], 2);
    }
    out_array_end(out);
    out_warnings(c, site);
}

/* Whom to ask: the row's own office, else its park's. */
static bool find_office(const Context *c, RowRef at, Str *ret_zh, Str *ret_en)
{
    Value zh = value_of(c, at, "office_zh"), en = value_of(c, at, "office_en"),
          park = value_of(c, at, "park");
    *ret_zh = zh.state == VALUE_KNOWN ? zh.text : STR("");
    *ret_en = en.state == VALUE_KNOWN ? en.text : STR("");
    RowRef in;
    if (ret_zh->len == 0 && ret_en->len == 0 && park.state == VALUE_KNOWN &&
        atlas_find(c->atlas, KIND_PARK, park.text, &in) == OK) {
        *ret_zh =
            row_text(c->arena, c->atlas, KIND_PARK, in, (uint32_t)field_index(KIND_PARK, STR("office_zh")));
        *ret_en =
            row_text(c->arena, c->atlas, KIND_PARK, in, (uint32_t)field_index(KIND_PARK, STR("office_en")));
    }
    return ret_zh->len || ret_en->len;
}

static void out_office(const Context *c, RowRef at)
{
    Str zh, en;
    out_name(c->out, "office");
    if (!find_office(c, at, &zh, &en)) {
        out_null(c->out);
        return;
    }
    out_object(c->out);
    out_name(c->out, "zh");
    out_str(c->out, zh.len ? zh : en);
    out_name(c->out, "en");
    out_str(c->out, en.len ? en : zh);
    out_object_end(c->out);
}

static void out_asks(const Context *c, const Site *site)
{
    uint32_t count = c->ranking->brief->condition_count;
    out_name(c->out, "asks");
    out_array(c->out);
    for (uint32_t n = 0; n < count; n++)
        if (site->asks >> n & 1)
            out_int(c->out, n);
    if (site->asks >> FILTER_ASKS_BIT & 1)
        out_int(c->out, count);
    out_array_end(c->out);
}

static void out_sites(const Context *c)
{
    JsonOut *out = c->out;
    out_name(out, "sites");
    out_array(out);
    for (uint32_t i = 0; i < c->ranking->site_count; i++) {
        out_object(out);
        out_name(out, "rank");
        out_int(out, i + 1);
        out_site(c, &c->ranking->sites[i]);
        out_object_end(out);
    }
    out_array_end(out);
    out_name(out, "unknowns");
    out_array(out);
    for (uint32_t i = 0; i < c->ranking->unknown_count; i++) {
        const Site *site = &c->ranking->unknowns[i];
        out_object(out);
        out_site(c, site);
        out_asks(c, site);
        out_office(c, site->at);
        out_object_end(out);
    }
    out_array_end(out);
}

void out_ranking(JsonOut *out, Arena *arena, const Atlas *atlas, const Ranking *ranking, int32_t as_of)
{
    Context context = {out, arena, atlas, ranking, kind_info(ranking->brief->kind), as_of};
    out_object(out);
    out_name(out, "kind");
    out_c(out, context.info->name);
    const struct {
        const char *name;
        uint32_t count;
    } balance[] = {{"candidates", ranking->candidates},
                   {"fit", ranking->fit},
                   {"unknown", ranking->unknown},
                   {"excluded", ranking->excluded}};
    for (size_t i = 0; i < sizeof balance / sizeof *balance; i++) {
        out_name(out, balance[i].name);
        out_int(out, balance[i].count);
    }
    out_name(out, "as_of");
    out_day(out, as_of);
    out_conditions(&context);
    out_terms(&context);
    out_sites(&context);
    out_object_end(out);
}

Err query_match(Arena *arena, Atlas *atlas, Str text, JsonOut *out)
{
    Brief brief;
    TRY(brief_parse(arena, atlas_audience(atlas), text, &brief));
    Ranking ranking;
    match_run(arena, atlas, &brief, MATCH_EXPLAINED, &ranking);
    Facts facts;
    facts_of(atlas, &facts);
    out_ranking(out, arena, atlas, &ranking, facts.kinds[brief.kind].as_of);
    return OK;
}
