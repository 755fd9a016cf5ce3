/* Values → bytes → values; bytes that are none of ours. */
#include "base/hash.h"
#include "model/value.h"
#include "test.h"
#include <string.h>

static Value values[FIELDS_MAX], back[FIELDS_MAX];

static void set(Arena *arena, Kind kind, const char *name, const char *text)
{
    int i = field_index(kind, str_of(name));
    CHECK_OK(value_parse(arena, &kind_info(kind)->fields[i], str_of(text), &values[i]));
}

static void fill_park(Arena *arena)
{
    memset(values, 0, sizeof values);
    set(arena, KIND_PARK, "name_zh", "凤山湖园区");
    set(arena, KIND_PARK, "tiers", "pilot_zone;characteristic");
    set(arena, KIND_PARK, "parents", "n/a");
    set(arena, KIND_PARK, "chemical_recognised", "yes");
    set(arena, KIND_PARK, "about_zh", "withheld");
}

TEST(packed_values_come_back_equal)
{
    Arena *arena = arena_new();
    Buf buf;
    buf_init(&buf, 10000);
    fill_park(arena);
    pack_values(&buf, KIND_PARK, values);
    CHECK_OK(unpack_values(arena, KIND_PARK, buf_view(&buf), back));
    for (uint32_t i = 0; i < kind_info(KIND_PARK)->field_count; i++)
        CHECK(value_eq(&kind_info(KIND_PARK)->fields[i], &values[i], &back[i]));
    buf_done(&buf);
    arena_free(arena);
}

TEST(no_bytes_are_a_record_that_says_nothing)
{
    Arena *arena = arena_new();
    CHECK_OK(unpack_values(arena, KIND_PARCEL, STR(""), back));
    CHECK_EQ(back[0].state, VALUE_UNKNOWN);
    arena_free(arena);
}

TEST(a_tag_of_a_newer_model_is_passed_over)
{
    Arena *arena = arena_new();
    Buf buf;
    buf_init(&buf, 1000);
    buf_varint(&buf, 900 << 3 | 3); /* a list of two */
    buf_varint(&buf, 2);
    buf_add(&buf, "\1a\2bc", 5);
    buf_varint(&buf, 901 << 3 | 1); /* a span */
    buf_zigzag(&buf, -3);
    buf_varint(&buf, 4);
    memset(values, 0, sizeof values);
    set(arena, KIND_PARK, "name_en", "Park");
    pack_values(&buf, KIND_PARK, values);
    CHECK_OK(unpack_values(arena, KIND_PARK, buf_view(&buf), back));
    CHECK_STR(back[FIELD_NAME_EN].text, "Park");
    buf_done(&buf);
    arena_free(arena);
}

TEST(every_cut_of_packed_bytes_is_either_whole_or_corrupt)
{
    Arena *arena = arena_new();
    Buf buf;
    buf_init(&buf, 10000);
    fill_park(arena);
    pack_values(&buf, KIND_PARK, values);
    int whole = 0;
    for (size_t len = 0; len < buf.len; len++) {
        Err err = unpack_values(arena, KIND_PARK, (Str){buf.ptr, len}, back);
        CHECK(err == OK || err == ERR_DB_CORRUPT);
        whole += err == OK;
    }
    CHECK_EQ(whole, 5); /* before each of the five values */
    buf_done(&buf);
    arena_free(arena);
}

static Err unpack_bytes(Arena *arena, const char *bytes, size_t len)
{
    return unpack_values(arena, KIND_PARK, (Str){bytes, len}, back);
}

TEST(hostile_bytes_are_corrupt)
{
    Arena *arena = arena_new();
    /* tag 2 is name_zh */
    CHECK_ERR(unpack_bytes(arena, "\x12\xff\xff\xff\xff\x0f", 6), ERR_DB_CORRUPT); /* a length past the end */
    CHECK_ERR(unpack_bytes(arena, "\x12\x01\xff", 3), ERR_DB_CORRUPT);             /* not UTF-8 */
    CHECK_ERR(unpack_bytes(arena,
                           "\x12\x01"
                           "a"
                           "\x12\x01"
                           "b",
                           6),
              ERR_DB_CORRUPT);                                     /* twice */
    CHECK_ERR(unpack_bytes(arena, "\x10\x02", 2), ERR_DB_CORRUPT); /* a number for a text */
    CHECK_ERR(unpack_bytes(arena, "\x17\x02", 2), ERR_DB_CORRUPT); /* no such wire */
    CHECK_ERR(unpack_bytes(arena, "\x14\x09", 2), ERR_DB_CORRUPT); /* no such state */
    CHECK_ERR(unpack_bytes(arena, "\x12\x00", 2), ERR_DB_CORRUPT); /* an empty text is unknown */
    CHECK_ERR(unpack_bytes(arena, "\x53\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11),
              ERR_DB_CORRUPT); /* endless list */
    CHECK_ERR(unpack_bytes(arena, "\x83\x40\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 12),
              ERR_DB_CORRUPT); /* an endless list of a tag nobody knows */
    arena_free(arena);
}
