#include "model/lists.h"
#include "model/value.h"
#include "test.h"
#include <string.h>

static const ListSet none = {NULL, 0};
static Arena *arena;

static Err read_text(const char *yaml, ListSet *ret)
{
    arena_free(arena);
    arena = arena_new();
    return lists_read(arena, str_of(yaml), ret);
}

static void apply(const char *yaml)
{
    ListSet set;
    CHECK_OK(read_text(yaml, &set));
    lists_apply(&set);
    arena_free(arena); /* what is applied is copied */
    arena = NULL;
}

static const CodeList *list_of(Kind kind, const char *field)
{
    return kind_info(kind)->fields[field_index(kind, str_of(field))].codes;
}

/* It is refused, in one sentence that says so. */
static void refused(const char *yaml, const char *list, const char *detail)
{
    ListSet set;
    CHECK_ERR(read_text(yaml, &set), ERR_LISTS);
    CHECK_STR(str_of(fault_arg(fault_last(), "list")), list);
    if (!strstr(fault_arg(fault_last(), "detail"), detail))
        test_fail(__FILE__, __LINE__, "%s: “%s” does not say “%s”", yaml, fault_arg(fault_last(), "detail"),
                  detail);
}

TEST(a_list_has_the_codes_labels_and_order_it_was_given)
{
    apply("park_tier:\n"
          "  - industrial\n"
          "  - {code: town_park, zh: 镇街园区, en: Town park}\n"
          "  - {code: group, zh: 发展组团, en: Belt}\n");
    const CodeList *tiers = list_of(KIND_PARK, "tiers");
    CHECK_EQ(tiers->count, 3);
    CHECK_STR(str_of(tiers->codes[0].label.zh), "工业园");
    CHECK_STR(str_of(tiers->codes[1].code), "town_park");
    CHECK_STR(str_of(tiers->codes[2].label.en), "Belt");
    CHECK(list_is_own(tiers));
    CHECK(!list_is_own(list_of(KIND_PARCEL, "land_use")));
    lists_apply(&none);
    CHECK_EQ(tiers->count, 10);
    CHECK(!list_is_own(tiers));
}

TEST(a_value_is_read_by_the_codes_and_labels_in_force)
{
    const Field *tiers = &kind_info(KIND_PARK)->fields[field_index(KIND_PARK, STR("tiers"))];
    Value value;
    apply("park_tier: [industrial, {code: town_park, zh: 镇街园区, en: Town park}]\n");
    arena = arena_new();
    CHECK_OK(value_parse(arena, tiers, STR("镇街园区;工业园"), &value));
    CHECK_STR(value.list.items[0], "town_park");
    CHECK_ERR(value_parse(arena, tiers, STR("pilot_zone"), &value), ERR_VALUE);
    lists_apply(&none);
    CHECK_ERR(value_parse(arena, tiers, STR("镇街园区"), &value), ERR_VALUE);
}

TEST(other_codes_or_another_order_ask_for_another_atlas_and_other_labels_do_not)
{
    uint64_t before = model_digest();
    apply("event_type: [visit, conference, roadshow, signing]\n");
    CHECK(model_digest() != before);
    apply("event_type: [{code: conference, zh: 大会, en: Congress}, roadshow, visit, signing]\n");
    CHECK(model_digest() == before);
    lists_apply(&none);
}

TEST(what_is_written_reads_back_the_same)
{
    Buf one, two;
    buf_init(&one, 100000);
    buf_init(&two, 100000);
    apply("land_state: [raw, serviced, {code: \"kept-back\", zh: '留\"白', en: \"Kept: back #\", offer: "
          "closed}]\n");
    const CodeList *states = list_of(KIND_PARCEL, "land_state");
    list_write(&one, states);
    buf_byte(&one, '\0');
    CHECK_EQ(states->codes[2].offer, OFFER_CLOSED);
    lists_apply(&none);
    apply(one.ptr);
    list_write(&two, states);
    CHECK_STR(buf_view(&two), one.ptr);
    lists_apply(&none);
    buf_done(&one);
    buf_done(&two);
}

