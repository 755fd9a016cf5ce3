#include "app/ranking_form.h"

static void out_distance(const Context *c, RowRef at, const Nearness *near, const char *name, uint32_t n)
{
    int64_t metres;
    if (!near || !match_distance(c->ranking, at, near, &metres))
        return;
    out_object(c->out);
    out_name(c->out, name);
    out_int(c->out, n);
    out_name(c->out, "m");
    out_int(c->out, metres);
    out_object_end(c->out);
}

/* What the brief asks of the ground is no field of the row: it stands beside it. */
static void out_distances(const Context *c, RowRef at)
{
    const Brief *brief = c->ranking->brief;
    bool any = false;
    for (uint32_t n = 0; n < brief->condition_count; n++)
        any |= brief->conditions[n].near != NULL;
    for (uint32_t t = 0; t < brief->term_count; t++)
        any |= brief->terms[t].near != NULL;
    if (!any)
        return;
    out_name(c->out, "distances");
    out_array(c->out);
    for (uint32_t n = 0; n < brief->condition_count; n++)
        out_distance(c, at, brief->conditions[n].near, "n", n);
    for (uint32_t t = 0; t < brief->term_count; t++)
        out_distance(c, at, brief->terms[t].near, "term", t);
    out_array_end(c->out);
}

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
    out_distances(c, site->at);
    out_warnings(c, site);
    out_start(c, site->at);
}

/* Who owes the first of what is asked. */
static const Office *first_office(const Context *c, const Site *site)
{
    const Brief *brief = c->ranking->brief;
    uint32_t bit = site->asks ? (uint32_t)__builtin_ctzll(site->asks) : FILTER_ASKS_BIT;
    return office_to_ask(c->offices, brief, site->at, bit);
}

void out_sites(const Context *c)
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
        out_name(out, "asks");
        out_bits(c, site->asks);
        out_name(out, "office");
        out_office(c, first_office(c, site));
        out_object_end(out);
    }
    out_array_end(out);
}

static const char *end_name(Side side)
{
    return side == SIDE_LEAST ? "min" : "max";
}

void out_near_misses(const Context *c)
{
    JsonOut *out = c->out;
    const Ranking *ranking = c->ranking;
    out_name(out, "near_misses");
    out_array(out);
    for (uint32_t i = 0; i < ranking->near_miss_count; i++) {
        const NearMiss *miss = &ranking->near_misses[i];
        out_object(out);
        out_name(out, "entity");
        out_entity(out, c->arena, c->atlas, c->info->kind, miss->at, (EntityJson){0});
        out_distances(c, miss->at);
        out_name(out, "n");
        out_int(out, miss->condition);
        if (miss->side != SIDE_NONE) {
            const Field *field = condition_field(ranking->brief, miss->condition);
            out_name(out, "end");
            out_c(out, end_name(miss->side));
            out_name(out, "by");
            out_fixed(out, miss->by, field->type == FIELD_DATE ? 0 : field->decimals);
        }
        out_object_end(out);
    }
    out_array_end(out);
}
