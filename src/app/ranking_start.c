/* The earliest start of a site: what still stands in the way of building, who owes it, and by when. */
#include "app/ranking_form.h"
#include <string.h>

typedef enum Done { DONE_NO, DONE_YES, DONE_UNKNOWN } Done;

typedef struct Step {
    const char *what; /* "land", a service's part, "handover" */
    int field;        /* whose value tells it */
    Value state;      /* a code, where there is one */
    Done done;
    Value due; /* a date, where one is known */
    const Office *office;
} Step;

typedef struct Start {
    const Context *c;
    RowRef at;
    int plot;       /* of a set: its place there, and what is done is not told; -1: a site */
    int32_t latest; /* last day of the latest step to come; INT32_MIN: none with a date */
    bool whole;     /* each step is done, or has a date */
} Start;

/* No site can be built on without these; others wait only if the brief speaks of them. */
static const char *const always[] = {"levelling", "road", "water", "power"};

static void out_step(Start *start, const Step *step)
{
    JsonOut *out = start->c->out;
    bool dated = step->due.state == VALUE_KNOWN;
    if (start->plot >= 0 && step->done == DONE_YES)
        return;
    if (step->done != DONE_YES && dated && step->due.date.last > start->latest)
        start->latest = step->due.date.last;
    if (step->done != DONE_YES && !dated)
        start->whole = false;
    out_object(out);
    if (start->plot >= 0) {
        out_name(out, "plot");
        out_int(out, start->plot);
    }
    out_name(out, "what");
    out_c(out, step->what);
    out_name(out, "field");
    out_c(out, start->c->info->fields[step->field].name);
    if (step->state.state == VALUE_KNOWN) {
        out_name(out, "state");
        out_str(out, step->state.text);
    }
    out_name(out, "done");
    if (step->done == DONE_UNKNOWN)
        out_null(out);
    else
        out_bool(out, step->done == DONE_YES);
    if (dated) {
        out_name(out, "due");
        out_span(out, step->due.date);
    }
    if (step->done != DONE_YES) {
        out_name(out, "office");
        out_office(start->c, step->office);
    }
    out_object_end(out);
}

/* Land that is on offer is acquired unless its state says that it is not; promised land waits for its
 * release.
 */
static void out_land(Start *start)
{
    const Context *c = start->c;
    Step step = {.what = "land", .field = c->fields.land_state, .done = DONE_UNKNOWN};
    step.state = value_of(c, start->at, step.field);
    if (step.state.state == VALUE_KNOWN) {
        const CodeList *list = c->info->fields[step.field].codes;
        int code = code_index(list, step.state.text), offer = code < 0 ? 0 : list->codes[code].offer;
        bool early = str_is(step.state.text, "planned") || str_is(step.state.text, "acquiring");
        step.done = offer == OFFER_OPEN && !early ? DONE_YES : DONE_NO;
        if (offer == OFFER_PROMISED)
            step.due = value_of(c, start->at, c->fields.promised_until);
    }
    step.office = office_of(c->offices, start->at, NULL);
    out_step(start, &step);
}

/* When the work that brings it is to end. */
static Value work_due(const Context *c, RowRef at, const char *part)
{
    RowRef work;
    Value due = {.state = VALUE_UNKNOWN};
    int field = field_index(KIND_INFRA_WORK, STR("due_on"));
    if (field >= 0 && office_work(c->offices, at, part, &work))
        table_value(c->arena, atlas_table(c->atlas, KIND_INFRA_WORK, work.segment), work.row, (uint32_t)field,
                    &due);
    return due;
}

static void out_service(Start *start, const char *part, int state, int in_service)
{
    const Context *c = start->c;
    Step step = {.what = part, .field = state, .done = DONE_UNKNOWN};
    step.state = value_of(c, start->at, state);
    Value since = value_of(c, start->at, in_service);
    if (step.state.state == VALUE_NOT_APPLICABLE)
        return;
    if (step.state.state == VALUE_KNOWN)
        step.done = str_is(step.state.text, "done") ? DONE_YES : DONE_NO;
    if (since.state == VALUE_KNOWN && c->as_of != INT32_MIN && since.date.last > c->as_of)
        step.done = DONE_NO;
    else if (since.state == VALUE_KNOWN && step.state.state != VALUE_KNOWN)
        step.done = DONE_YES;
    if (since.state == VALUE_KNOWN)
        step.field = in_service;
    if (step.done != DONE_YES) {
        step.due = since.state == VALUE_KNOWN ? since : work_due(c, start->at, part);
        step.office = office_of(c->offices, start->at, part);
    }
    out_step(start, &step);
}