TEST(every_list_that_may_change_reads_back_as_it_is)
{
    uint32_t count;
    const CodeList *const *lists = code_lists(&count);
    for (uint32_t i = 0; i < count; i++) {
        if (lists[i]->change == LIST_FIXED)
            continue;
        Buf text;
        ListSet set;
        buf_init(&text, 100000);
        list_write(&text, lists[i]);
        buf_byte(&text, '\0');
        CHECK_OK(read_text(text.ptr, &set));
        CHECK_EQ(set.count, 1);
        CHECK(!list_is_own(&set.lists[0]));
        buf_done(&text);
    }
}

TEST(what_cannot_be_a_list_is_refused_and_said)
{
    refused("park_tiers: [group]\n", "park_tiers", "no such list");
    refused("how: [reported]\n", "how", "cannot change");
    refused("visibility: [public]\n", "visibility", "cannot change");
    refused("park_tier: group\n", "park_tier", "with at least one");
    refused("park_tier: []\n", "park_tier", "with at least one");
    refused("- park_tier\n", "", "names of lists");
    refused("park_tier: [group, group]\n", "park_tier", "code group stands twice");
    refused("park_tier: [group, {code: belt, zh: 组团, en: Belt}]\n", "park_tier", "label 组团 stands twice");
    refused("park_tier: [group, {code: belt, zh: 带}]\n", "park_tier", "belt has no label in English");
    refused("park_tier: [group, {code: belt, en: Belt}]\n", "park_tier", "belt has no label in Chinese");
    refused("park_tier: [group, belt]\n", "park_tier", "belt has no label");
    refused("park_tier: [{code: group, zh: ''}]\n", "park_tier", "label of group is empty");
    refused("park_tier: [{code: group, zh: 甲；乙}]\n", "park_tier", "has a ; in it");
    refused("park_tier: [{code: group, zh: \"甲\\n乙\"}]\n", "park_tier", "label of group");
    refused("park_tier: [{code: 组团, zh: 组团, en: Group}]\n", "park_tier", "up to 40");
    refused("park_tier: [{code: a23456789b123456789c123456789d123456789e1, zh: 长, en: Long}]\n", "park_tier",
            "up to 40");
    refused("park_tier: [{zh: 组团}]\n", "park_tier", "up to 40");
    refused("park_tier: [{code: group, colour: red}]\n", "park_tier", "not colour");
    refused("park_tier: [{code: group, zh: [组团]}]\n", "park_tier", "zh is a text");
    refused("park_tier: [{code: group, offer: open}]\n", "park_tier", "has no offer");
    refused("land_state: [raw, {code: kept, zh: 留白, en: Kept}]\n", "land_state", "kept needs an offer");
    refused("land_state: [{code: raw, offer: maybe}]\n", "land_state", "open, promised or closed");
    refused("service: [road]\n", "service", "needs water");
    refused("work_state: [planned, building, late, done, {code: halted, zh: 停工, en: Halted}]\n",
            "work_state", "only labels and order");
    refused("facility_type: [port, airport]\n", "facility_type", "needs rail_station");
}

TEST(more_codes_than_a_column_can_number_are_refused)
{
    Buf text;
    ListSet set;
    buf_init(&text, 100000);
    buf_c(&text, "policy_type:\n");
    for (int i = 0; i < CODES_MAX; i++)
        buf_fmt(&text, "  - {code: c%d, zh: 策%d, en: Policy %d}\n", i, i, i);
    CHECK_OK(lists_read(arena, buf_view(&text), &set));
    CHECK_EQ(set.lists[0].count, CODES_MAX);
    buf_c(&text, "  - {code: more, zh: 更多, en: More}\n");
    CHECK_ERR(lists_read(arena, buf_view(&text), &set), ERR_LIMIT);
    buf_done(&text);
}

TEST(a_file_that_would_grow_when_read_is_refused)
{
    ListSet set;
    CHECK_ERR(read_text("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", &set), ERR_YAML);
    CHECK_ERR(read_text("park_tier: [group]\npark_tier: [section]\n", &set), ERR_YAML);
    CHECK_ERR(read_text("park_tier: [[[[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]]]\n", &set), ERR_LIMIT);
    CHECK_ERR(read_text("", &set), ERR_YAML);
}
