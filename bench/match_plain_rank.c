#include "match_plain_rank.h"
#include <stdlib.h>
#include <string.h>

/* What the terms of a brief are about, and how they are weighed. */
typedef struct Weighing {
    const Brief *brief;
    const int64_t *values[BRIEF_TERMS_MAX];
    const uint8_t *states[BRIEF_TERMS_MAX]; /* NULL: a distance, known unless it is below 0 */
    int64_t worst[BRIEF_TERMS_MAX], best[BRIEF_TERMS_MAX];
    int64_t weights[BRIEF_TERMS_MAX], sum;
    const PlainField *area;
} Weighing;

void plain_offer(PlainBest *best, uint32_t *count, uint32_t room, PlainBest one)
{
    uint32_t at = *count;
    if (room == 0)
        return;
    if (at == room) {
        const PlainBest *last = &best[at - 1];
        if (one.order < last->order || (one.order == last->order && str_cmp(one.key, last->key) > 0))
            return;
        at--;
    } else {
        ++*count;
    }
    for (; at > 0 && (one.order > best[at - 1].order ||
                      (one.order == best[at - 1].order && str_cmp(one.key, best[at - 1].key) < 0));
         at--)
        best[at] = best[at - 1];
    best[at] = one;
}

/* ---- scores ---- */

static uint8_t term_state(const Weighing *w, uint32_t t, uint32_t row)
{
    return w->states[t] ? w->states[t][row] : w->values[t][row] < 0 ? VALUE_UNKNOWN : VALUE_KNOWN;
}

static bool live(const Plain *plain, uint32_t row)
{
    return bits_get(plain->table->live, row);
}

static void weigh(Plain *plain, const Brief *brief, Weighing *ret)
{
    *ret = (Weighing){.brief = brief,
                      .area = plain_field(plain, (uint32_t)field_index(KIND_PARCEL, STR("area_m2")))};
    for (uint32_t t = 0; t < brief->term_count; t++) {
        const Term *term = &brief->terms[t];
        int64_t least = INT64_MAX, most = INT64_MIN;
        ret->values[t] =
            term->near ? plain_metres(plain, term->near) : plain_field(plain, term->field)->first;
        ret->states[t] = term->near ? NULL : plain_field(plain, term->field)->states;
        ret->weights[t] = term->weight;
        ret->sum += term->weight;
        for (uint32_t row = 0; row < plain->rows; row++) {
            if (plain->noes[row] || !live(plain, row) || term_state(ret, t, row) != VALUE_KNOWN)
                continue;
            least = ret->values[t][row] < least ? ret->values[t][row] : least;
            most = ret->values[t][row] > most ? ret->values[t][row] : most;
        }
        if (least <= most) {
            ret->worst[t] = term->more ? least : most;
            ret->best[t] = term->more ? most : least;
        }
    }
}

/* SCORE_FULL * weight / (sum of weights) * (value - worst) / (best - worst), cut. */
static int64_t part_of(const Weighing *w, uint32_t t, int64_t value)
{
    int64_t gain = SCORE_FULL * w->weights[t], over = llabs(value - w->worst[t]), product;
    int64_t range = llabs(w->best[t] - w->worst[t]);
    if (w->sum == 0)
        return 0;
    if (range == 0)
        return gain / w->sum;
    if (!__builtin_mul_overflow(gain, over, &product))
        return product / (w->sum * range);
    return (int64_t)((__int128)gain * over / ((__int128)w->sum * range));
}

static void score_of(const Weighing *w, uint32_t row, Site *ret)
{
    *ret = (Site){.at = {0, row}};
    for (uint32_t t = 0; t < w->brief->term_count; t++) {
        uint8_t state = term_state(w, t, row);
        if (state == VALUE_KNOWN) {
            ret->parts[t] = (int32_t)part_of(w, t, w->values[t][row]);
            ret->score += ret->parts[t];
            ret->score_high += ret->parts[t];
        } else if (state != VALUE_NOT_APPLICABLE) {
            ret->parts[t] = -1;
            ret->score_high += (int32_t)(w->sum ? SCORE_FULL * w->weights[t] / w->sum : 0);
        }
    }
}

static int64_t order_of(const Weighing *w, uint32_t row, bool unknown)
{
    Site site;
    if (w->sum == 0)
        return w->area->states[row] == VALUE_KNOWN ? w->area->first[row] : INT64_MIN;
    score_of(w, row, &site);
    return unknown ? site.score_high : site.score;
}

/* ---- who comes first ---- */

static uint64_t asks_of(const Plain *plain, const Brief *brief, uint32_t row)
{
    uint64_t asks = 0;
    for (uint32_t c = 0; c < brief->condition_count; c++)
        asks |= (uint64_t)(plain->answers[(size_t)c * plain->rows + row] == MAYBE) << c;
    return asks;
}

