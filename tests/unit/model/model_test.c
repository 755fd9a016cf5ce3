#include "model/model.h"
#include "test.h"

TEST(the_tables_of_kinds_are_sound)
{
    CHECK_STR(str_of(model_lint()), "");
}

TEST(a_key_is_letters_digits_and_few_signs_of_any_script)
{
    CHECK(key_valid(STR("jm-fsh-a-01")));
    CHECK(key_valid(STR("440705:A.1_b")));
    CHECK(key_valid(STR("凤山湖A01")));
}

TEST(a_key_that_could_be_read_as_two_is_refused)
{
    static const char *const keys[] = {"",     "a b",      "a/b",  "a;b",  "a；b",
                                       "a，b", "a\u3000b", "a：b", "a\tb", "a\x7f"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        CHECK(!key_valid(str_of(keys[i])));
}

TEST(a_misspelt_field_is_told_the_nearest_one)
{
    uint32_t index;
    CHECK_ERR(field_named(KIND_PARCEL, STR("area_m3"), &index), ERR_FIELD_UNKNOWN);
    CHECK_STR(str_of(fault_arg(fault_last(), "hint")), "area_m2");
}

TEST(a_hidden_field_is_never_the_hint)
{
    uint32_t index;
    CHECK_ERR(field_named(KIND_PARCEL, STR("promised_too"), &index), ERR_FIELD_UNKNOWN);
    CHECK(!str_eq(str_of(fault_arg(fault_last(), "hint")), STR("promised_to")));
}
