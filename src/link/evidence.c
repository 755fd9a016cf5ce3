#include "link/evidence.h"
#include <math.h>
#include <string.h>

enum { LIKE_CHARS_MAX = 64 /* of a text are compared */ };

static const double alike = 0.80, nearly_same = 0.92, least_share = 1e-12, least_trained = 1e-6;

/* ---- texts ---- */

static uint32_t chars_of(Str text, uint32_t *ret)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.len && count < LIKE_CHARS_MAX;) {
        unsigned char lead = (unsigned char)text.ptr[i];
        size_t len = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        uint32_t c = 0; /* told apart, not decoded */
        for (size_t k = 0; k < len && i + k < text.len; k++)
            c = c << 8 | (unsigned char)text.ptr[i + k];
        ret[count++] = c;
        i += len;
    }
    return count;
}

/* Characters of both within half the longer's length of each other, and how many of them are out of order. */
static uint32_t matching(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count,
                         uint32_t *ret_moved)
{
    bool of_a[LIKE_CHARS_MAX] = {false}, of_b[LIKE_CHARS_MAX] = {false};
    uint32_t longer = a_count > b_count ? a_count : b_count, window = longer / 2 > 0 ? longer / 2 - 1 : 0,
             found = 0;
    for (uint32_t i = 0; i < a_count; i++) {
        uint32_t from = i > window ? i - window : 0,
                 end = i + window + 1 < b_count ? i + window + 1 : b_count;
        for (uint32_t k = from; k < end && !of_a[i]; k++)
            if (!of_b[k] && a[i] == b[k]) {
                of_a[i] = of_b[k] = true;
                found++;
            }
    }
    uint32_t moved = 0;
    for (uint32_t i = 0, k = 0; i < a_count; i++) {
        if (!of_a[i])
            continue;
        while (!of_b[k])
            k++;
        moved += a[i] != b[k++];
    }
    *ret_moved = moved / 2;
    return found;
}

double text_likeness(Str a, Str b)
{
    uint32_t x[LIKE_CHARS_MAX], y[LIKE_CHARS_MAX], moved, prefix = 0;
    uint32_t x_count = chars_of(a, x), y_count = chars_of(b, y);
    if (x_count == 0 || y_count == 0)
        return x_count == y_count;
    uint32_t found = matching(x, x_count, y, y_count, &moved);
    if (found == 0)
        return 0;
    double m = found, jaro = (m / x_count + m / y_count + (m - moved) / m) / 3;
    while (prefix < 4 && prefix < x_count && prefix < y_count && x[prefix] == y[prefix])
        prefix++;
    return jaro + prefix * 0.1 * (1 - jaro);
}

bool text_one_apart(Str a, Str b)
{
    uint32_t x[LIKE_CHARS_MAX], y[LIKE_CHARS_MAX];
    uint32_t x_count = chars_of(a, x), y_count = chars_of(b, y), head = 0, tail = 0;
    uint32_t least = x_count < y_count ? x_count : y_count, most = x_count > y_count ? x_count : y_count;
    while (head < least && x[head] == y[head])
        head++;
    while (tail < least - head && x[x_count - 1 - tail] == y[y_count - 1 - tail])
        tail++;
    uint32_t middle = most - head - tail;
    bool swapped = x_count == y_count && middle == 2 && x[head] == y[head + 1] && x[head + 1] == y[head];
    return swapped || (middle == 1 && most - least <= 1);
}

/* ---- levels ---- */

uint32_t comparison_levels(Comparison compare)
{
    return compare == COMPARE_SAME || compare == COMPARE_SET ? 2 : compare == COMPARE_TEXT ? 4 : 3;
}

static int text_level(const Terms *terms, const Feature *a, const Feature *b)
{
    if (a->a == b->a)
        return 3;
    double likeness = text_likeness(terms_text(terms, (uint32_t)a->a), terms_text(terms, (uint32_t)b->a));
    return likeness >= nearly_same ? 2 : likeness >= alike;
}

static bool share_a_word(Str a, Str b)
{
    while (a.len > 0) {
        Str word = str_cut(&a, ';'), rest = b;
        while (word.len > 0 && rest.len > 0)
            if (str_eq(str_cut(&rest, ';'), word))
                return true;
    }
    return false;
}

static int number_level(int64_t a, int64_t b)
{
    double apart = fabs((double)a - (double)b), size = fmax(fabs((double)a), fabs((double)b));
    return apart <= size / 1000 ? 2 : apart <= size / 10;
}

static int level_of(const Evidence *evidence, uint32_t field, const Feature *a, const Feature *b)
{
    if (!a->known || !b->known)
        return LEVEL_BLANK;
    switch (evidence->rules[field].compare) {
    case COMPARE_SAME:
        return a->a == b->a;
    case COMPARE_TEXT:
        return text_level(evidence->terms, a, b);
    case COMPARE_CODE:
        return a->a == b->a ? 2
                            : text_one_apart(terms_text(evidence->terms, (uint32_t)a->a),
                                             terms_text(evidence->terms, (uint32_t)b->a));
    case COMPARE_SET:
        return share_a_word(terms_text(evidence->terms, (uint32_t)a->a),
                            terms_text(evidence->terms, (uint32_t)b->a));
    case COMPARE_SPAN:
        return a->a == b->a && a->b == b->b ? 2 : a->a <= b->b && b->a <= a->b;
    case COMPARE_NUMBER:
        return number_level(a->a, b->a);
    }
    return LEVEL_BLANK;
}

