/* The scale of each term over all that fit or may fit, then each one's score, then the best of them in a heap
 * of bounded size; and, if it is to be explained, who is near, what would gain sites, and whether first place
 * holds. */
#include "match/match.h"
#include "match/ask.h"
#include "match/assemble.h"
#include "match/best.h"
#include "match/near.h"
#include "match/robust.h"
#include <assert.h>

typedef struct Match {
    Arena *arena;
    const Brief *brief;
    const Sources *sources;
    Checks checks[SEGMENTS_MAX];
    Survivors fit, unknown;
    const double *estimates; /* of the fit */
    uint32_t table_count;
    int area; /* the field to order by when there are no weights; -1: none */
    Scale scale;
    uint32_t scaled; /* bit t: some value of term t is known */
} Match;

/* ---- the scale ---- */

static void scale_terms(Match *match, Ranking *ret)
{
    const Brief *brief = match->brief;
    for (uint32_t t = 0; t < brief->term_count; t++) {
        Extremes extremes = {0};
        survivors_widen(&match->fit, t, &extremes);
        survivors_widen(&match->unknown, t, &extremes);
        match->scaled |= (uint32_t)extremes.any << t;
        ret->worst[t] = brief->terms[t].more ? extremes.least : extremes.greatest;
        ret->best[t] = brief->terms[t].more ? extremes.greatest : extremes.least;
    }
    scale_init(&match->scale, match->sources, ret->worst, ret->best);
    ret->weighed = match->scale.weights > 0;
}

/* ---- the best ---- */

static int64_t area_of(const Match *match, RowRef at)
{
    const Column *column = match->area < 0 ? NULL : &match->sources->tables[at.segment]->columns[match->area];
    bool known = column && column->values && bits_get(column->known, at.row);
    return known ? column_num(column, at.row) : INT64_MIN;
}

/* Who cannot be among the best by the estimate is not scored. */
static void offer_all(const Match *match, const Survivors *survivors, const double *estimates, bool unknown,
                      Best *best)
{
    for (uint32_t i = 0; i < survivors->count; i++) {
        Site site;
        RowRef at = survivors->at[i];
        int64_t order;
        if (match->scale.weights == 0) {
            order = area_of(match, at);
        } else {
            if (estimates[i] + ESTIMATE_SLACK < (double)best_floor(best))
                continue;
            survivors_score(survivors, &match->scale, i, &site);
            order = unknown ? site.score_high : site.score;
        }
        best_offer(best, match->sources->tables[at.segment], at, order, i);
    }
}

static const Site *best_sites(const Match *match, bool unknown, const double *estimates, uint32_t *ret_count)
{
    Best best;
    const Survivors *survivors = unknown ? &match->unknown : &match->fit;
    best_init(match->arena, match->brief->top, &best);
    offer_all(match, survivors, estimates, unknown, &best);
    best_sort(&best);
    Site *sites = arena_zarray(match->arena, Site, best.count);
    for (uint32_t i = 0; i < best.count; i++) {
        survivors_score(survivors, &match->scale, best.entries[i].tag, &sites[i]);
        if (unknown)
            sites[i].asks = checks_asks(&match->checks[sites[i].at.segment], sites[i].at.row);
    }
    *ret_count = best.count;
    return sites;
}

static void explain(const Match *match, Ranking *ret)
{
    for (uint32_t s = 0; s < match->table_count; s++)
        ret->near += match->checks[s].near_count;
    ret->excluded -= ret->near;
    near_rank(match->arena, match->checks, match->table_count, ret);
    near_relax(match->arena, match->checks, match->table_count, ret);
    near_none(match->arena, match->checks, match->table_count, ret);
    Offices *offices =
        offices_new(match->arena, match->sources->atlas, match->sources->tables, match->table_count);
    ask_rank(match->arena, offices, match->checks, match->table_count, ret);
    robust_try(match->arena, &match->scale, &match->fit, match->estimates, ret);
    if (match->brief->assemble)
        assemble_run(match->arena, match->checks, match->table_count, match->scaled, ret);
}

static void run(Match *match, MatchDetail detail, Ranking *ret)
{
    const Brief *brief = match->brief;
    bool explained = detail == MATCH_EXPLAINED;
    assert(match->table_count <= SEGMENTS_MAX && brief->term_count <= BRIEF_TERMS_MAX);
    match->area = field_index(brief->kind, STR("area_m2"));
    *ret = (Ranking){.brief = brief, .sources = match->sources};
    for (uint32_t s = 0; s < match->table_count; s++) {
        Checks *checks = &match->checks[s];
        checks_run(match->arena, match->sources, s, explained ? ret->counts : NULL, checks);
        ret->candidates += match->sources->tables[s]->live_count;
        ret->fit += checks->fit.count;
        ret->unknown += checks->unknown.count;
    }
    ret->excluded = ret->candidates - ret->fit - ret->unknown;
    survivors_read(match->arena, match->sources, match->checks, false, &match->fit);
    survivors_read(match->arena, match->sources, match->checks, true, &match->unknown);
    scale_terms(match, ret);
    match->estimates = survivors_estimate(match->arena, &match->fit, &match->scale, false);
    ret->sites = best_sites(match, false, match->estimates, &ret->site_count);
    ret->unknowns =
        best_sites(match, true, survivors_estimate(match->arena, &match->unknown, &match->scale, true),
                   &ret->unknown_count);
    if (explained)
        explain(match, ret);
}

static void run_tables(Arena *arena, const Atlas *atlas, const Table *const *tables, uint32_t count,
                       const Brief *brief, MatchDetail detail, Ranking *ret)
{
    Match match = {.arena = arena, .brief = brief, .table_count = count};
    match.sources = sources_new(arena, atlas, tables, count, brief);
    run(&match, detail, ret);
}

void match_tables(Arena *arena, const Table *const *tables, uint32_t count, const Brief *brief,
                  MatchDetail detail, Ranking *ret)
{
    run_tables(arena, NULL, tables, count, brief, detail, ret);
}

void match_run(Arena *arena, const Atlas *atlas, const Brief *brief, MatchDetail detail, Ranking *ret)
{
    const Table **tables = arena_array(arena, const Table *, SEGMENTS_MAX);
    uint32_t count = atlas_segments(atlas);
    for (uint32_t s = 0; s < count; s++)
        tables[s] = atlas_table(atlas, brief->kind, s);
    run_tables(arena, atlas, tables, count, brief, detail, ret);
}
