#include "app/ranking.h"
#include "app/facts.h"
#include "app/query.h"
#include "app/ranking_form.h"
#include <string.h>

Value value_of(const Context *c, RowRef at, int field)
{
    Value value = {.state = VALUE_UNKNOWN};
    if (field >= 0)
        table_value(c->arena, atlas_table(c->atlas, c->info->kind, at.segment), at.row, (uint32_t)field,
                    &value);
    return value;
}

bool brief_speaks_of(const Context *c, const char *part)
{
    const Brief *brief = c->ranking->brief;
    for (uint32_t n = 0; n < brief->condition_count; n++) {
        const char *its = brief->conditions[n].via ? NULL : condition_field(brief, n)->part;
        if (its && strcmp(its, part) == 0)
            return true;
    }
    for (uint32_t t = 0; t < brief->term_count; t++) {
        const char *its = term_field(brief, t)->part;
        if (its && strcmp(its, part) == 0)
            return true;
    }
    return false;
}

void out_office(const Context *c, const Office *office)
{
    if (!office) {
        out_null(c->out);
        return;
    }
    out_object(c->out);
    out_name(c->out, "zh");
    out_str(c->out, office->zh.len ? office->zh : office->en);
    out_name(c->out, "en");
    out_str(c->out, office->en.len ? office->en : office->zh);
    out_object_end(c->out);
}

void out_bits(const Context *c, uint64_t asks)
{
    uint32_t count = c->ranking->brief->condition_count;
    out_array(c->out);
    for (uint32_t n = 0; n < count; n++)
        if (asks >> n & 1)
            out_int(c->out, n);
    if (asks >> FILTER_ASKS_BIT & 1)
        out_int(c->out, count);
    out_array_end(c->out);
}

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
    out_name(out, "near");
    out_int(out, counts->near);
}

void out_near(const Context *c, const Nearness *near)
{
    JsonOut *out = c->out;
    out_name(out, "distance_to");
    out_object(out);
    if (near->what == NEAR_FACILITY) {
        out_name(out, "kind");
        out_c(out, "facility");
    }
    out_name(out, near->what == NEAR_FACILITY  ? "type"
                  : near->what == NEAR_SEGMENT ? "segment"
                                               : "enterprise");
    out_str(out, near->key);
    out_object_end(out);
}

void out_subject(const Context *c, uint32_t n)
{
    const Condition *condition = &c->ranking->brief->conditions[n];
    if (condition->near)
        out_near(c, condition->near);
    if (condition->near || condition->place)
        return;
    Buf name;
    buf_init(&name, 2 * FAULT_NAME_MAX + 100);
    if (condition->via)
        buf_fmt(&name, "%s.", condition->via->name);
    buf_c(&name, condition_field(c->ranking->brief, n)->name);
    out_name(c->out, "field");
    out_str(c->out, buf_view(&name));
    buf_done(&name);
}

static void out_condition(const Context *c, uint32_t n)
{
    JsonOut *out = c->out;
    const Condition *condition = &c->ranking->brief->conditions[n];
    const Field *field = condition_field(c->ranking->brief, n);
    out_object(out);
    out_name(out, "n");
    out_int(out, n);
    if (condition->offer) {
        out_name(out, "offer");
        out_bool(out, true);
    }
    out_subject(c, n);
    if (condition->place) {
        out_name(out, condition->outside ? "outside" : "inside");
        geometry_geojson(out->buf, condition->place);
        out->comma = true;
    }
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

void out_number_of(const Context *c, const Field *field, int64_t n)
{
    Value value = {.state = VALUE_KNOWN, .num = n};
    if (field->type == FIELD_DATE)
        value.date = (DateSpan){(int32_t)n, (int32_t)n};
    out_value(c->out, field, &value);
}

static void out_scale(const Context *c, const char *name, const Field *field, int64_t n)
{
    out_name(c->out, name);
    out_number_of(c, field, n);
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
        const Field *field = term_field(brief, t);
        out_object(out);
        if (term->near) {
            out_near(c, term->near);
        } else {
            out_name(out, "field");
            out_c(out, field->name);
        }
        out_name(out, "weight");
        out_int(out, term->weight);
        out_name(out, "better");
        out_c(out, term->more ? "more" : "less");
        out_name(out, "share"); /* of 100, to a tenth, halves up */
        out_fixed(out, sum ? (term->weight * 2000 + sum) / (2 * sum) : 0, 1);
        out_scale(c, "worst", field, c->ranking->worst[t]);
        out_scale(c, "best", field, c->ranking->best[t]);
        out_object_end(out);
    }
    out_array_end(out);
}

static void find_fields(Context *c)
{
    const struct {
        const char *name;
        int *at;
    } all[] = {{"land_state", &c->fields.land_state},
               {"promised_until", &c->fields.promised_until},
               {"available_from", &c->fields.available_from},
               {"how", &c->fields.how},
               {"precision", &c->fields.precision}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        *all[i].at = field_index(c->info->kind, str_of(all[i].name));
}

void out_ranking(JsonOut *out, Arena *arena, const Atlas *atlas, const Ranking *ranking, int32_t as_of)
{
    Context context = {.out = out,
                       .arena = arena,
                       .atlas = atlas,
                       .ranking = ranking,
                       .info = kind_info(ranking->brief->kind),
                       .as_of = as_of};
    const Table *tables[SEGMENTS_MAX];
    for (uint32_t s = 0; s < atlas_segments(atlas); s++)
        tables[s] = atlas_table(atlas, context.info->kind, s);
    context.offices = offices_new(arena, atlas, tables, atlas_segments(atlas));
    find_fields(&context);
    find_services(&context);
    out_object(out);
    out_name(out, "kind");
    out_c(out, context.info->name);
    const struct {
        const char *name;
        uint32_t count;
    } balance[] = {{"candidates", ranking->candidates},
                   {"fit", ranking->fit},
                   {"unknown", ranking->unknown},
                   {"near", ranking->near},
                   {"excluded", ranking->excluded}};
    for (size_t i = 0; i < sizeof balance / sizeof *balance; i++) {
        out_name(out, balance[i].name);
        out_int(out, balance[i].count);
    }
    out_name(out, "as_of");
    out_day(out, as_of);
    out_name(out, "ordered_by");
    out_c(out, ranking->weighed                                      ? "score"
               : field_index(context.info->kind, STR("area_m2")) < 0 ? "id"
                                                                     : "area_m2");
    out_conditions(&context);
    out_terms(&context);
    out_sites(&context);
    out_near_misses(&context);
    out_sets(&context);
    out_why(&context);
    out_object_end(out);
}

Err query_match(Arena *arena, Atlas *atlas, Str text, JsonOut *out)
{
    Brief brief;
    TRY(brief_parse(arena, atlas_audience(atlas), text, &brief));
    TRY(filter_affordable(atlas, brief.kind, brief.filter));
    TRY(match_known(atlas, &brief));
    Ranking ranking;
    match_run(arena, atlas, &brief, MATCH_EXPLAINED, &ranking);
    Facts facts;
    facts_of(atlas, &facts);
    out_ranking(out, arena, atlas, &ranking, facts.kinds[brief.kind].as_of);
    return OK;
}
