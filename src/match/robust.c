/* A weight changed by a fifth moves a site's score against another's by at most a fifth of the weight's share
 * before all is shared out anew: W' (S'a - S'b) = W (Sa - Sb) ± w/5 (ua - ub), with u in 0 … 1. So who can be
 * first or second in a trial is at most that share behind the second of the ranking; the others are not
 * looked at. Cutting parts to hundredths blurs both scores by less than one hundredth a term. */
#include "match/robust.h"
#include <stdlib.h>

typedef struct Contender {
    Scored site;
    Str key;
} Contender;

typedef struct Trials {
    const Scale *scale;
    Contender *contenders; /* in the order of the ranking */
    uint32_t count;
} Trials;

static int contender_order(const void *a, const void *b)
{
    const Contender *x = a, *y = b;
    if (x->site.score != y->site.score)
        return x->site.score > y->site.score ? -1 : 1;
    return str_cmp(x->key, y->key);
}

static int32_t second_score(const Scored *fit, uint32_t count)
{
    int32_t first = INT32_MIN, second = INT32_MIN;
    for (uint32_t i = 0; i < count; i++) {
        if (fit[i].score > first) {
            second = first;
            first = fit[i].score;
        } else if (fit[i].score > second) {
            second = fit[i].score;
        }
    }
    return second == INT32_MIN ? first : second;
}

/* How far behind the second a site may be and still matter when this term's weight changes. */
static int32_t margin_of(const Brief *brief, uint32_t term, uint64_t fifths)
{
    uint64_t share = SCORE_FULL * (uint64_t)brief->terms[term].weight / fifths; /* a fifth of it */
    return (int32_t)share + 1 + 2 * (int32_t)brief->term_count;
}

static void gather(Arena *arena, Trials *trials, const Scored *fit, uint32_t count)
{
    const Brief *brief = trials->scale->brief;
    int32_t margin = 0, second = second_score(fit, count);
    for (uint32_t t = 0; t < brief->term_count; t++) {
        int32_t own = margin_of(brief, t, trials->scale->weights);
        margin = own > margin ? own : margin;
    }
    for (uint32_t i = 0; i < count; i++)
        trials->count += fit[i].score >= second - margin;
    trials->contenders = arena_array(arena, Contender, trials->count);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++)
        if (fit[i].score >= second - margin)
            trials->contenders[kept++] = (Contender){
                fit[i], table_key(trials->scale->sources->tables[fit[i].at.segment], fit[i].at.row)};
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
        trials->contenders[some].site.score - margin_of(scale.brief, trial->term, trials->scale->weights);
    for (uint32_t i = 0; i < trials->count && trials->contenders[i].site.score >= floor; i++) {
        const Contender *one = &trials->contenders[i];
        Site site;
        score_site(&scale, one->site.at, &site);
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
    trial->first = trials->contenders[at].site.at;
    trial->rank = at + 1;
    trial->lead = at > 0 ? first - former : second < 0 ? -1 : first - second;
}

void robust_try(Arena *arena, const Scale *scale, const Scored *fit, uint32_t count, Ranking *ret)
{
    const Brief *brief = scale->brief;
    if (count == 0 || scale->weights == 0)
        return;
    Trials trials = {.scale = scale};
    gather(arena, &trials, fit, count);
    Trial *all = arena_array(arena, Trial, 2 * brief->term_count);
    for (uint32_t t = 0; t < brief->term_count; t++)
        for (int more = 0; more < 2 && brief->terms[t].weight > 0; more++) {
            Trial *trial = &all[ret->trial_count++];
            *trial = (Trial){.term = t, .more = more};
            run_trial(&trials, trial);
        }
    ret->trials = all;
}
