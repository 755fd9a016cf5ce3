/* The scale of each term over all that fit or may fit, then each one's score, then the best of them in a heap
 * of bounded size; and, if it is to be explained, who is near, what would gain sites, and whether first place
 * holds. */
#include "match/match.h"
#include "match/ask.h"
#include "match/best.h"
#include "match/near.h"
#include "match/robust.h"
#include <assert.h>

typedef struct Match {
    Arena *arena;
    const Brief *brief;
    const Sources *sources;
    Checks checks[SEGMENTS_MAX];
    uint32_t table_count;
    int area; /* the field to order by when there are no weights; -1: none */
    Scale scale;
} Match;

/* ---- the scale ---- */

typedef struct Extremes {
    int64_t least, greatest;
    bool any;
} Extremes;

static void widen(const Sources *sources, uint32_t segment, uint32_t term, const Rows *rows,
                  Extremes *extremes)
{
    for (uint32_t i = 0; i < rows->count; i++) {
        int64_t value;
        if (sources_term(sources, (RowRef){segment, rows->at[i]}, term, &value) != VALUE_KNOWN)
            continue;
        if (!extremes->any || value < extremes->least)
            extremes->least = value;
        if (!extremes->any || value > extremes->greatest)
            extremes->greatest = value;
        extremes->any = true;
    }
}

static void scale_terms(Match *match, Ranking *ret)
{
    const Brief *brief = match->brief;
    for (uint32_t t = 0; t < brief->term_count; t++) {
        const Term *term = &brief->terms[t];
        Extremes extremes = {0};
        for (uint32_t s = 0; s < match->table_count; s++) {
            widen(match->sources, s, t, &match->checks[s].fit, &extremes);
            widen(match->sources, s, t, &match->checks[s].unknown, &extremes);
        }
        ret->worst[t] = term->more ? extremes.least : extremes.greatest;
        ret->best[t] = term->more ? extremes.greatest : extremes.least;
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

/* Offers every fit (or unknown) row; with `ret_scores`, keeps their scores there. */
static void offer_rows(const Match *match, bool unknown, Best *best, Scored *ret_scores)
{
    for (uint32_t s = 0; s < match->table_count; s++) {
        const Rows *rows = unknown ? &match->checks[s].unknown : &match->checks[s].fit;
        for (uint32_t i = 0; i < rows->count; i++) {
            Site site;
            RowRef at = {s, rows->at[i]};
            int64_t order;
            if (match->scale.weights == 0) {
                order = area_of(match, at);
            } else {
                score_site(&match->scale, at, &site);
                order = unknown ? site.score_high : site.score;
                if (ret_scores)
                    *ret_scores++ = (Scored){at, site.score};
            }
            best_offer(best, match->sources->tables[s], at, order, 0);
        }
    }
}

static const Site *best_sites(const Match *match, bool unknown, Scored *ret_scores, uint32_t *ret_count)
{
    Best best;
    best_init(match->arena, match->brief->top, &best);
    offer_rows(match, unknown, &best, ret_scores);
    best_sort(&best);
    Site *sites = arena_zarray(match->arena, Site, best.count);
    for (uint32_t i = 0; i < best.count; i++) {
        RowRef at = best.entries[i].at;
        score_site(&match->scale, at, &sites[i]);
        if (unknown)
            sites[i].asks = checks_asks(&match->checks[at.segment], at.row);
    }
    *ret_count = best.count;
    return sites;
}

static void explain(const Match *match, const Scored *scores, Ranking *ret)
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
    robust_try(match->arena, &match->scale, scores, ret->fit, ret);
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
    scale_terms(match, ret);
    Scored *scores = explained ? arena_array(match->arena, Scored, ret->fit) : NULL;
    ret->sites = best_sites(match, false, scores, &ret->site_count);
    ret->unknowns = best_sites(match, true, NULL, &ret->unknown_count);
    if (explained)
        explain(match, scores, ret);
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
