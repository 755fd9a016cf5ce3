/* Why the answer is as it is: what one change would gain, whom to ask, whether first place holds. */
#include "app/ranking_form.h"

static Str key_of(const Context *c, RowRef at)
{
    return table_key(atlas_table(c->atlas, c->info->kind, at.segment), at.row);
}

static void out_counted(const Context *c, const Field *field, const char *name, int64_t to, uint32_t gains)
{
    out_name(c->out, name);
    out_object(c->out);
    out_name(c->out, "to");
    out_number_of(c, field, to);
    out_name(c->out, "gains");
    out_int(c->out, gains);
    out_object_end(c->out);
}

static void out_relaxation(const Context *c, const Relaxation *relaxation)
{
    JsonOut *out = c->out;
    const Condition *condition = &c->ranking->brief->conditions[relaxation->condition];
    const Field *field = condition_field(c->ranking->brief, relaxation->condition);
    out_object(out);
    out_name(out, "n");
    out_int(out, relaxation->condition);
    out_subject(c, relaxation->condition);
    if (relaxation->side == SIDE_NONE) {
        out_name(out, "add");
        if (field->type == FIELD_BOOL)
            out_bool(out, str_is(relaxation->add, "true"));
        else
            out_str(out, relaxation->add);
        out_name(out, "gains");
        out_int(out, relaxation->gains);
    } else {
        bool least = relaxation->side == SIDE_LEAST;
        out_name(out, "end");
        out_c(out, least ? "min" : "max");
        out_name(out, "from");
        out_value(out, field, least ? &condition->least : &condition->greatest);
        out_counted(c, field, "least", relaxation->to, relaxation->gains);
        if (relaxation->far_gains > 0)
            out_counted(c, field, "step", relaxation->far_to, relaxation->far_gains);
    }
    out_object_end(out);
}

static void out_none(const Context *c)
{
    JsonOut *out = c->out;
    const NoFit *none = c->ranking->none;
    if (!none)
        return;
    out_name(out, "none");
    out_object(out);
    out_name(out, "most");
    out_int(out, none->most);
    out_name(out, "nearest");
    out_array(out);
    for (uint32_t i = 0; i < none->nearest_count; i++)
        out_int(out, none->nearest[i]);
    out_array_end(out);
    if (none->nearest_count > 0) {
        out_name(out, "site");
        out_str(out, key_of(c, none->site));
    }
    out_object_end(out);
}

static void out_ask(const Context *c)
{
    JsonOut *out = c->out;
    out_name(out, "ask");
    out_array(out);
    for (uint32_t i = 0; i < c->ranking->ask_count && i < BRIEF_TOP_MAX; i++) {
        const Ask *ask = &c->ranking->asks[i];
        const Office office = {0, ask->zh, ask->en};
        out_object(out);
        out_name(out, "office");
        out_office(c, ask->zh.len + ask->en.len ? &office : NULL);
        out_name(out, "sites");
        out_int(out, ask->sites);
        out_name(out, "gains");
        out_int(out, ask->gains);
        out_name(out, "asks");
        out_bits(c, ask->conditions);
        out_object_end(out);
    }
    out_array_end(out);
}

static void out_trial(const Context *c, const Trial *trial)
{
    enum { TENTHS_UP = 12, TENTHS_DOWN = 8 };
    JsonOut *out = c->out;
    const Term *term = &c->ranking->brief->terms[trial->term];
    out_object(out);
    out_name(out, "term");
    out_int(out, trial->term);
    out_name(out, "weight");
    out_fixed(out, term->weight * (trial->more ? TENTHS_UP : TENTHS_DOWN), 1);
    out_name(out, "first");
    out_str(out, key_of(c, trial->first));
    out_name(out, "rank");
    out_int(out, trial->rank);
    out_name(out, "lead");
    if (trial->lead < 0)
        out_null(out);
    else
        out_fixed(out, trial->lead, 2);
    out_object_end(out);
}

static void out_robust(const Context *c)
{
    JsonOut *out = c->out;
    uint32_t holds = 0;
    for (uint32_t i = 0; i < c->ranking->trial_count; i++)
        holds += c->ranking->trials[i].rank == 1;
    out_name(out, "robust");
    out_object(out);
    out_name(out, "trials");
    out_int(out, c->ranking->trial_count);
    out_name(out, "holds");
    out_int(out, holds);
    out_name(out, "each");
    out_array(out);
    for (uint32_t i = 0; i < c->ranking->trial_count; i++)
        out_trial(c, &c->ranking->trials[i]);
    out_array_end(out);
    out_object_end(out);
}

void out_why(const Context *c)
{
    out_name(c->out, "relaxations");
    out_array(c->out);
    for (uint32_t i = 0; i < c->ranking->relaxation_count; i++)
        out_relaxation(c, &c->ranking->relaxations[i]);
    out_array_end(c->out);
    out_none(c);
    out_ask(c);
    out_robust(c);
}
