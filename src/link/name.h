/* link/name.h: the name of an enterprise taken apart, as such names are made by rule (企业名称登记管理规定,
 * 2020, art. 6): 行政区划 + 字号 + 行业 + 组织形式. 江门市新会区凤鸣电池材料有限公司 is 江门市 新会区 | 凤鸣
 * | 电池材料 | 有限公司; a region may also stand in brackets behind the 字号. The parts weigh differently
 * when two names are compared: the 字号 is most of who it is, the form hardly any. What a name lacks is
 * empty. */
#pragma once
#include "base/str.h"

enum {
    NAME_REGIONS_MAX = 6,     /* in one name */
    NAME_WORD_CHARS_MAX = 16, /* of a word of the lexicon */
    NAME_CHARS_MAX = 160,     /* a name is taken apart up to here */
};

/* The words by which names are taken apart: regions and trades. Built once, then read by any thread. */
typedef struct Lexicon Lexicon;

Lexicon *lexicon_new(void);
void lexicon_free(Lexicon *lexicon); /* NULL is fine */

/* 新会区 is known as 新会 too, 大泽镇 as 大泽; a name of two characters (沙县) by itself only. `region` is
 * what the caller calls it: mostly the county that it is or lies in. 0: it is too wide to tell firms apart (a
 * province, a city), and is taken off a name but not kept. Words of several regions (白沙 is a street and a
 * town) keep all, up to NAME_REGIONS_MAX. */
void lexicon_add_region(Lexicon *lexicon, Str name, uint32_t region);
void lexicon_add_trade(Lexicon *lexicon, Str word); /* 电池材料, 电子科技 */

typedef enum NameForm {
    FORM_NONE,
    FORM_COMPANY, /* 有限公司, 股份有限公司, 集团 … */
    FORM_FACTORY, /* 厂 */
    FORM_SHOP,    /* 经营部, 商行, 店 … */
    FORM_PARTNERSHIP,
    FORM_COOPERATIVE,
    FORM_INSTITUTE, /* 研究院, 中心, 事务所 … */
} NameForm;

typedef struct NameParts {
    Str folded; /* as it is compared whole: text_fold, no spaces or dots, brackets half-width */
    Str zihao, trade;
    NameForm form;
    bool group; /* 集团 */
    bool latin; /* in Latin letters: not taken apart */
    bool branch; /* 分公司, 分厂 …: `head` is the name it is a branch of, `place` what names it: 江海, 第二 */
    Str head, place;
    uint32_t regions[NAME_REGIONS_MAX]; /* as they come; of the branch too */
    uint32_t region_count;
} NameParts;

/* Texts lie in the arena. */
void name_parse(const Lexicon *lexicon, Arena *arena, Str name, NameParts *ret);
