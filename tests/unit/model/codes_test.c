/* Check characters of organisation codes: the standard's own example, and every code one character off it. */
#include "model/codes.h"
#include "test.h"
#include <string.h>

static const char good[] = "91350100M000100Y43"; /* GB 32100-2015's example */
static const char letters[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static OrgCode code_of(const char *text)
{
    return code_fold(str_of(text));
}

TEST(the_standards_example_is_good_and_holds_an_organisation_code)
{
    char inner[ORG_CODE_LEN + 1];
    OrgCode code = code_of(good), other = code_of("9144030071526726XG");
    CHECK_EQ(uscc_check(&code), CODE_GOOD);
    CHECK_EQ(code_worth(&code), CODE_WORTH_WHOLE);
    CHECK(code_organisation(&code, inner));
    CHECK_STR(str_of(inner), "M000100Y4");
    CHECK_EQ(code_worth(&other), CODE_WORTH_WHOLE); /* its inner check is an X */
}

TEST(a_code_is_the_same_however_it_is_written)
{
    OrgCode code = code_of("９１３５０１００ m000-100y 43"), long_one = code_of("91350100M000100Y43000");
    CHECK_STR(str_of(code.text), good);
    CHECK_EQ(uscc_check(&long_one), CODE_BAD_LENGTH);
    CHECK_EQ(long_one.len, 21);
    CHECK_EQ(code_fold(STR("")).len, 0);
    CHECK_EQ(code_fold(STR("\xEF\xBC")).len, 2); /* half a character is no character */
}

TEST(every_code_with_one_character_wrong_fails_its_check)
{
    for (int at = 0; at < USCC_LEN; at++)
        for (const char *c = letters; *c; c++) {
            if (*c == good[at])
                continue;
            char text[USCC_LEN + 1];
            memcpy(text, good, sizeof text);
            text[at] = *c;
            OrgCode code = code_of(text);
            CHECK_EQ(uscc_check(&code), CODE_BAD_CHECK);
        }
}

TEST(where_the_wrong_character_stands_tells_what_the_code_is_still_worth)
{
    for (int at = 0; at < USCC_LEN; at++) {
        char text[USCC_LEN + 1], inner[ORG_CODE_LEN + 1];
        memcpy(text, good, sizeof text);
        text[at] = text[at] == '7' ? '8' : '7';
        OrgCode code = code_of(text);
        bool inside = at >= USCC_ORG_AT && at < USCC_ORG_AT + ORG_CODE_LEN;
        CHECK_EQ(code_worth(&code), inside ? CODE_WORTH_NOTHING : CODE_WORTH_INNER);
        CHECK_EQ(code_organisation(&code, inner), !inside);
    }
}

TEST(an_organisation_code_stands_alone_with_or_without_its_hyphen)
{
    char inner[ORG_CODE_LEN + 1];
    OrgCode code = code_of("M000100Y-4"), wrong = code_of("M000100Y-5");
    CHECK_EQ(org_code_check(&code), CODE_GOOD);
    CHECK_EQ(code_worth(&code), CODE_WORTH_ORG);
    CHECK(code_organisation(&code, inner));
    CHECK_STR(str_of(inner), "M000100Y4");
    CHECK_EQ(org_code_check(&wrong), CODE_BAD_CHECK);
    CHECK_EQ(code_worth(&wrong), CODE_WORTH_NOTHING);
}

TEST(letters_that_the_standard_leaves_out_are_told)
{
    const char *wrong[] = {"9135O100M000100Y43", "91350100M0001OOY43", "I1350100M000100Y43",
                           "91350100M000100Z43"};
    for (int i = 0; i < 4; i++) {
        OrgCode code = code_of(wrong[i]);
        CHECK_EQ(uscc_check(&code), CODE_BAD_CHARACTER);
    }
    OrgCode org = code_of("M00*100Y4");
    CHECK_EQ(org_code_check(&org), CODE_BAD_CHARACTER);
}

TEST(a_code_whose_own_check_holds_but_not_the_inner_one_is_foreign)
{
    /* Of all last two characters of the example: those that satisfy the outer check with another inner one.
     */
    int foreign = 0;
    for (const char *inner = letters; *inner; inner++)
        for (const char *outer = letters; *outer; outer++) {
            char text[USCC_LEN + 1];
            memcpy(text, good, sizeof text);
            text[16] = *inner;
            text[17] = *outer;
            OrgCode code = code_of(text);
            CodeWorth worth = code_worth(&code);
            CHECK_EQ(worth == CODE_WORTH_WHOLE, strcmp(text, good) == 0);
            foreign += worth == CODE_WORTH_FOREIGN;
        }
    CHECK_EQ(foreign, 30); /* one for each other inner check */
}
