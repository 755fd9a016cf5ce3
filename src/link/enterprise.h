/* link/enterprise.h: what a row says of an enterprise, as features that are compared, keys by which it is
 * found, and what keeps two apart whatever else agrees. A function of the row, the lexicon and the parameters
 * alone. */
#pragma once
#include "base/date.h"
#include "link/cluster.h"
#include "link/evidence.h"
#include "link/name.h"

typedef struct EnterpriseSaid {
    Str name, former_names; /* former ones with ; 、 or , between them */
    Str code;               /* USCC or organisation code, as written */
    Str address;
    const uint32_t
        *regions; /* as the lexicon numbers them: counties it is said to be in; towns do not belong here */
    uint32_t region_count;
    bool has_founded, has_capital;
    DateSpan founded;
    int64_t capital;
} EnterpriseSaid;

enum { ENTERPRISE_FIELDS = 8, ENTERPRISE_KEYS_MAX = 40, ENTERPRISE_NAMES_MAX = 4 };

typedef struct EnterpriseMention {
    Feature features[ENTERPRISE_FIELDS];
    Feature names[ENTERPRISE_NAMES_MAX][3]; /* 字号, trade and form of its name and of former ones */
    uint32_t name_count;
    uint64_t keys[ENTERPRISE_KEYS_MAX];
    uint32_t key_count;
    uint32_t anchor; /* the organisation code in Terms, if its check holds; 0 */
    uint32_t place;  /* what names a branch, in Terms; 0 */
    bool branch;
} EnterpriseMention;

/* The rules that ship. *ret_count is ENTERPRISE_FIELDS. */
const EvidenceRule *enterprise_rules(uint32_t *ret_count);
extern const ClusterRules enterprise_cluster_rules;

/* Adds its texts to the terms. */
void enterprise_mention(const Lexicon *lexicon, Terms *terms, Arena *scratch, const EnterpriseSaid *said,
                        EnterpriseMention *ret);

/* ret_weights: by rule, of the names that agree best; may be NULL. *ret_never: a branch and what is none,
 * branches of different places, codes that both hold and differ. */
int32_t enterprise_weigh(const Evidence *evidence, const EnterpriseMention *a, const EnterpriseMention *b,
                         int32_t *ret_weights, bool *ret_never);
