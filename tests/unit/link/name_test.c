/* Names of enterprises taken apart, as registers, ledgers and people write them. */
#include "link/name.h"
#include "test.h"
#include <string.h>

enum { CITY, XINHUI, HESHAN, JIANGHAI, BAISHA_STREET, BAISHA_TOWN };

static Lexicon *lexicon(void)
{
    Lexicon *lexicon = lexicon_new();
    lexicon_add_region(lexicon, STR("江门市"), CITY);
    lexicon_add_region(lexicon, STR("新会区"), XINHUI);
    lexicon_add_region(lexicon, STR("鹤山市"), HESHAN);
    lexicon_add_region(lexicon, STR("江海区"), JIANGHAI);
    lexicon_add_region(lexicon, STR("白沙街道"), BAISHA_STREET);
    lexicon_add_region(lexicon, STR("白沙镇"), BAISHA_TOWN);
    const char *trades[] = {"电池材料", "电子",   "科技", "金属制品", "五金制品",
                            "电路板",   "新材料", "涂料", "实业"};
    for (size_t i = 0; i < sizeof trades / sizeof *trades; i++)
        lexicon_add_trade(lexicon, str_of(trades[i]));
    return lexicon;
}

static Arena *arena;

static NameParts parsed(const char *name)
{
    NameParts parts;
    Lexicon *words = lexicon();
    arena = arena ? arena : arena_new();
    name_parse(words, arena, str_of(name), &parts);
    lexicon_free(words);
    return parts;
}

static void check(const char *name, const char *zihao, const char *trade, NameForm form)
{
    NameParts parts = parsed(name);
    CHECK_STR(parts.zihao, zihao);
    CHECK_STR(parts.trade, trade);
    CHECK_EQ(parts.form, form);
}

TEST(a_name_is_region_zihao_trade_and_form)
{
    check("江门市新会区凤鸣电池材料有限公司", "凤鸣", "电池材料", FORM_COMPANY);
    check("凤鸣电子科技股份有限公司", "凤鸣", "电子科技", FORM_COMPANY);
    check("鹤山凤鸣涂料厂", "凤鸣", "涂料", FORM_FACTORY);
    check("鹤山市凤鸣五金制品厂", "凤鸣", "五金制品", FORM_FACTORY);
    check("凤鸣五金制品", "凤鸣", "五金制品", FORM_NONE);
    check("凤鸣电池材料", "凤鸣", "电池材料", FORM_NONE);
}

TEST(regions_are_known_with_or_without_their_kind_before_or_in_brackets)
{
    NameParts parts = parsed("江门市新会区凤鸣涂料有限公司");
    CHECK_EQ(parts.region_count, 1); /* the city tells nothing */
    CHECK_EQ(parts.regions[0], XINHUI);
    parts = parsed("凤鸣涂料（新会）有限公司");
    CHECK_EQ(parts.region_count, 1);
    CHECK_EQ(parts.regions[0], XINHUI);
    CHECK_STR(parts.zihao, "凤鸣");
    parts = parsed("江门白沙凤鸣涂料有限公司"); /* there are two of that name */
    CHECK_EQ(parts.region_count, 2);
    CHECK_EQ(parts.regions[0], BAISHA_STREET);
    CHECK_EQ(parts.regions[1], BAISHA_TOWN);
}

TEST(a_region_that_is_all_there_is_before_the_trade_is_the_zihao)
{
    check("白沙涂料有限公司", "白沙", "涂料", FORM_COMPANY);
    check("江门市白沙涂料有限公司", "白沙", "涂料", FORM_COMPANY);
    check("江门有限公司", "江门", "", FORM_COMPANY);
}

TEST(a_branch_names_its_head_and_its_place)
{
    NameParts parts = parsed("鹤山凤鸣电路板有限公司江海分公司");
    CHECK(parts.branch);
    CHECK_STR(parts.head, "鹤山凤鸣电路板有限公司");
    CHECK_STR(parts.place, "江海");
    CHECK_STR(parts.zihao, "凤鸣");
    CHECK_EQ(parts.region_count, 2);
    parts = parsed("凤鸣实业有限公司第二分厂");
    CHECK(parts.branch);
    CHECK_STR(parts.place, "第二");
    CHECK(!parsed("凤鸣实业有限公司").branch);
}

TEST(the_same_name_is_the_same_however_it_is_typed)
{
    NameParts a = parsed("江门市 凤鳴 電池材料（集團）有限公司"),
              b = parsed("江门市凤鸣电池材料(集团)有限公司");
    CHECK(str_eq(a.folded, b.folded));
    CHECK(a.group && b.group);
    CHECK_STR(a.zihao, "凤鸣");
    CHECK_STR(a.trade, "电池材料");
    CHECK(parsed("凤鸣集团有限公司").group);
    CHECK_STR(parsed("凤鸣集团有限公司").zihao, "凤鸣");
}

TEST(a_trade_nobody_listed_leaves_the_first_two_characters)
{
    check("江门市凤鸣泡泡糖有限公司", "凤鸣", "泡泡糖", FORM_COMPANY);
    check("江门市凤鸣祥有限公司", "凤鸣祥", "", FORM_COMPANY);
}

TEST(latin_names_and_odd_ones_are_kept_whole)
{
    NameParts parts = parsed("Jiangmen Fengming Coating Co., Ltd.");
    CHECK(parts.latin);
    CHECK_STR(parts.folded, "jiangmenfengmingcoatingcoltd");
    CHECK_EQ(parts.zihao.len, 0);
    check("厂", "厂", "", FORM_NONE);
    check("", "", "", FORM_NONE);
    CHECK_STR(parsed("((((").folded, "((((");
    CHECK_STR(parsed("凤鸣)有限公司").zihao, "凤鸣)");
}

TEST(a_name_of_any_length_is_taken_apart_in_bounded_time)
{
    static char name[60000];
    for (size_t i = 0; i + 6 < sizeof name; i += 6)
        memcpy(name + i, "江门", 6);
    NameParts parts = parsed(name);
    CHECK(parts.folded.len <= 3 * NAME_CHARS_MAX);
    CHECK(parts.region_count == 0);
}
