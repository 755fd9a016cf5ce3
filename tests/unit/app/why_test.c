/* Who said it, why it is believed, and what else was said: to those who may know. */
#include "app/why.h"
#include "ledger.h"

static Arena *arena;

static Store *argued(void)
{
    if (!arena)
        arena = arena_new();
    Store *store = ledger_new("a.lianpu");
    import_good(store, KIND_SOURCE, "",
                "id,name_zh,visibility,type,authority,rows_visibility\n"
                "paper,日报,public,paper,50,public\nbureau,局,public,bureau,80,public\nquiet,内部,staff,"
                "bureau,90,public\n");
    import_good(store, KIND_PARCEL, "paper", "id,area_m2,name_zh,locator,as_of\np1,1,甲,第3段,2021\n");
    import_good(store, KIND_PARCEL, "bureau", "id,area_m2,as_of\np1,2,2020\n");
    import_good(store, KIND_PARCEL, "bureau", "id,area_m2,as_of\np1,3,2019\n");
    import_good(store, KIND_PARCEL, "quiet", "id,area_m2,promised_to\np1,4,项目甲\n");
    return store;
}

static const WhyField *field_of(const Why *why, const char *name)
{
    int field = field_index(why->kind, str_of(name));
    for (uint32_t i = 0; i < why->count; i++)
        if ((int)why->fields[i].field == field)
            return &why->fields[i];
    return NULL;
}

TEST(a_value_says_its_source_day_place_and_why_it_won)
{
    Store *store = argued();
    Why why;
    CHECK_OK(app_why(store, arena, AUDIENCE_PUBLIC, KIND_PARCEL, STR("p1"), STR(""), &why));
    const WhyField *name = field_of(&why, "name_zh"), *area = field_of(&why, "area_m2");
    CHECK(name && area);
    CHECK_STR(name->won.source->name_zh, "日报");
    CHECK_STR(name->won.locator, "第3段");
    CHECK_EQ(name->won.as_of.first, date_day(2021, 1, 1));
    CHECK_EQ(name->won.lost, WHY_ONLY);
    CHECK_EQ(area->won.value.num, 200);
    CHECK_EQ(area->won.lost, WHY_AS_OF); /* over the bureau's own older word */
    CHECK_EQ(area->other_count, 2);
    CHECK_EQ(area->others[0].value.num, 300);
    CHECK_EQ(area->others[0].lost, WHY_AS_OF);
    CHECK_EQ(area->others[1].value.num, 100);
    CHECK_EQ(area->others[1].lost, WHY_AUTHORITY);
    store_close(store);
}

TEST(why_tells_the_same_winner_as_the_ledger_believes)
{
    Store *store = argued();
    for (Audience a = AUDIENCE_PUBLIC; a < AUDIENCE_COUNT; a++) {
        Why why;
        SourceRules rules;
        EntityRow entity;
        Value values[FIELDS_MAX];
        Str shape;
        DateSpan as_of;
        bool visible;
        CHECK_OK(app_why(store, arena, a, KIND_PARCEL, STR("p1"), STR(""), &why));
        CHECK_OK(source_rules_load(store, arena, &rules));
        CHECK_OK(store_entity(store, arena, KIND_PARCEL, STR("p1"), &entity));
        CHECK_OK(entity_believed(arena, &entity, &rules, a, values, &shape, &as_of, &visible));
        for (uint32_t i = 0; i < why.count; i++)
            if (why.fields[i].field != WINNER_GEOMETRY)
                CHECK(value_eq(&kind_info(KIND_PARCEL)->fields[why.fields[i].field], &why.fields[i].won.value,
                               &values[why.fields[i].field]));
    }
    store_close(store);
}

TEST(what_an_audience_may_not_see_is_neither_told_nor_counted)
{
    Store *store = argued();
    Why why;
    CHECK_OK(app_why(store, arena, AUDIENCE_PUBLIC, KIND_PARCEL, STR("p1"), STR(""), &why));
    CHECK(field_of(&why, "promised_to") == NULL);
    CHECK_ERR(app_why(store, arena, AUDIENCE_PUBLIC, KIND_PARCEL, STR("p1"), STR("promised_to"), &why),
              ERR_FIELD_UNKNOWN);
    CHECK_OK(app_why(store, arena, AUDIENCE_STAFF, KIND_PARCEL, STR("p1"), STR("area_m2"), &why));
    CHECK_EQ(why.count, 1);
    CHECK_EQ(why.fields[0].won.value.num, 400);
    CHECK_EQ(why.fields[0].other_count, 3);
    import_good(store, KIND_PARCEL, "quiet", "id\np2\n");
    CHECK_ERR(app_why(store, arena, AUDIENCE_PUBLIC, KIND_PARCEL, STR("p2"), STR(""), &why), ERR_ID_UNKNOWN);
    CHECK_ERR(app_why(store, arena, AUDIENCE_PUBLIC, KIND_PARCEL, STR("p3"), STR(""), &why), ERR_ID_UNKNOWN);
    store_close(store);
}
