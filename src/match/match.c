/* The scale of each term over all that fit or may fit, then each one's score, then the best of them in a heap
 * of bounded size. Integers throughout: parts are cut to whole hundredths, and a score is the sum of its
 * parts. */
#include "match/match.h"
#include "match/select.h"
#include <assert.h>
#include <string.h>

typedef struct TermScale {
    int32_t full;   /* hundredths for the best value */
    uint64_t gain;  /* SCORE_FULL * weight */
    uint64_t range; /* |best - worst| */
    int64_t worst;
} TermScale;

typedef struct Match {
    const Brief *brief;
    Checks tables[SEGMENTS_MAX];
    uint32_t table_count;
    uint64_t weights; /* their sum */
    int area;         /* the field to order by when there are no weights; -1: none */
    TermScale scale[BRIEF_TERMS_MAX];
} Match;

/* ---- the scale ---- */

static bool known_value(const Table *table, uint32_t field, uint32_t row, int64_t *ret)
{
    const Column *column = &table->columns[field];
    if (!column->values || !bits_get(column->known, row))
        return false;
    *ret = column_num(column, row); /* of a date: its first day */
    return true;
}

typedef struct Extremes {
    int64_t least, greatest;
    bool any;
} Extremes;

static void widen(const Table *table, uint32_t field, const uint32_t *rows, uint32_t count,
                  Extremes *extremes)
{
    for (uint32_t i = 0; i < count; i++) {
        int64_t value;
        if (!known_value(table, field, rows[i], &value))
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
    for (uint32_t t = 0; t < brief->term_count; t++)
        match->weights += (uint64_t)brief->terms[t].weight;
    for (uint32_t t = 0; t < brief->term_count; t++) {
        const Term *term = &brief->terms[t];
        TermScale *scale = &match->scale[t];
        Extremes extremes = {0};
        for (uint32_t s = 0; s < match->table_count; s++) {
            const Checks *checks = &match->tables[s];
            widen(checks->table, term->field, checks->fit, checks->fit_count, &extremes);
            widen(checks->table, term->field, checks->unknown, checks->unknown_count, &extremes);
        }
        ret->worst[t] = term->more ? extremes.least : extremes.greatest;
        ret->best[t] = term->more ? extremes.greatest : extremes.least;
        scale->worst = ret->worst[t];
        scale->range = (uint64_t)extremes.greatest - (uint64_t)extremes.least;
        scale->gain = (uint64_t)term->weight * SCORE_FULL;
        scale->full = match->weights ? (int32_t)(scale->gain / match->weights) : 0;
    }
}

/* ---- one site's score ---- */

/* floor(SCORE_FULL * weight * |value - worst| / (weights * range)): gain is at most 10^6 and weights at most
 * 1,200, so that with a range below 2^43 every product fits 64 bits. */
static int32_t part_of(const Match *match, const TermScale *scale, int64_t value)
{
    if (scale->range == 0 || scale->full == 0)
        return scale->full;
    uint64_t over = value > scale->worst ? (uint64_t)value - (uint64_t)scale->worst
                                         : (uint64_t)scale->worst - (uint64_t)value;
    if (scale->range < UINT64_C(1) << 43)
        return (int32_t)(scale->gain * over / (match->weights * scale->range));
    return (int32_t)((unsigned __int128)scale->gain * over /
                     ((unsigned __int128)match->weights * scale->range));
}

static void score_site(const Match *match, uint32_t segment, uint32_t row, Site *ret)
{
    const Table *table = match->tables[segment].table;
    ret->at = (RowRef){segment, row};
    ret->score = ret->score_high = 0;
    for (uint32_t t = 0; t < match->brief->term_count; t++) {
        uint32_t field = match->brief->terms[t].field;
        const Column *column = &table->columns[field];
        const TermScale *scale = &match->scale[t];
        int64_t value;
        if (known_value(table, field, row, &value)) {
            ret->parts[t] = part_of(match, scale, value);
            ret->score += ret->parts[t];
            ret->score_high += ret->parts[t];
        } else if (column->values && column->not_applicable && bits_get(column->not_applicable, row)) {
            ret->parts[t] = 0;
        } else {
            ret->parts[t] = -1;
            ret->score_high += scale->full;
        }
    }
}

/* ---- the best of many ---- */

typedef struct Entry {
    int64_t order; /* greater is better */
    Str key;       /* then by key */
    RowRef at;
} Entry;

/* A heap with the worst on top. */
typedef struct Best {
    Entry *entries;
    uint32_t count, room;
} Best;

static bool worse(const Entry *a, const Entry *b)
{
    return a->order != b->order ? a->order < b->order : str_cmp(a->key, b->key) > 0;
}

static void sink(Best *best, uint32_t at)
{
    Entry moving = best->entries[at];
    for (uint32_t child; (child = 2 * at + 1) < best->count; at = child) {
        if (child + 1 < best->count && worse(&best->entries[child + 1], &best->entries[child]))
            child++;
        if (!worse(&best->entries[child], &moving))
            break;
        best->entries[at] = best->entries[child];
    }
    best->entries[at] = moving;
}

static void offer_entry(Best *best, const Table *table, RowRef at, int64_t order)
{
    if (best->count == best->room && (best->room == 0 || order < best->entries[0].order))
        return;
    Entry entry = {order, table_key(table, at.row), at};
    if (best->count < best->room) {
        best->entries[best->count++] = entry;
        if (best->count == best->room)
            for (uint32_t i = best->count / 2; i-- > 0;)
                sink(best, i);
    } else if (worse(&best->entries[0], &entry)) {
        best->entries[0] = entry;
        sink(best, 0);
    }
}

/* Best first. */
static void sort_best(Best *best)
{
    uint32_t count = best->count;
    for (uint32_t i = count / 2; i-- > 0;)
        sink(best, i);
    while (best->count > 1) {
        Entry worst = best->entries[0];
        best->entries[0] = best->entries[--best->count];
        sink(best, 0);
        best->entries[best->count] = worst;
    }
    best->count = count;
}

static int64_t order_of(const Match *match, uint32_t segment, uint32_t row, bool high)
{
    if (match->weights == 0) {
        int64_t area = INT64_MIN;
        if (match->area >= 0)
            (void)known_value(match->tables[segment].table, (uint32_t)match->area, row, &area);
        return area;
    }
    Site site;
    score_site(match, segment, row, &site);
    return high ? site.score_high : site.score;
}

static const Site *best_sites(Arena *arena, const Match *match, bool unknown, uint32_t *ret_count)
{
    Best best = {.room = match->brief->top < BRIEF_TOP_MAX ? match->brief->top : BRIEF_TOP_MAX};
    best.entries = arena_array(arena, Entry, best.room);
    for (uint32_t s = 0; s < match->table_count; s++) {
        const Checks *checks = &match->tables[s];
        const uint32_t *rows = unknown ? checks->unknown : checks->fit;
        uint32_t count = unknown ? checks->unknown_count : checks->fit_count;
        for (uint32_t i = 0; i < count; i++)
            offer_entry(&best, checks->table, (RowRef){s, rows[i]}, order_of(match, s, rows[i], unknown));
    }
    sort_best(&best);
    Site *sites = arena_zarray(arena, Site, best.count);
    for (uint32_t i = 0; i < best.count; i++) {
        RowRef at = best.entries[i].at;
        score_site(match, at.segment, at.row, &sites[i]);
        if (unknown)
            sites[i].asks = checks_asks(&match->tables[at.segment], match->brief, at.row);
    }
    *ret_count = best.count;
    return sites;
}

void match_tables(Arena *arena, const Table *const *tables, uint32_t count, const Brief *brief,
                  MatchDetail detail, Ranking *ret)
{
    assert(count <= SEGMENTS_MAX && brief->term_count <= BRIEF_TERMS_MAX);
    Match match = {.brief = brief, .table_count = count, .area = field_index(brief->kind, STR("area_m2"))};
    *ret = (Ranking){.brief = brief};
    for (uint32_t s = 0; s < count; s++) {
        checks_run(arena, tables[s], brief, detail == MATCH_EXPLAINED ? ret->counts : NULL, &match.tables[s]);
        ret->candidates += tables[s]->live_count;
        ret->fit += match.tables[s].fit_count;
        ret->unknown += match.tables[s].unknown_count;
    }
    ret->excluded = ret->candidates - ret->fit - ret->unknown;
    scale_terms(&match, ret);
    ret->sites = best_sites(arena, &match, false, &ret->site_count);
    ret->unknowns = best_sites(arena, &match, true, &ret->unknown_count);
}

void match_run(Arena *arena, const Atlas *atlas, const Brief *brief, MatchDetail detail, Ranking *ret)
{
    const Table *tables[SEGMENTS_MAX];
    uint32_t count = atlas_segments(atlas);
    for (uint32_t s = 0; s < count; s++)
        tables[s] = atlas_table(atlas, brief->kind, s);
    match_tables(arena, tables, count, brief, detail, ret);
}
