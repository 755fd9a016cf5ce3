#include "match/score.h"

static void set_term(TermScale *term, uint64_t weight, uint64_t weights)
{
    term->gain = weight * SCORE_FULL;
    term->full = weights ? (int32_t)(term->gain / weights) : 0;
    term->divisor = weights * term->range;
}

void scale_init(Scale *ret, const Sources *sources, const int64_t *worst, const int64_t *best)
{
    const Brief *brief = sources->brief;
    *ret = (Scale){.brief = brief, .sources = sources};
    for (uint32_t t = 0; t < brief->term_count; t++)
        ret->weights += WEIGHT_FIFTHS * (uint64_t)brief->terms[t].weight;
    for (uint32_t t = 0; t < brief->term_count; t++) {
        TermScale *term = &ret->terms[t];
        term->worst = worst[t];
        term->range = worst[t] < best[t] ? (uint64_t)best[t] - (uint64_t)worst[t]
                                         : (uint64_t)worst[t] - (uint64_t)best[t];
        set_term(term, WEIGHT_FIFTHS * (uint64_t)brief->terms[t].weight, ret->weights);
    }
}

void scale_reweigh(Scale *ret, const Scale *from, uint32_t changed, uint32_t fifths)
{
    const Brief *brief = from->brief;
    uint64_t own = (uint64_t)brief->terms[changed].weight;
    *ret = *from;
    ret->weights = from->weights - own * WEIGHT_FIFTHS + own * fifths;
    for (uint32_t t = 0; t < brief->term_count; t++)
        set_term(&ret->terms[t], (uint64_t)brief->terms[t].weight * (t == changed ? fifths : WEIGHT_FIFTHS),
                 ret->weights);
}

/* gain is at most 6 * 10^6 and weights at most 7,200, so that with a range below 2^41 every product fits 64
 * bits. */
int32_t scale_part(const Scale *scale, uint32_t term, int64_t value)
{
    const TermScale *own = &scale->terms[term];
    if (own->range == 0 || own->full == 0)
        return own->full;
    uint64_t over =
        value > own->worst ? (uint64_t)value - (uint64_t)own->worst : (uint64_t)own->worst - (uint64_t)value;
    if (own->range < UINT64_C(1) << 41)
        return (int32_t)(own->gain * over / own->divisor);
    return (int32_t)((unsigned __int128)own->gain * over / ((unsigned __int128)scale->weights * own->range));
}

void score_part(const Scale *scale, uint32_t term, ValueState state, int64_t value, Site *ret)
{
    ret->parts[term] = 0;
    if (state == VALUE_KNOWN) {
        ret->parts[term] = scale_part(scale, term, value);
        ret->score += ret->parts[term];
        ret->score_high += ret->parts[term];
    } else if (state != VALUE_NOT_APPLICABLE) {
        ret->parts[term] = -1;
        ret->score_high += scale->terms[term].full;
    }
}
