#include "link/enterprise.h"
#include "base/hash.h"
#include "model/codes.h"
#include "text/normalise.h"
#include <stdio.h>
#include <string.h>

enum { ZIHAO, TRADE, FORM, CODE, REGIONS, STREET, FOUNDED, CAPITAL };

/* Shares set by hand: how often rows of one firm, and of two, agree so in the files of bureaux that were
 * looked at. */
static const EvidenceRule rules[ENTERPRISE_FIELDS] = {
    [ZIHAO] = {"zihao", COMPARE_SAME, {0.004, 0.9}, {0.99, 0.01}, true},
    [TRADE] = {"trade", COMPARE_TEXT, {0.01, 0.06, 0.08, 0.85}, {0.90, 0.05, 0.02, 0.03}, false},
    [FORM] = {"form", COMPARE_SAME, {0.03, 0.97}, {0.35, 0.65}, false},
    [CODE] = {"uscc", COMPARE_CODE, {0.001, 0.05, 0.949}, {0.998999, 0.001, 0.000000001}, false},
    [REGIONS] = {"region", COMPARE_SET, {0.01, 0.99}, {0.8, 0.2}, false},
    [STREET] = {"address_zh", COMPARE_SAME, {0.3, 0.7}, {0.995, 0.005}, false},
    [FOUNDED] = {"founded_on", COMPARE_SPAN, {0.1, 0.1, 0.8}, {0.985, 0.01, 0.005}, false},
    [CAPITAL] = {"capital_fen", COMPARE_NUMBER, {0.2, 0.05, 0.75}, {0.93, 0.06, 0.01}, false},
};

const ClusterRules enterprise_cluster_rules = {
    .strong = 16000, .upper = 9000, .lower = 4000, .margin = 4000, .apart = -3000};

const EvidenceRule *enterprise_rules(uint32_t *ret_count)
{
    *ret_count = ENTERPRISE_FIELDS;
    return rules;
}

/* ---- features ---- */

/* Texts of different sorts are counted apart: what stands before tells the sort. */
static Feature text_feature(Terms *terms, char sort, Str text)
{
    char tagged[256];
    if (text.len == 0 || text.len > sizeof tagged - 1)
        return (Feature){0};
    tagged[0] = sort;
    memcpy(tagged + 1, text.ptr, text.len);
    return (Feature){terms_add(terms, (Str){tagged, text.len + 1}), 0, true};
}

static void add_key(EnterpriseMention *mention, char sort, Str a, Str b)
{
    if (a.len == 0 || mention->key_count == ENTERPRISE_KEYS_MAX)
        return;
    mention->keys[mention->key_count++] =
        hash64_seed(b.ptr, b.len, hash64_seed(a.ptr, a.len, (uint64_t)(unsigned char)sort));
}

/* ---- names ---- */

static void add_name(Terms *terms, const NameParts *parts, EnterpriseMention *ret)
{
    static const char *const forms[] = {"", "公司", "厂", "店", "合伙", "合作社", "院所"};
    if (parts->zihao.len == 0 || ret->name_count == ENTERPRISE_NAMES_MAX)
        return;
    Feature *name = ret->names[ret->name_count++];
    name[ZIHAO] = text_feature(terms, 'z', parts->zihao);
    name[TRADE] = text_feature(terms, 't', parts->trade);
    name[FORM] = text_feature(terms, 'f', str_of(forms[parts->form]));
    add_key(ret, 'z', parts->zihao, STR(""));
}

static void add_former(const Lexicon *lexicon, Terms *terms, Arena *scratch, Str former,
                       EnterpriseMention *ret)
{
    static const char *const gaps[] = {"；", "、", "，", ",", ";"};
    while (former.len > 0) {
        size_t end = former.len, gap = 0;
        for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++) {
            const char *at = memmem(former.ptr, end, gaps[g], strlen(gaps[g]));
            if (at) {
                end = (size_t)(at - former.ptr);
                gap = strlen(gaps[g]);
            }
        }
        NameParts parts;
        name_parse(lexicon, scratch, (Str){former.ptr, end}, &parts);
        add_name(terms, &parts, ret);
        former = (Str){former.ptr + end + gap, former.len - end - gap};
    }
}

/* ---- codes ---- */

/* An organisation code that begins with zeros loses them in a cell that takes it for a number. */
static OrgCode padded(Str code)
{
    OrgCode folded = code_fold(code);
    for (uint32_t i = 0; i < folded.len && i < USCC_LEN; i++)
        if (folded.text[i] < '0' || folded.text[i] > '9')
            return folded;
    while (folded.len > 4 && folded.len < ORG_CODE_LEN) {
        memmove(folded.text + 1, folded.text, folded.len);
        folded.text[0] = '0';
        folded.len++;
    }
    return folded;
}

