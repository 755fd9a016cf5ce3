#include "link/name.h"
#include "base/hash.h"
#include "text/normalise.h"
#include <stdlib.h>
#include <string.h>

enum { WORD_REGION = 1, WORD_TRADE = 2, NAME_ZIHAO_LEAST = 2 };

typedef struct Word {
    Str text;
    int what; /* WORD_… */
    uint32_t regions[NAME_REGIONS_MAX], region_count;
} Word;

struct Lexicon {
    Arena *arena;
    Word **slots; /* open addressing, a power of two, at most half full */
    uint32_t room, count;
};

/* ---- words ---- */

Lexicon *lexicon_new(void)
{
    Lexicon *lexicon = heap_zalloc(sizeof *lexicon);
    lexicon->arena = arena_new();
    lexicon->room = 1024;
    lexicon->slots = heap_zalloc(lexicon->room * sizeof *lexicon->slots);
    return lexicon;
}

void lexicon_free(Lexicon *lexicon)
{
    if (!lexicon)
        return;
    arena_free(lexicon->arena);
    free(lexicon->slots);
    free(lexicon);
}

static Word **slot_of(Word **slots, uint32_t room, Str text)
{
    uint32_t at = (uint32_t)hash64(text.ptr, text.len) & (room - 1);
    while (slots[at] && !str_eq(slots[at]->text, text))
        at = (at + 1) & (room - 1);
    return &slots[at];
}

static void grow(Lexicon *lexicon)
{
    uint32_t room = 2 * lexicon->room;
    Word **slots = heap_zalloc(room * sizeof *slots);
    for (uint32_t i = 0; i < lexicon->room; i++)
        if (lexicon->slots[i])
            *slot_of(slots, room, lexicon->slots[i]->text) = lexicon->slots[i];
    free(lexicon->slots);
    lexicon->slots = slots;
    lexicon->room = room;
}

static Word *word_at(Lexicon *lexicon, Str text)
{
    if (2 * lexicon->count >= lexicon->room)
        grow(lexicon);
    Word **slot = slot_of(lexicon->slots, lexicon->room, text);
    if (!*slot) {
        *slot = arena_new_of(lexicon->arena, Word);
        (*slot)->text = str_copy(lexicon->arena, text);
        lexicon->count++;
    }
    return *slot;
}

static const Word *find_word(const Lexicon *lexicon, Str text, int what)
{
    const Word *word = *slot_of(lexicon->slots, lexicon->room, text);
    return word && word->what & what ? word : NULL;
}

static uint32_t chars_of(Str text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return count;
}

static bool ends_in(Str text, Str end)
{
    return text.len >= end.len && memcmp(text.ptr + text.len - end.len, end.ptr, end.len) == 0;
}

static Str without_end(Str text, size_t len)
{
    return (Str){text.ptr, text.len - len};
}

static void add_region_word(Lexicon *lexicon, Str text, uint32_t region)
{
    Word *word = word_at(lexicon, text);
    word->what |= WORD_REGION;
    for (uint32_t i = 0; i < word->region_count; i++)
        if (word->regions[i] == region)
            return;
    if (word->region_count < NAME_REGIONS_MAX)
        word->regions[word->region_count++] = region;
}

void lexicon_add_region(Lexicon *lexicon, Str name, uint32_t region)
{
    static const Str ends[] = {
        {"特别行政区", 15}, {"自治区", 9}, {"自治州", 9}, {"自治县", 9}, {"街道", 6},
        {"地区", 6},        {"农场", 6},   {"省", 3},     {"市", 3},     {"区", 3},
        {"县", 3},          {"镇", 3},     {"乡", 3},     {"盟", 3},     {"旗", 3},
    };
    Arena *scratch = arena_new();
    Str folded = text_fold(scratch, name);
    if (chars_of(folded) >= 2 && chars_of(folded) <= NAME_WORD_CHARS_MAX)
        add_region_word(lexicon, folded, region);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends_in(folded, ends[i]) && chars_of(without_end(folded, ends[i].len)) >= 2) {
            add_region_word(lexicon, without_end(folded, ends[i].len), region);
            break;
        }
    arena_free(scratch);
}

void lexicon_add_trade(Lexicon *lexicon, Str word)
{
    Arena *scratch = arena_new();
    Str folded = text_fold(scratch, word);
    if (chars_of(folded) >= 1 && chars_of(folded) <= NAME_WORD_CHARS_MAX)
        word_at(lexicon, folded)->what |= WORD_TRADE;
    arena_free(scratch);
}

/* ---- beginnings and ends ---- */

