#include "app/query.h"
#include "atlas_sample.h"
#include "test.h"
#include <stdio.h>
#include <string.h>

static const SampleRow rows[] = {
    {KIND_PARK, "park-a", "name_zh=甲;tiers=pilot_zone,characteristic", "POINT(113 22.5)"},
    {KIND_PARCEL, "c", "area_m2=300;land_use=M1;park=park-a", "POINT(113.1 22.1)"},
    {KIND_PARCEL, "a", "area_m2=100;land_use=M2;park=park-b", "POINT(113.2 22.1)"},
    {KIND_PARCEL, "d", "land_use=M1;park=park-a", "POINT(113.3 22.1)"},
    {KIND_PARCEL, "b", "area_m2=200;land_use=W1", NULL},
    {KIND_PARCEL, "e", "area_m2=200;park=park-c", "POINT(113.4 22.1)"},
};
enum { ROWS = sizeof rows / sizeof *rows };

static Str list(Arena *arena, const Atlas *atlas, ListQuery query)
{
    Buf buf;
    buf_init(&buf, 1 << 20);
    JsonOut out = json_out(&buf);
    Str *const texts[] = {&query.filter, &query.bbox, &query.sort, &query.facets, &query.sum};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!texts[i]->ptr)
            *texts[i] = STR("");
    if (!query.limit)
        query.limit = 200;
    CHECK_OK(query_list(arena, atlas, &query, &out));
    Str kept = str_copy(arena, buf_view(&buf));
    buf_done(&buf);
    return kept;
}

/* The ids in their order, "?" before those that are maybe: "a b ?d". */
static Str ids(Arena *arena, Str json)
{
    Json *parsed;
    Buf buf;
    buf_init(&buf, 1000);
    CHECK_OK(json_parse(json, &parsed));
    const Json *items = json_get(parsed, "items");
    for (uint32_t i = 0; i < json_len(items); i++) {
        buf_c(&buf, i ? " " : "");
        buf_c(&buf, json_bool(json_get(json_at(items, i), "maybe")) ? "?" : "");
        buf_str(&buf, json_text(json_get(json_at(items, i), "id")));
    }
    Str kept = str_copy(arena, buf_view(&buf));
    buf_done(&buf);
    json_free(parsed);
    return kept;
}

static Arena *arena;
static Atlas *whole, *cut;

static void begin(void)
{
    arena = arena_new();
    whole = atlas_of(arena, test_folder(), AUDIENCE_PUBLIC, rows, ROWS);
    /* The same rows in two segments: "a" was otherwise, "zz" was there, "e" is new. */
    SampleRow before[ROWS];
    memcpy(before, rows, sizeof before);
    before[2].fields = "area_m2=999;land_use=M3";
    before[5] = (SampleRow){KIND_PARCEL, "zz", "area_m2=1;land_use=M0;park=park-z", NULL};
    char folder[200];
    snprintf(folder, sizeof folder, "%s", test_folder());
    Atlas *base = atlas_of(arena, folder, AUDIENCE_PUBLIC, before, ROWS);
    const SampleRow after[] = {rows[2], rows[5]};
    const char *const buried[] = {"zz"};
    cut = atlas_over(arena, folder, base, after, 2, KIND_PARCEL, buried, 1);
    atlas_unref(base);
}

static void end(void)
{
    atlas_unref(whole);
    atlas_unref(cut);
    arena_free(arena);
}

TEST(a_list_is_by_key_and_what_may_be_true_comes_last)
{
    begin();
    CHECK_STR(ids(arena, list(arena, whole, (ListQuery){.kind = KIND_PARCEL})), "a b c d e");
    CHECK_STR(
        ids(arena, list(arena, whole, (ListQuery){.kind = KIND_PARCEL, .filter = STR("area_m2 >= 200")})),
        "b c e ?d");
    end();
}