static void add_code(Terms *terms, Str written, EnterpriseMention *ret)
{
    OrgCode code = padded(written);
    char inner[ORG_CODE_LEN + 1];
    if (code.len == 0)
        return;
    bool holds = code_organisation(&code, inner);
    Str text = {code.text, code.len < USCC_LEN ? code.len : USCC_LEN};
    if (holds)
        text = (Str){inner, ORG_CODE_LEN};
    else if (code.len == USCC_LEN)
        text = (Str){code.text + USCC_ORG_AT, ORG_CODE_LEN};
    ret->features[CODE] = text_feature(terms, 'c', text);
    ret->anchor = holds ? (uint32_t)ret->features[CODE].a : 0;
    add_key(ret, 'c', text, STR(""));
    for (size_t skip = 0; skip < text.len; skip++) { /* found also where one character is another */
        char place[24];
        char without[USCC_LEN + 1];
        memcpy(without, text.ptr, skip);
        memcpy(without + skip, text.ptr + skip + 1, text.len - skip - 1);
        snprintf(place, sizeof place, "%zu", skip);
        add_key(ret, 'd', (Str){without, text.len - 1}, str_of(place));
    }
}

/* ---- addresses ---- */

/* 江门市新会区会城街道云樟工业路278号之一 → 云樟工业路|278: the last run of digits before 号, and the
 * characters before it back to what names a place that is larger than a street. */
static Str street_of(Arena *scratch, Str address)
{
    static const char *const larger[] = {"街道", "镇", "乡", "区", "市", "县", "村"};
    Str folded = text_fold(scratch, address);
    const char *number = memmem(folded.ptr, folded.len, "号", strlen("号"));
    size_t end = number ? (size_t)(number - folded.ptr) : 0, digits = end;
    while (digits > 0 && folded.ptr[digits - 1] >= '0' && folded.ptr[digits - 1] <= '9')
        digits--;
    if (digits == end)
        return STR("");
    size_t from = 0;
    for (size_t i = 0; i < sizeof larger / sizeof *larger; i++) {
        size_t len = strlen(larger[i]);
        for (size_t at = 0; at + len < digits; at++)
            if (memcmp(folded.ptr + at, larger[i], len) == 0 && at + len > from &&
                !(digits - at - len < 6)) /* 工业区49号: that is the street itself */
                from = at + len;
    }
    Buf street;
    buf_init(&street, 200);
    buf_add(&street, folded.ptr + from, digits - from);
    buf_byte(&street, '|');
    buf_add(&street, folded.ptr + digits, end - digits);
    Str text = street.full ? STR("") : str_copy(scratch, buf_view(&street));
    buf_done(&street);
    return text;
}

/* ---- the mention ---- */

static void add_regions(Terms *terms, const EnterpriseSaid *said, const NameParts *parts,
                        EnterpriseMention *ret)
{
    Buf text;
    buf_init(&text, 200);
    for (uint32_t i = 0; i < said->region_count; i++)
        buf_fmt(&text, "%u;", said->regions[i]);
    for (uint32_t i = 0; i < parts->region_count && said->region_count == 0; i++)
        buf_fmt(&text, "%u;", parts->regions[i]);
    Feature *regions = &ret->features[REGIONS];
    *regions = text.len && !text.full ? (Feature){terms_add(terms, buf_view(&text)), 0, true} : (Feature){0};
    buf_done(&text);
}

void enterprise_mention(const Lexicon *lexicon, Terms *terms, Arena *scratch, const EnterpriseSaid *said,
                        EnterpriseMention *ret)
{
    NameParts parts;
    *ret = (EnterpriseMention){.name_count = 0};
    name_parse(lexicon, scratch, said->name, &parts);
    ret->branch = parts.branch;
    ret->place = (uint32_t)text_feature(terms, 'p', parts.place).a;
    add_name(terms, &parts, ret);
    add_former(lexicon, terms, scratch, said->former_names, ret);
    add_code(terms, said->code, ret);
    add_regions(terms, said, &parts, ret);
    ret->features[STREET] = text_feature(terms, 's', street_of(scratch, said->address));
    if (ret->features[STREET].known)
        add_key(ret, 's', terms_text(terms, (uint32_t)ret->features[STREET].a), STR(""));
    ret->features[FOUNDED] = (Feature){said->founded.first, said->founded.last, said->has_founded};
    ret->features[CAPITAL] = (Feature){said->capital, 0, said->has_capital};
}

/* ---- pairs ---- */

static bool never_one(const EnterpriseMention *a, const EnterpriseMention *b)
{
    return a->branch != b->branch || (a->place && b->place && a->place != b->place) ||
           (a->anchor && b->anchor && a->anchor != b->anchor);
}

int32_t enterprise_weigh(const Evidence *evidence, const EnterpriseMention *a, const EnterpriseMention *b,
                         int32_t *ret_weights, bool *ret_never)
{
    Feature x[ENTERPRISE_FIELDS], y[ENTERPRISE_FIELDS];
    int32_t best = INT32_MIN, weights[ENTERPRISE_FIELDS];
    *ret_never = never_one(a, b);
    memcpy(x, a->features, sizeof x);
    memcpy(y, b->features, sizeof y);
    uint32_t a_names = a->name_count ? a->name_count : 1, b_names = b->name_count ? b->name_count : 1;
    for (uint32_t i = 0; i < a_names; i++)
        for (uint32_t k = 0; k < b_names && !(i > 0 && k > 0); k++) {
            memcpy(x, a->names[i], sizeof a->names[i]);
            memcpy(y, b->names[k], sizeof b->names[k]);
            int32_t weight = evidence_weigh(evidence, x, y, NULL, weights);
            if (weight > best && ret_weights)
                memcpy(ret_weights, weights, sizeof weights);
            best = weight > best ? weight : best;
        }
    return best;
}
