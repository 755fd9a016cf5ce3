/* Plots put together: each set with its plots, whose they are, in which states, and what still stands in the
 * way. */
#include "app/ranking_form.h"

/* What several plots have in common, in the order in which it is met first. */
typedef struct Share {
    const Office *office; /* NULL: nobody is named */
    Str state;
    uint32_t plots;
} Share;

static void out_owners(const Context *c, const PlotSet *set)
{
    JsonOut *out = c->out;
    Share shares[ASSEMBLE_PLOTS_MAX];
    uint32_t count = 0;
    for (uint32_t i = 0; i < set->count; i++) {
        uint32_t at = 0;
        const Office *office = office_of(c->offices, set->plots[i], NULL);
        while (at < count && shares[at].office != office)
            at++;
        if (at == count)
            shares[count++] = (Share){.office = office};
        shares[at].plots++;
    }
    out_name(out, "owners");
    out_array(out);
    for (uint32_t i = 0; i < count; i++) {
        out_object(out);
        out_name(out, "office");
        out_office(c, shares[i].office);
        out_name(out, "plots");
        out_int(out, shares[i].plots);
        out_object_end(out);
    }
    out_array_end(out);
}

static void out_states(const Context *c, const PlotSet *set)
{
    JsonOut *out = c->out;
    Share shares[ASSEMBLE_PLOTS_MAX];
    uint32_t count = 0;
    if (c->fields.land_state < 0)
        return;
    for (uint32_t i = 0; i < set->count; i++) {
        uint32_t at = 0;
        Value value = value_of(c, set->plots[i], c->fields.land_state);
        Str state = value.state == VALUE_KNOWN ? value.text : STR("");
        while (at < count && !str_eq(shares[at].state, state))
            at++;
        if (at == count)
            shares[count++] = (Share){.state = state};
        shares[at].plots++;
    }
    out_name(out, "states");
    out_array(out);
    for (uint32_t i = 0; i < count; i++) {
        out_object(out);
        out_name(out, "state");
        if (shares[i].state.len > 0)
            out_str(out, shares[i].state);
        else
            out_null(out);
        out_name(out, "plots");
        out_int(out, shares[i].plots);
        out_object_end(out);
    }
    out_array_end(out);
}

static void out_scores(const Context *c, const PlotSet *set)
{
    JsonOut *out = c->out;
    const Brief *brief = c->ranking->brief;
    out_name(out, "score");
    out_fixed(out, set->score, 2);
    if (set->score_high != set->score) {
        out_name(out, "score_high");
        out_fixed(out, set->score_high, 2);
    }
    out_name(out, "parts");
    out_array(out);
    for (uint32_t t = 0; t < brief->term_count; t++) {
        if (set->parts[t] < 0)
            out_null(out);
        else
            out_fixed(out, set->parts[t], 2);
    }
    out_array_end(out);
    out_name(out, "values");
    out_array(out);
    for (uint32_t t = 0; t < brief->term_count; t++) {
        if (set->states[t] != VALUE_KNOWN)
            out_null(out);
        else
            out_number_of(c, term_field(brief, t), set->values[t]);
    }
    out_array_end(out);
}

static void out_set(const Context *c, const PlotSet *set)
{
    JsonOut *out = c->out;
    uint32_t area = c->ranking->brief->assemble->condition;
    out_name(out, "plots");
    out_array(out);
    for (uint32_t i = 0; i < set->count; i++)
        out_entity(out, c->arena, c->atlas, c->info->kind, set->plots[i], (EntityJson){0});
    out_array_end(out);
    out_name(out, "area_m2");
    out_number_of(c, condition_field(c->ranking->brief, area), set->area);
    out_name(out, "compactness");
    out_fixed(out, set->compactness, 4);
    out_name(out, "gap");
    out_fixed(out, set->gap_cm, 2);
    out_name(out, "exact");
    out_bool(out, set->exact);
    out_scores(c, set);
    out_owners(c, set);
    out_states(c, set);
    out_set_start(c, set);
}

static void out_scale_of_sets(const Context *c)
{
    JsonOut *out = c->out;
    const Brief *brief = c->ranking->brief;
    out_name(out, "sets_scale");
    out_array(out);
    for (uint32_t t = 0; t < brief->term_count; t++) {
        out_object(out);
        out_name(out, "worst");
        out_number_of(c, term_field(brief, t), c->ranking->set_worst[t]);
        out_name(out, "best");
        out_number_of(c, term_field(brief, t), c->ranking->set_best[t]);
        out_object_end(out);
    }
    out_array_end(out);
}

void out_sets(const Context *c)
{
    JsonOut *out = c->out;
    const Ranking *ranking = c->ranking;
    const Assemble *assemble = ranking->brief->assemble;
    if (!assemble)
        return;
    out_name(out, "assemble");
    out_object(out);
    out_name(out, "gap_m");
    out_int(out, assemble->gap_m);
    out_name(out, "max_plots");
    out_int(out, assemble->plots_max);
    out_name(out, "n");
    out_int(out, assemble->condition);
    out_name(out, "material");
    out_int(out, ranking->material_count);
    out_name(out, "left_out");
    out_int(out, ranking->material_out);
    out_object_end(out);
    out_name(out, "sets");
    out_array(out);
    for (uint32_t i = 0; i < ranking->set_count; i++) {
        out_object(out);
        out_name(out, "rank");
        out_int(out, i + 1);
        out_set(c, &ranking->sets[i]);
        out_object_end(out);
    }
    out_array_end(out);
    out_name(out, "sets_count");
    out_int(out, ranking->sets_found);
    out_name(out, "sets_bounded");
    out_bool(out, ranking->sets_bounded);
    out_scale_of_sets(c);
}
