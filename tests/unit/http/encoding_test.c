#include "http/encoding.h"
#include "test.h"
#include <string.h>

TEST(the_encoding_liked_best_is_chosen)
{
    CHECK_EQ(encoding_accepted(STR("")), ENCODING_IDENTITY);
    CHECK_EQ(encoding_accepted(STR("gzip, deflate, br")), ENCODING_BROTLI);
    CHECK_EQ(encoding_accepted(STR("gzip;q=1.0, br;q=0.5")), ENCODING_GZIP);
    CHECK_EQ(encoding_accepted(STR("GZIP")), ENCODING_GZIP);
    CHECK_EQ(encoding_accepted(STR("deflate, zstd")), ENCODING_IDENTITY);
}

TEST(an_encoding_with_q_0_is_never_used)
{
    CHECK_EQ(encoding_accepted(STR("br;q=0, gzip")), ENCODING_GZIP);
    CHECK_EQ(encoding_accepted(STR("gzip;q=0")), ENCODING_IDENTITY);
    CHECK_EQ(encoding_accepted(STR("br;q=0.0, gzip;q=0.000")), ENCODING_IDENTITY);
    CHECK_EQ(encoding_accepted(STR("br;q=abc")), ENCODING_IDENTITY);
}

TEST(a_star_stands_for_what_is_not_named)
{
    CHECK_EQ(encoding_accepted(STR("*")), ENCODING_BROTLI);
    CHECK_EQ(encoding_accepted(STR("*, br;q=0")), ENCODING_GZIP);
    CHECK_EQ(encoding_accepted(STR("gzip;q=0.5, identity;q=0.9")), ENCODING_IDENTITY);
}

TEST(what_would_not_be_smaller_is_sent_as_it_is)
{
    Arena *arena = arena_new();
    Str got = STR("before");
    CHECK(!encoding_apply(ENCODING_GZIP, STR("x"), arena, &got));
    CHECK(!encoding_apply(ENCODING_BROTLI, STR("x"), arena, &got));
    CHECK_STR(got, "before");
    char *same = arena_alloc(arena, 10000);
    memset(same, 'a', 10000);
    CHECK(encoding_apply(ENCODING_GZIP, (Str){same, 10000}, arena, &got));
    CHECK(got.len < 200 && (unsigned char)got.ptr[0] == 0x1F && (unsigned char)got.ptr[1] == 0x8B);
    CHECK(encoding_apply(ENCODING_BROTLI, (Str){same, 10000}, arena, &got));
    CHECK(got.len < 200);
    arena_free(arena);
}

TEST(entity_tags_are_compared_weakly)
{
    CHECK(etag_matches(STR("\"abc\""), STR("\"abc\"")));
    CHECK(etag_matches(STR("\"x\", W/\"abc\""), STR("\"abc\"")));
    CHECK(etag_matches(STR("*"), STR("\"abc\"")));
    CHECK(!etag_matches(STR("abc"), STR("\"abc\"")));
    CHECK(!etag_matches(STR("\"abcd\""), STR("\"abc\"")));
    CHECK(!etag_matches(STR(""), STR("\"abc\"")));
}
