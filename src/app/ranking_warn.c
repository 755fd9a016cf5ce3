/* What to mind about a site: promised, stale, not yet in service, unknown, roughly placed, sample data. */
#include "app/ranking_form.h"

static void warn_begin(JsonOut *out, const char *code)
{
    out_object(out);
    out_name(out, "code");
    out_c(out, code);
}

static bool code_is(const Value *value, const char *code)
{
    return value->state == VALUE_KNOWN && str_is(value->text, code);
}

static void warn_promised(const Context *c, RowRef at)
{
    Value state = value_of(c, at, c->fields.land_state);
    if (state.state != VALUE_KNOWN)
        return;
    const CodeList *list = c->info->fields[c->fields.land_state].codes;
    int code = code_index(list, state.text);
    if (code < 0 || list->codes[code].offer != OFFER_PROMISED)
        return;
    Value until = value_of(c, at, c->fields.promised_until);
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

/* A service that was asked about and is not there yet. */
static void warn_services(const Context *c, RowRef at)
{
    const Table *table = atlas_table(c->atlas, c->info->kind, at.segment);
    for (uint32_t i = 0; i < c->due_count; i++) {
        const Field *field = &c->info->fields[c->due[i]];
        Value value;
        table_value(c->arena, table, at.row, c->due[i], &value);
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

void out_warnings(const Context *c, const Site *site)
{
    JsonOut *out = c->out;
    const Brief *brief = c->ranking->brief;
    Value how = value_of(c, site->at, c->fields.how), precision = value_of(c, site->at, c->fields.precision);
    out_name(out, "warnings");
    out_array(out);
    warn_promised(c, site->at);
    for (uint32_t t = 0; t < brief->term_count; t++) {
        if (site->parts[t] >= 0 || brief->terms[t].weight == 0)
            continue;
        warn_begin(out, "unknown_term");
        if (brief->terms[t].near) {
            out_near(c, brief->terms[t].near);
        } else {
            out_name(out, "field");
            out_c(out, term_field(brief, t)->name);
        }
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