static void out_services(Start *start)
{
    const Context *c = start->c;
    for (uint32_t i = 0; i < c->waited_count; i++)
        out_service(start, c->waited[i].part, (int)c->waited[i].state, c->waited[i].in_service);
}

static void out_handover(Start *start)
{
    const Context *c = start->c;
    Step step = {.what = "handover", .field = c->fields.available_from, .done = DONE_UNKNOWN};
    step.due = value_of(c, start->at, step.field);
    if (step.due.state == VALUE_NOT_APPLICABLE)
        return;
    if (step.due.state == VALUE_KNOWN && c->as_of != INT32_MIN)
        step.done = step.due.date.last <= c->as_of ? DONE_YES : DONE_NO;
    step.office = office_of(c->offices, start->at, NULL);
    out_step(start, &step);
}

static void out_steps(Start *start)
{
    out_land(start);
    out_services(start);
    out_handover(start);
}

static void out_earliest(const Start *start)
{
    JsonOut *out = start->c->out;
    out_name(out, "earliest"); /* nothing to come: the day the picture is of */
    out_day(out, start->latest != INT32_MIN ? start->latest : start->whole ? start->c->as_of : INT32_MIN);
    out_name(out, "whole");
    out_bool(out, start->whole);
}

void out_start(const Context *c, RowRef at)
{
    JsonOut *out = c->out;
    Start start = {.c = c, .at = at, .plot = -1, .latest = INT32_MIN, .whole = true};
    if (c->fields.land_state < 0 || c->fields.available_from < 0)
        return;
    out_name(out, "start");
    out_object(out);
    out_name(out, "steps");
    out_array(out);
    out_steps(&start);
    out_array_end(out);
    out_earliest(&start);
    out_object_end(out);
}

void out_set_start(const Context *c, const PlotSet *set)
{
    JsonOut *out = c->out;
    Start start = {.c = c, .latest = INT32_MIN, .whole = true};
    if (c->fields.land_state < 0 || c->fields.available_from < 0)
        return;
    out_name(out, "start");
    out_object(out);
    out_name(out, "steps");
    out_array(out);
    for (uint32_t i = 0; i < set->count; i++) {
        start.at = set->plots[i];
        start.plot = (int)i;
        out_steps(&start);
    }
    out_array_end(out);
    out_earliest(&start);
    out_object_end(out);
}

/* ---- what is waited for ---- */

static bool attr_is(const Field *field, const char *attr)
{
    return field->attr && strcmp(field->attr, attr) == 0;
}

static bool is_waited_for(const Context *c, const char *part)
{
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        if (strcmp(always[i], part) == 0)
            return true;
    return brief_speaks_of(c, part);
}

void find_services(Context *c)
{
    const Field *fields = c->info->fields;
    uint32_t count = c->info->field_count, *due = arena_array(c->arena, uint32_t, count);
    RankedService *waited = arena_array(c->arena, RankedService, count);
    for (uint32_t f = 0; f < count; f++) {
        if (attr_is(&fields[f], "in_service") && brief_speaks_of(c, fields[f].part))
            due[c->due_count++] = f;
        if (!attr_is(&fields[f], "state") || !is_waited_for(c, fields[f].part))
            continue;
        RankedService *service = &waited[c->waited_count++];
        *service = (RankedService){fields[f].part, f, -1};
        for (uint32_t g = 0; g < count; g++)
            if (attr_is(&fields[g], "in_service") && strcmp(fields[g].part, fields[f].part) == 0)
                service->in_service = (int)g;
    }
    c->waited = waited;
    c->due = due;
}