/* ---- weights ---- */

static int32_t thousandths(double bits)
{
    return (int32_t)lround(1000 * bits);
}

static double bounded(double share)
{
    return share > least_share ? share : least_share;
}

Evidence evidence_of(const EvidenceRule *rules, uint32_t count, const Terms *terms)
{
    Evidence evidence = {.rules = rules, .count = count, .terms = terms};
    for (uint32_t f = 0; f < count; f++)
        for (uint32_t l = 0; l < comparison_levels(rules[f].compare); l++)
            evidence.weights[f][l] = thousandths(log2(bounded(rules[f].m[l]) / bounded(rules[f].u[l])));
    return evidence;
}

static int32_t weight_of(const Evidence *evidence, uint32_t field, int level, const Feature *a)
{
    const EvidenceRule *rule = &evidence->rules[field];
    uint32_t top = comparison_levels(rule->compare) - 1;
    if (level == LEVEL_BLANK)
        return 0;
    if (!rule->by_term || (uint32_t)level != top)
        return evidence->weights[field][level];
    return thousandths(log2(bounded(rule->m[top]))) + terms_worth(evidence->terms, (uint32_t)a->a);
}

int32_t evidence_weigh(const Evidence *evidence, const Feature *a, const Feature *b, int8_t *ret_levels,
                       int32_t *ret_weights)
{
    int32_t sum = 0;
    for (uint32_t f = 0; f < evidence->count; f++) {
        int level = level_of(evidence, f, &a[f], &b[f]);
        int32_t weight = weight_of(evidence, f, level, &a[f]);
        sum += weight;
        if (ret_levels)
            ret_levels[f] = (int8_t)level;
        if (ret_weights)
            ret_weights[f] = weight;
    }
    return sum;
}

/* ---- training ---- */

typedef struct Sums {
    double m[EVIDENCE_FIELDS_MAX][EVIDENCE_LEVELS_MAX], u[EVIDENCE_FIELDS_MAX][EVIDENCE_LEVELS_MAX];
    double same, all;
} Sums;

/* How likely pairs with these levels are one thing. */
static double likely_same(const EvidenceRule *rules, uint32_t count, const int8_t *levels, double share)
{
    double same = log(share), other = log(1 - share);
    for (uint32_t f = 0; f < count; f++) {
        if (levels[f] == LEVEL_BLANK)
            continue;
        same += log(bounded(rules[f].m[levels[f]]));
        other += log(bounded(rules[f].u[levels[f]]));
    }
    return 1 / (1 + exp(other - same));
}

static void expect(const EvidenceRule *rules, uint32_t count, const LevelsCount *pairs, size_t pair_count,
                   double share, Sums *ret)
{
    memset(ret, 0, sizeof *ret);
    for (size_t p = 0; p < pair_count; p++) {
        double n = (double)pairs[p].count, same = n * likely_same(rules, count, pairs[p].levels, share);
        ret->same += same;
        ret->all += n;
        for (uint32_t f = 0; f < count; f++) {
            int level = pairs[p].levels[f];
            if (level == LEVEL_BLANK)
                continue;
            ret->m[f][level] += same;
            ret->u[f][level] += n - same;
        }
    }
}

/* Sums → shares; returns by how much the largest changed. A field that was blank everywhere keeps its own. */
static double settle(const double *sums, uint32_t levels, double *shares)
{
    double all = 0, most = 0;
    for (uint32_t l = 0; l < levels; l++)
        all += sums[l];
    for (uint32_t l = 0; l < levels && all > 0; l++) {
        double now = fmax(sums[l] / all, least_trained);
        most = fmax(most, fabs(now - shares[l]));
        shares[l] = now;
    }
    return most;
}

uint32_t evidence_train(EvidenceRule *rules, uint32_t count, const LevelsCount *pairs, size_t pair_count,
                        bool keep_u, double *share)
{
    const double settled = 1e-7;
    uint32_t round = 0;
    double moved = 1;
    while (moved > settled && round++ < TRAIN_ROUNDS_MAX) {
        Sums sums;
        expect(rules, count, pairs, pair_count, *share, &sums);
        if (sums.all == 0)
            break;
        double now = fmin(fmax(sums.same / sums.all, least_trained), 1 - least_trained);
        moved = fabs(now - *share);
        *share = now;
        for (uint32_t f = 0; f < count; f++) {
            uint32_t levels = comparison_levels(rules[f].compare);
            moved = fmax(moved, settle(sums.m[f], levels, rules[f].m));
            if (!keep_u)
                moved = fmax(moved, settle(sums.u[f], levels, rules[f].u));
        }
    }
    return round;
}