/* Bytes of the first or last `chars` characters; 0: it has fewer. */
static size_t head_bytes(Str text, uint32_t chars)
{
    size_t at = 0;
    while (chars > 0 && at < text.len) {
        at++;
        while (at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
            at++;
        chars--;
    }
    return chars ? 0 : at;
}

static size_t tail_bytes(Str text, uint32_t chars)
{
    uint32_t all = chars_of(text);
    return chars > all ? 0 : text.len - head_bytes(text, all - chars);
}

static const Word *longest_head(const Lexicon *lexicon, Str text, int what)
{
    for (uint32_t chars = NAME_WORD_CHARS_MAX; chars >= 2; chars--) {
        size_t len = head_bytes(text, chars);
        const Word *word = len ? find_word(lexicon, (Str){text.ptr, len}, what) : NULL;
        if (word)
            return word;
    }
    return NULL;
}

/* The longest word at the end that leaves a 字号 before it. */
static const Word *longest_tail(const Lexicon *lexicon, Str text, int what)
{
    uint32_t all = chars_of(text);
    uint32_t most = all > NAME_ZIHAO_LEAST ? all - NAME_ZIHAO_LEAST : 0;
    for (uint32_t chars = most < NAME_WORD_CHARS_MAX ? most : NAME_WORD_CHARS_MAX; chars >= 1; chars--) {
        size_t len = tail_bytes(text, chars);
        const Word *word = find_word(lexicon, (Str){text.ptr + text.len - len, len}, what);
        if (word)
            return word;
    }
    return NULL;
}

static void keep_regions(NameParts *parts, const Word *word)
{
    for (uint32_t i = 0; i < word->region_count; i++) {
        bool known = word->regions[i] == 0;
        for (uint32_t k = 0; k < parts->region_count; k++)
            known |= parts->regions[k] == word->regions[i];
        if (!known && parts->region_count < NAME_REGIONS_MAX)
            parts->regions[parts->region_count++] = word->regions[i];
    }
}

/* ---- forms ---- */

typedef struct FormWord {
    Str text;
    NameForm form;
} FormWord;

#define FORM(literal, form)                                                                                  \
    {                                                                                                        \
        {literal, sizeof(literal) - 1}, form                                                                 \
    }

/* Longer ones before those that they end in. */
static const FormWord forms[] = {
    FORM("集团股份有限公司", FORM_COMPANY),
    FORM("集团有限责任公司", FORM_COMPANY),
    FORM("股份有限公司", FORM_COMPANY),
    FORM("有限责任公司", FORM_COMPANY),
    FORM("集团有限公司", FORM_COMPANY),
    FORM("股份公司", FORM_COMPANY),
    FORM("有限公司", FORM_COMPANY),
    FORM("集团公司", FORM_COMPANY),
    FORM("总公司", FORM_COMPANY),
    FORM("公司", FORM_COMPANY),
    FORM("集团", FORM_COMPANY),
    FORM("合伙企业", FORM_PARTNERSHIP),
    FORM("专业合作社", FORM_COOPERATIVE),
    FORM("合作社", FORM_COOPERATIVE),
    FORM("制品厂", FORM_FACTORY),
    FORM("加工厂", FORM_FACTORY),
    FORM("总厂", FORM_FACTORY),
    FORM("厂", FORM_FACTORY),
    FORM("经营部", FORM_SHOP),
    FORM("服务部", FORM_SHOP),
    FORM("商行", FORM_SHOP),
    FORM("商店", FORM_SHOP),
    FORM("门市部", FORM_SHOP),
    FORM("店", FORM_SHOP),
    FORM("研究院", FORM_INSTITUTE),
    FORM("研究所", FORM_INSTITUTE),
    FORM("事务所", FORM_INSTITUTE),
    FORM("工作室", FORM_INSTITUTE),
    FORM("中心", FORM_INSTITUTE),
};

static Str cut_form(NameParts *parts, Str rest)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!ends_in(rest, forms[i].text) || chars_of(rest) < chars_of(forms[i].text) + NAME_ZIHAO_LEAST)
            continue;
        parts->form = forms[i].form;
        parts->group |= str_starts(forms[i].text, "集团");
        size_t cut = forms[i].text.len;
        if (str_is(forms[i].text, "制品厂")) /* 制品 belongs to the trade */
            cut = strlen("厂");
        return without_end(rest, cut);
    }
    return rest;
}