TEST(a_sorted_list_has_ties_by_key_and_the_unknown_last)
{
    begin();
    CHECK_STR(ids(arena, list(arena, whole, (ListQuery){.kind = KIND_PARCEL, .sort = STR("area_m2")})),
              "a b e c d");
    CHECK_STR(ids(arena, list(arena, whole, (ListQuery){.kind = KIND_PARCEL, .sort = STR("-area_m2")})),
              "c b e a d");
    CHECK_STR(ids(arena, list(arena, whole, (ListQuery){.kind = KIND_PARCEL, .sort = STR("-park")})),
              "e a c d b");
    end();
}

TEST(a_page_across_the_true_and_the_maybe_goes_on_where_the_last_one_ended)
{
    begin();
    ListQuery query = {.kind = KIND_PARCEL, .filter = STR("area_m2 >= 200"), .limit = 2, .offset = 2};
    CHECK_STR(ids(arena, list(arena, whole, query)), "e ?d");
    query.offset = 3;
    CHECK_STR(ids(arena, list(arena, whole, query)), "?d");
    query.offset = 4;
    CHECK_STR(ids(arena, list(arena, whole, query)), "");
    end();
}

TEST(an_atlas_in_two_segments_answers_with_the_same_bytes_as_one_in_one)
{
    begin();
    const ListQuery queries[] = {
        {.kind = KIND_PARCEL},
        {.kind = KIND_PARCEL, .sort = STR("area_m2"), .facets = STR("land_use,park")},
        {.kind = KIND_PARCEL, .sort = STR("-park"), .limit = 3, .offset = 1},
        {.kind = KIND_PARCEL, .filter = STR("area_m2 >= 200 OR park = 'park-b'"), .facets = STR("land_use")},
        {.kind = KIND_PARCEL, .bbox = STR("113.15,22,113.35,22.2"), .facets = STR("park")},
        {.kind = KIND_PARK, .facets = STR("tiers")},
        {.kind = KIND_PARCEL, .facets = STR("park,land_use"), .sum = STR("area_m2,price_fen_m2")},
        {.kind = KIND_PARCEL, .filter = STR("area_m2 >= 200"), .sum = STR("area_m2")},
    };
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        CHECK_STR(list(arena, cut, queries[i]), list(arena, whole, queries[i]).ptr);
    end();
}

TEST(facets_of_codes_keep_the_order_of_their_list_and_others_that_of_their_keys)
{
    begin();
    Str got = list(arena, cut, (ListQuery){.kind = KIND_PARCEL, .limit = 1, .facets = STR("land_use,park")});
    CHECK(strstr(got.ptr, "\"land_use\":[{\"value\":\"M1\",\"count\":2,\"maybe\":0},{\"value\":\"M2\","
                          "\"count\":1,\"maybe\":0},"
                          "{\"value\":\"W1\",\"count\":1,\"maybe\":0}]") != NULL);
    CHECK(strstr(got.ptr, "\"park\":[{\"value\":\"park-a\",\"count\":2,\"maybe\":0},{\"value\":\"park-b\","
                          "\"count\":1,\"maybe\":0},"
                          "{\"value\":\"park-c\",\"count\":1,\"maybe\":0}]") != NULL);
    end();
}

TEST(a_sum_is_over_what_is_true_and_says_how_many_values_are_not_known)
{
    begin();
    Str got =
        list(arena, cut, (ListQuery){.kind = KIND_PARCEL, .facets = STR("land_use"), .sum = STR("area_m2")});
    CHECK(strstr(got.ptr, "\"sums\":{\"area_m2\":{\"sum\":800,\"known\":4,\"unknown\":1}}") != NULL);
    CHECK(strstr(got.ptr, "{\"value\":\"M1\",\"count\":2,\"maybe\":0,\"sums\":{\"area_m2\":300}}") != NULL);
    CHECK(strstr(got.ptr, "\"unknown\":{\"land_use\":1}") != NULL);
    got = list(arena, cut,
               (ListQuery){.kind = KIND_PARCEL, .filter = STR("area_m2 >= 200"), .sum = STR("area_m2")});
    CHECK(strstr(got.ptr, "\"sums\":{\"area_m2\":{\"sum\":700,\"known\":3,\"unknown\":0}}") != NULL);
    end();
}

