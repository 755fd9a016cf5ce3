/* link/evidence.h: what two mentions have in common, field by field, and how much it tells whether they are
 * one thing.
 *
 * A field agrees to a level. Level l speaks for one thing by log2(m[l] / u[l]) bits: m[l] is how often two
 * mentions of one thing agree to it, u[l] how often two of different things do (Fellegi & Sunter, A Theory
 * for Record Linkage, JASA 64, 1969). What is blank in one of the two tells nothing. The sum is the pair's
 * weight. Weights are whole thousandths of a bit, so the same mentions weigh the same on every build. Where
 * agreeing on a rare text tells more than on a frequent one, its own frequency stands for u (Winkler,
 * Frequency-based matching, 1989). */
#pragma once
#include "link/terms.h"

enum { EVIDENCE_FIELDS_MAX = 16, EVIDENCE_LEVELS_MAX = 4, LEVEL_BLANK = -1 };

typedef enum Comparison {
    COMPARE_SAME, /* texts: 0 other, 1 the same */
    COMPARE_TEXT, /* 0 other, 1 alike (Jaro–Winkler from 0.80), 2 nearly the same (from 0.92), 3 the same */
    COMPARE_CODE, /* 0 other, 1 one character apart (another, one less, or two neighbours the other way), 2
                     the same */
    COMPARE_SET,  /* texts of words with ; between them: 0 none in common, 1 some */
    COMPARE_SPAN, /* days: 0 apart, 1 one span touches the other, 2 the same */
    COMPARE_NUMBER, /* 0 other, 1 within a tenth, 2 within a thousandth */
} Comparison;

uint32_t comparison_levels(Comparison compare);

/* A text: `a` is its number in Terms, 0 for none. Days: a, b the first and last. A number: a. */
typedef struct Feature {
    int64_t a, b;
    bool known;
} Feature;

typedef struct EvidenceRule {
    const char *field;
    Comparison compare;
    double m[EVIDENCE_LEVELS_MAX], u[EVIDENCE_LEVELS_MAX]; /* each sums to 1 */
    bool by_term; /* of a text that is the same: u is its own frequency */
} EvidenceRule;

typedef struct Evidence {
    const EvidenceRule *rules;
    uint32_t count;
    const Terms *terms;
    int32_t weights[EVIDENCE_FIELDS_MAX][EVIDENCE_LEVELS_MAX];
} Evidence;

/* Keeps rules and terms. */
Evidence evidence_of(const EvidenceRule *rules, uint32_t count, const Terms *terms);

/* a and b have a feature for each rule. ret_levels and ret_weights (by field; 0 of what is blank) may be
 * NULL. */
int32_t evidence_weigh(const Evidence *evidence, const Feature *a, const Feature *b, int8_t *ret_levels,
                       int32_t *ret_weights);

/* Pairs that agree to the same levels, and how many there are. */
typedef struct LevelsCount {
    int8_t levels[EVIDENCE_FIELDS_MAX];
    uint64_t count;
} LevelsCount;

enum { TRAIN_ROUNDS_MAX = 200 };

/* Estimates m, and u unless `keep_u`, from pairs of which nobody told which are one thing, by expectation
 * maximisation (fields taken as independent), beginning with the rules' own. `ret_share`: of pairs that are
 * one thing; in: where to begin. Returns the rounds it took. */
uint32_t evidence_train(EvidenceRule *rules, uint32_t count, const LevelsCount *pairs, size_t pair_count,
                        bool keep_u, double *share);

/* Jaro–Winkler, 0 … 1, by characters (Winkler, String Comparator Metrics, 1990: prefix of up to 4, weight
 * 0.1). */
double text_likeness(Str a, Str b);

/* Are they one character apart: another one, one more or less, or two neighbours swapped? */
bool text_one_apart(Str a, Str b);
