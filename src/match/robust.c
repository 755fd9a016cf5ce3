/* A weight changed by a fifth moves a site's score against another's by at most a fifth of the weight's share
 * before all is shared out anew: W' (S'a - S'b) = W (Sa - Sb) ± w/5 (ua - ub), with u in 0 … 1. So who can be
 * first or second in a trial is at most that share behind the second of the ranking; the others are not
 * looked at. Cutting parts to hundredths blurs both scores by less than one hundredth a term. */
#include "match/robust.h"
#include <stdlib.h>

typedef struct Contender {
    uint32_t place; /* among the survivors */
    int32_t score;
    Str key;
} Contender;

typedef struct Trials {
    const Scale *scale;
    const Survivors *fit;
    Contender *contenders; /* in the order of the ranking */
    uint32_t count;
} Trials;

static int contender_order(const void *a, const void *b)
{
    const Contender *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return str_cmp(x->key, y->key);
}

static double second_of(const double *estimates, uint32_t count)
{
    double first = -1, second = -1;
    for (uint32_t i = 0; i < count; i++) {
        if (estimates[i] > first) {
            second = first;
            first = estimates[i];
        } else if (estimates[i] > second) {
            second = estimates[i];
        }
    }
    return second < 0 ? first : second;
}

/* How far behind the second a site may be and still matter when this term's weight changes. */
static int32_t margin_of(const Brief *brief, uint32_t term, uint64_t fifths)
{
    uint64_t share = SCORE_FULL * (uint64_t)brief->terms[term].weight / fifths; /* a fifth of it */
    return (int32_t)share + 1 + 2 * (int32_t)brief->term_count;
}

/* Scores are cut estimates: below them by less than one a term, on both sides of the comparison. */
static void gather(Arena *arena, Trials *trials, const double *estimates)
{
    const Scale *scale = trials->scale;
    const Survivors *fit = trials->fit;
    int32_t margin = 0;
    for (uint32_t t = 0; t < scale->brief->term_count; t++) {
        int32_t own = margin_of(scale->brief, t, scale->weights);
        margin = own > margin ? own : margin;
    }
    double floor = second_of(estimates, fit->count) - margin - 2 * (double)scale->brief->term_count - 1;
    for (uint32_t i = 0; i < fit->count; i++)
        trials->count += estimates[i] >= floor;
    trials->contenders = arena_array(arena, Contender, trials->count);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < fit->count; i++) {
        Site site;
        if (estimates[i] < floor)
            continue;
        survivors_score(fit, scale, i, &site);
        const Table *table = scale->sources->tables[fit->at[i].segment];
        trials->contenders[kept++] = (Contender){i, site.score, table_key(table, fit->at[i].row)};
    }
    qsort(trials->contenders, kept, sizeof *trials->contenders, contender_order);
}

/* The trial's first, and how far it leads. */
static void run_trial(const Trials *trials, Trial *trial)
{
    Scale scale;
    int32_t first = -1, second = -1, former = -1;
    uint32_t at = 0, some = trials->count < 2 ? 0 : 1;
    scale_reweigh(&scale, trials->scale, trial->term, trial->more ? WEIGHT_FIFTHS + 1 : WEIGHT_FIFTHS - 1);
    int32_t floor =
        trials->contenders[some].score - margin_of(scale.brief, trial->term, trials->scale->weights);
    for (uint32_t i = 0; i < trials->count && trials->contenders[i].score >= floor; i++) {
        const Contender *one = &trials->contenders[i];
        Site site;
        survivors_score(trials->fit, &scale, one->place, &site);
        former = i == 0 ? site.score : former;
        if (site.score > first ||
            (site.score == first && str_cmp(one->key, trials->contenders[at].key) < 0)) {
            second = first;
            first = site.score;
            at = i;
        } else if (site.score > second) {
            second = site.score;
        }
    }
    trial->first = trials->fit->at[trials->contenders[at].place];
    trial->rank = at + 1;
    trial->lead = at > 0 ? first - former : second < 0 ? -1 : first - second;
}

void robust_try(Arena *arena, const Scale *scale, const Survivors *fit, const double *estimates, Ranking *ret)
{
    const Brief *brief = scale->brief;
    if (fit->count == 0 || scale->weights == 0)
        return;
    Trials trials = {.scale = scale, .fit = fit};
    gather(arena, &trials, estimates);
    Trial *all = arena_array(arena, Trial, 2 * brief->term_count);
    for (uint32_t t = 0; t < brief->term_count; t++)
        for (int more = 0; more < 2 && brief->terms[t].weight > 0; more++) {
            Trial *trial = &all[ret->trial_count++];
            *trial = (Trial){.term = t, .more = more};
            run_trial(&trials, trial);
        }
    ret->trials = all;
}