static bool same_sites(const Plain *plain, const Weighing *w, bool unknown, const Site *sites, uint32_t count)
{
    PlainBest best[BRIEF_TOP_MAX];
    uint32_t kept = 0;
    for (uint32_t row = 0; row < plain->rows; row++)
        if (plain->noes[row] == 0 && (plain->verdicts[row] == MAYBE) == unknown && live(plain, row))
            plain_offer(best, &kept, w->brief->top,
                        (PlainBest){order_of(w, row, unknown), table_key(plain->table, row), row, 0});
    if (count != kept)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        Site want;
        score_of(w, best[i].row, &want);
        want.asks = asks_of(plain, w->brief, best[i].row);
        if (sites[i].at.segment != 0 || sites[i].at.row != want.at.row || sites[i].score != want.score ||
            sites[i].score_high != want.score_high || sites[i].asks != want.asks ||
            memcmp(sites[i].parts, want.parts, w->brief->term_count * sizeof *want.parts) != 0)
            return false;
    }
    return true;
}

const char *plain_rank(Plain *plain, const Brief *brief, const Ranking *ranking)
{
    Weighing w;
    uint32_t candidates = 0, fit = 0, unknown = 0;
    weigh(plain, brief, &w);
    for (uint32_t row = 0; row < plain->rows; row++) {
        bool stays = plain->noes[row] == 0;
        if (!live(plain, row))
            continue;
        candidates++;
        fit += stays && plain->verdicts[row] == YES;
        unknown += stays && plain->verdicts[row] == MAYBE;
    }
    if (ranking->candidates != candidates || ranking->fit != fit || ranking->unknown != unknown)
        return "how many fit or may";
    if (ranking->near + ranking->excluded != candidates - fit - unknown)
        return "how many are out";
    for (uint32_t t = 0; t < brief->term_count; t++)
        if (ranking->worst[t] != w.worst[t] || ranking->best[t] != w.best[t])
            return "the scale";
    if (ranking->weighed != (w.sum > 0))
        return "whether it is weighed";
    if (!same_sites(plain, &w, false, ranking->sites, ranking->site_count))
        return "the sites";
    return same_sites(plain, &w, true, ranking->unknowns, ranking->unknown_count) ? NULL
                                                                                  : "the unknown sites";
}

/* ---- weights a fifth more or less ---- */

typedef struct Lead {
    PlainBest best[2]; /* with the changed weights */
    uint32_t count;
} Lead;

static const char *try_weight(Plain *plain, const Weighing *w, const Weighing *changed, const Trial *trial)
{
    Lead before = {.count = 0}, after = {.count = 0};
    uint32_t rank = 1;
    for (uint32_t row = 0; row < plain->rows; row++) {
        if (plain->noes[row] || plain->verdicts[row] != YES || !live(plain, row))
            continue;
        Str key = table_key(plain->table, row);
        plain_offer(before.best, &before.count, 2, (PlainBest){order_of(w, row, false), key, row, 0});
        plain_offer(after.best, &after.count, 2, (PlainBest){order_of(changed, row, false), key, row, 0});
    }
    PlainBest first = after.best[0];
    first.order = order_of(w, first.row, false);
    for (uint32_t row = 0; row < plain->rows; row++) {
        if (plain->noes[row] || plain->verdicts[row] != YES || !live(plain, row))
            continue;
        int64_t order = order_of(w, row, false);
        rank += order > first.order ||
                (order == first.order && str_cmp(table_key(plain->table, row), first.key) < 0);
    }
    int64_t lead = rank > 1          ? after.best[0].order - order_of(changed, before.best[0].row, false)
                   : after.count < 2 ? -1
                                     : after.best[0].order - after.best[1].order;
    bool same = trial->first.row == first.row && trial->rank == rank && trial->lead == lead;
    return same ? NULL : "a trial";
}

const char *plain_trials(Plain *plain, const Brief *brief, const Ranking *ranking)
{
    Weighing w;
    uint32_t n = 0;
    weigh(plain, brief, &w);
    if (w.sum == 0 || ranking->fit == 0)
        return ranking->trial_count == 0 ? NULL : "trials where there are none";
    for (uint32_t t = 0; t < brief->term_count; t++)
        for (int more = 0; more < 2 && brief->terms[t].weight > 0; more++, n++) {
            Weighing changed = w;
            changed.sum = 0;
            for (uint32_t u = 0; u < brief->term_count; u++) {
                changed.weights[u] = w.weights[u] * (u != t ? 5 : more ? 6 : 4);
                changed.sum += changed.weights[u];
            }
            if (n >= ranking->trial_count || ranking->trials[n].term != t || ranking->trials[n].more != more)
                return "which trials";
            const char *differs = try_weight(plain, &w, &changed, &ranking->trials[n]);
            if (differs)
                return differs;
        }
    return n == ranking->trial_count ? NULL : "how many trials";
}