/* 甲有限公司江海分公司: what stands before the last form is the head, what stands behind it the branch. */
static Str cut_branch(NameParts *parts, Str rest)
{
    static const Str ends[] = {{"分公司", 9}, {"分厂", 6}, {"分店", 6},   {"分部", 6},
                               {"分院", 6},   {"分所", 6}, {"办事处", 9}, {"营业部", 9}};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (!ends_in(rest, ends[i]))
            continue;
        Str before = without_end(rest, ends[i].len);
        parts->branch = true;
        parts->head = before;
        for (size_t end = before.len; end > 0; end--) {
            Str head = {before.ptr, end};
            for (size_t f = 0; f < sizeof forms / sizeof *forms; f++)
                if (forms[f].form <= FORM_FACTORY && ends_in(head, forms[f].text)) {
                    parts->head = head;
                    parts->place = (Str){before.ptr + end, before.len - end};
                    return head;
                }
        }
        return before;
    }
    return rest;
}

/* ---- the whole ---- */

/* Without spaces and dots; what stands in brackets goes to `inside`, one bracket behind another, each with a
 * NUL. */
static Str tidy(Arena *arena, Str folded, Str *ret_whole, Str *ret_inside)
{
    char *whole = arena_alloc(arena, folded.len + 1), *outer = arena_alloc(arena, folded.len + 1),
         *inner = arena_alloc(arena, folded.len + 2);
    size_t whole_len = 0, outer_len = 0, inner_len = 0;
    int depth = 0;
    for (size_t i = 0; i < folded.len; i++) {
        char c = folded.ptr[i];
        if (c == ' ' || c == '.' || c == ',')
            continue;
        if (folded.len - i >= 2 && memcmp(folded.ptr + i, "·", 2) == 0) {
            i++;
            continue;
        }
        whole[whole_len++] = c;
        if (c == '(' || c == '[')
            depth++;
        else if ((c == ')' || c == ']') && depth > 0) {
            depth--;
            inner[inner_len++] = '\0';
        } else if (depth > 0)
            inner[inner_len++] = c;
        else
            outer[outer_len++] = c;
    }
    *ret_whole = (Str){whole, whole_len};
    *ret_inside = (Str){inner, inner_len};
    return (Str){outer, outer_len};
}

static void read_inside(const Lexicon *lexicon, NameParts *parts, Str inside)
{
    while (inside.len > 0) {
        Str one = str_cut(&inside, '\0');
        const Word *word = find_word(lexicon, one, WORD_REGION);
        if (word)
            keep_regions(parts, word);
        parts->group |= str_is(one, "集团");
    }
}

static Str cut_regions(const Lexicon *lexicon, NameParts *parts, Str rest)
{
    for (;;) {
        const Word *word = longest_head(lexicon, rest, WORD_REGION);
        if (!word || chars_of(rest) < chars_of(word->text) + NAME_ZIHAO_LEAST)
            return rest;
        Str behind = {rest.ptr + word->text.len, rest.len - word->text.len};
        /* 凤山新材料: what is left must still name somebody, not only a trade. */
        if (find_word(lexicon, behind, WORD_TRADE))
            return rest;
        keep_regions(parts, word);
        rest = behind;
    }
}

static bool is_latin(Str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] >= 0xE3)
            return false;
    return text.len > 0;
}

void name_parse(const Lexicon *lexicon, Arena *arena, Str name, NameParts *ret)
{
    Str inside, folded = text_fold(arena, name);
    size_t most = head_bytes(folded, NAME_CHARS_MAX);
    *ret = (NameParts){0};
    Str rest = tidy(arena, most ? (Str){folded.ptr, most} : folded, &ret->folded, &inside);
    ret->latin = is_latin(rest);
    if (ret->latin)
        return;
    read_inside(lexicon, ret, inside);
    rest = cut_branch(ret, rest);
    if (ret->place.len > 0) {
        const Word *word = find_word(lexicon, ret->place, WORD_REGION);
        if (word)
            keep_regions(ret, word);
    }
    rest = cut_form(ret, rest);
    if (!ret->group && ends_in(rest, STR("集团")) && chars_of(rest) > 2 + NAME_ZIHAO_LEAST - 1) {
        ret->group = true;
        rest = without_end(rest, strlen("集团"));
    }
    rest = cut_regions(lexicon, ret, rest);
    Str whole = rest;
    for (const Word *word; (word = longest_tail(lexicon, rest, WORD_TRADE)) != NULL;)
        rest = without_end(rest, word->text.len);
    /* A trade that the lexicon does not have: the 字号 is mostly of two characters. */
    if (rest.len == whole.len && chars_of(rest) > 2 * NAME_ZIHAO_LEAST - 1)
        rest = (Str){rest.ptr, head_bytes(rest, NAME_ZIHAO_LEAST)};
    ret->zihao = rest;
    ret->trade = (Str){whole.ptr + rest.len, whole.len - rest.len};
}