TEST(a_value_of_a_list_counts_the_rows_that_hold_it_once_each)
{
    begin();
    Str got =
        list(arena, cut, (ListQuery){.kind = KIND_PARK, .facets = STR("tiers"), .sum = STR("planned_m2")});
    CHECK(strstr(got.ptr, "\"value\":\"pilot_zone\",\"count\":1,\"maybe\":0,\"sums\":{\"planned_m2\":0}") !=
          NULL);
    CHECK(strstr(got.ptr, "\"unknown\":{\"tiers\":0}") != NULL);
    end();
}

TEST(what_cannot_be_added_up_or_counted_by_is_refused)
{
    begin();
    Buf buf;
    buf_init(&buf, 1 << 20);
    const struct {
        const char *facets, *sum;
        Err err;
    } wrong[] = {
        {"", "name_zh", ERR_FIELD_NOT_FILTERABLE},
        {"", "land_use", ERR_FIELD_NOT_FILTERABLE},
        {"", "area_m2,area_m2", ERR_PARAM},
        {"area_m2", "", ERR_FIELD_NOT_FILTERABLE},
        {"", "colour", ERR_FIELD_UNKNOWN},
        {"promised_to", "", ERR_FIELD_UNKNOWN},
        {"", "area_m2,,port_m", ERR_FIELD_UNKNOWN},
        {"park,park", "", ERR_PARAM},
        {"", "area_m2,far_min,far_max,port_m,airport_m", ERR_LIMIT},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        JsonOut out = json_out(&buf);
        ListQuery query = {.kind = KIND_PARCEL,
                           .filter = STR(""),
                           .bbox = STR(""),
                           .sort = STR(""),
                           .facets = str_of(wrong[i].facets),
                           .sum = str_of(wrong[i].sum)};
        CHECK_ERR(query_list(arena, whole, &query, &out), wrong[i].err);
    }
    buf_done(&buf);
    end();
}

/* `count` observations of the greatest value there is: 9 × 10^16 hundredths each. */
static Atlas *greatest(Arena *to, uint32_t count)
{
    SampleRow *many = arena_array(to, SampleRow, count);
    for (uint32_t i = 0; i < count; i++) {
        char *key = arena_alloc(to, 16);
        snprintf(key, 16, "o-%03u", i);
        many[i] = (SampleRow){KIND_OBSERVATION, key, "value=900000000000000", NULL};
    }
    return atlas_of(to, test_folder(), AUDIENCE_PUBLIC, many, count);
}

TEST(a_sum_that_no_number_can_hold_is_refused_and_not_wrong)
{
    arena = arena_new();
    Atlas *most = greatest(arena, 102);
    Str got = list(arena, most, (ListQuery){.kind = KIND_OBSERVATION, .sum = STR("value"), .limit = 1});
    CHECK(strstr(got.ptr, "\"sum\":91800000000000000,") != NULL);
    atlas_unref(most);
    Atlas *more = greatest(arena, 103);
    Buf buf;
    buf_init(&buf, 1 << 20);
    JsonOut out = json_out(&buf);
    ListQuery query = {.kind = KIND_OBSERVATION, .sum = STR("value"), .facets = STR(""), .filter = STR("")};
    CHECK_ERR(query_list(arena, more, &query, &out), ERR_LIMIT);
    buf_done(&buf);
    atlas_unref(more);
    arena_free(arena);
}

TEST(a_box_is_read_in_degrees_or_refused)
{
    Box box;
    CHECK_OK(bbox_parse(STR("112.5,-21.25,113,22"), &box));
    CHECK_EQ(box.west, 1125000000);
    CHECK_EQ(box.south, -212500000);
    const char *const wrong[] = {"",        "1",       "1,2,3",       "1,2,3,4,5", "2,1,1,2",
                                 "1,2,2,1", "x,1,2,3", "181,0,182,1", "0,91,1,92", "nan,0,1,1"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK_ERR(bbox_parse(str_of(wrong[i]), &box), ERR_PARAM);
}
