#include "model/value.h"
#include "store/ledger.h"
#include "suite.h"
#include <string.h>

TEST(a_new_ledger_has_one_commit_and_the_source_of_sources)
{
    Store *store = fresh_ledger();
    Arena *arena = arena_new();
    int64_t last;
    CHECK_OK(store_last_commit(store, &last));
    CHECK_EQ(last, 1);
    EntityRow entity;
    CHECK_OK(store_entity(store, arena, KIND_SOURCE, STR("deployment"), &entity));
    CHECK_EQ(entity.record_count, 1);
    CHECK_EQ(entity.records[0].source, entity.id);
    CHECK_EQ(entity.records[0].visibility, AUDIENCE_PUBLIC);
    Value values[FIELDS_MAX];
    CHECK_OK(unpack_values(arena, KIND_SOURCE, entity.records[0].payload, values));
    CHECK_EQ(values[field_index(KIND_SOURCE, STR("authority"))].num, 100);
    arena_free(arena);
    store_close(store);
}

TEST(a_record_comes_back_byte_for_byte)
{
    Store *store = fresh_ledger();
    Arena *arena = arena_new();
    begin(store);
    int64_t batch = add_batch(store, KIND_PARCEL);
    RecordIn in = parcel_record(batch, "P-1", 40000);
    in.as_of = (DateSpan){19000, 19029};
    in.visibility = AUDIENCE_STAFF;
    Added added;
    CHECK_OK(store_record_add(store, &in, &added.entity, &added.fate, &added.alone));
    int64_t number = commit(store);
    EntityRow entity;
    CHECK_OK(store_entity(store, arena, KIND_PARCEL, STR("P-1"), &entity));
    CHECK_EQ(entity.id, added.entity);
    CHECK_EQ(entity.kind, KIND_PARCEL);
    CHECK_EQ(entity.last_commit, number);
    CHECK_EQ(entity.winners.len, 0);
    CHECK_EQ(entity.record_count, 1);
    const RecordRow *out = &entity.records[0];
    CHECK(str_eq(out->payload, in.payload));
    CHECK(str_eq(out->shape, in.shape));
    CHECK(str_eq(out->locator, in.locator));
    CHECK_EQ(out->batch, batch);
    CHECK_EQ(out->source, in.source);
    CHECK_EQ(out->visibility, AUDIENCE_STAFF);
    CHECK_EQ(out->as_of.first, 19000);
    CHECK_EQ(out->as_of.last, 19029);
    EntityRow by_id;
    CHECK_OK(store_entity_by_id(store, arena, added.entity, &by_id));
    CHECK_STR(by_id.key, "P-1");
    arena_free(arena);
    store_close(store);
}

TEST(the_same_said_again_writes_nothing)
{
    Store *store = fresh_ledger();
    begin(store);
    int64_t batch = add_batch(store, KIND_PARCEL);
    Added first = add_parcel(store, batch, "P-1", 40000);
    CHECK_EQ(first.fate, RECORD_ADDED);
    CHECK(first.alone);
    int64_t number = commit(store);
    begin(store);
    batch = add_batch(store, KIND_PARCEL);
    Added again = add_parcel(store, batch, "P-1", 40000);
    CHECK_EQ(again.fate, RECORD_SAME);
    CHECK_EQ(again.entity, first.entity);
    CHECK(again.alone);
    commit(store);
    int64_t changed;
    CHECK_OK(store_count_changed(store, number, &changed));
    CHECK_EQ(changed, 0);
    store_close(store);
}

TEST(another_word_on_a_known_key_is_a_second_record)
{
    Store *store = fresh_ledger();
    Arena *arena = arena_new();
    begin(store);
    int64_t batch = add_batch(store, KIND_PARCEL);
    add_parcel(store, batch, "P-1", 40000);
    Added second = add_parcel(store, batch, "P-1", 41000);
    CHECK_EQ(second.fate, RECORD_CHANGED);
    CHECK(!second.alone);
    /* What it said first is no longer its newest word. */
    Added third = add_parcel(store, batch, "P-1", 40000);
    CHECK_EQ(third.fate, RECORD_CHANGED);
    commit(store);
    EntityRow entity;
    CHECK_OK(store_entity(store, arena, KIND_PARCEL, STR("P-1"), &entity));
    CHECK_EQ(entity.record_count, 3);
    CHECK(entity.records[0].id < entity.records[1].id && entity.records[1].id < entity.records[2].id);
    arena_free(arena);
    store_close(store);
}

TEST(a_record_without_a_shape_comes_back_without_one)
{
    Store *store = fresh_ledger();
    Arena *arena = arena_new();
    begin(store);
    RecordIn in = parcel_record(add_batch(store, KIND_PARCEL), "P-1", 1);
    in.shape = STR("");
    Added added;
    CHECK_OK(store_record_add(store, &in, &added.entity, &added.fate, &added.alone));
    CHECK_OK(store_record_add(store, &in, &added.entity, &added.fate, &added.alone));
    CHECK_EQ(added.fate, RECORD_SAME);
    commit(store);
    EntityRow entity;
    CHECK_OK(store_entity(store, arena, KIND_PARCEL, STR("P-1"), &entity));
    CHECK_EQ(entity.records[0].shape.len, 0);
    arena_free(arena);
    store_close(store);
}

TEST(the_same_key_in_two_kinds_is_two_things)
{
    Store *store = fresh_ledger();
    begin(store);
    int64_t batch = add_batch(store, KIND_PARCEL);
    Added parcel = add_parcel(store, batch, "X", 1), park;
    RecordIn in = parcel_record(batch, "X", 1);
    in.kind = KIND_PARK;
    CHECK_OK(store_record_add(store, &in, &park.entity, &park.fate, &park.alone));
    CHECK_EQ(park.fate, RECORD_ADDED);
    CHECK(park.entity != parcel.entity);
    commit(store);
    CHECK_EQ(count_entities(store, KIND_PARCEL, 0), 1);
    CHECK_EQ(count_entities(store, KIND_PARK, 0), 1);
    store_close(store);
}

TEST(what_changed_since_a_commit_is_found_and_nothing_else)
{
    Store *store = fresh_ledger();
    begin(store);
    int64_t batch = add_batch(store, KIND_PARCEL);
    add_parcel(store, batch, "A", 1);
    Added b = add_parcel(store, batch, "B", 2);
    int64_t first = commit(store);
    begin(store);
    add_parcel(store, add_batch(store, KIND_PARCEL), "A", 3);
    int64_t second = commit(store);
    CHECK_EQ(count_entities(store, KIND_PARCEL, first - 1), 2);
    CHECK_EQ(count_entities(store, KIND_PARCEL, first), 1);
    CHECK_EQ(count_entities(store, KIND_PARCEL, second), 0);
    CHECK_EQ(count_entities(store, KIND_PARK, first), 0);
    begin(store);
    CHECK_OK(store_winners_set(store, b.entity, STR("\x01\x00\x02")));
    commit(store);
    CHECK_EQ(count_entities(store, KIND_PARCEL, second), 1);
    store_close(store);
}

TEST(winners_come_back_byte_for_byte)
{
    Store *store = fresh_ledger();
    Arena *arena = arena_new();
    begin(store);
    Added a = add_parcel(store, add_batch(store, KIND_PARCEL), "A", 1);
    CHECK_OK(store_winners_set(store, a.entity, STR("\x01\x00\xff\x02")));
    commit(store);
    EntityRow entity;
    CHECK_OK(store_entity(store, arena, KIND_PARCEL, STR("A"), &entity));
    CHECK(str_eq(entity.winners, STR("\x01\x00\xff\x02")));
    arena_free(arena);
    store_close(store);
}

TEST(what_was_rolled_back_never_was)
{
    Store *store = fresh_ledger();
    int64_t before, after;
    CHECK_OK(store_last_commit(store, &before));
    begin(store);
    add_parcel(store, add_batch(store, KIND_PARCEL), "A", 1);
    store_rollback(store);
    CHECK_OK(store_last_commit(store, &after));
    CHECK_EQ(after, before);
    CHECK_EQ(count_entities(store, KIND_PARCEL, 0), 0);
    begin(store);
    add_parcel(store, add_batch(store, KIND_PARCEL), "A", 1);
    CHECK_EQ(commit(store), before + 1);
    store_close(store);
}

TEST(a_write_needs_a_transaction)
{
    Store *store = fresh_ledger();
    RecordIn in = parcel_record(1, "A", 1);
    Added added;
    CHECK_ERR(store_record_add(store, &in, &added.entity, &added.fate, &added.alone), ERR_INTERNAL);
    CHECK_ERR(store_meta_set(store, "name", STR("x")), ERR_INTERNAL);
    store_close(store);
}

TEST(a_record_of_an_unknown_batch_or_source_is_refused)
{
    Store *store = fresh_ledger();
    begin(store);
    Added added;
    RecordIn in = parcel_record(12345, "A", 1);
    CHECK_ERR(store_record_add(store, &in, &added.entity, &added.fate, &added.alone), ERR_BATCH_UNKNOWN);
    in.batch = add_batch(store, KIND_PARCEL);
    in.source = deployment() + 1;
    CHECK_ERR(store_record_add(store, &in, &added.entity, &added.fate, &added.alone), ERR_SOURCE_UNKNOWN);
    in.source = add_parcel(store, in.batch, "P", 1).entity; /* an entity, but of another kind */
    CHECK_ERR(store_record_add(store, &in, &added.entity, &added.fate, &added.alone), ERR_SOURCE_UNKNOWN);
    store_close(store);
}

TEST(after_a_write_that_failed_the_transaction_can_only_be_rolled_back)
{
    Store *store = fresh_ledger();
    begin(store);
    add_parcel(store, add_batch(store, KIND_PARCEL), "A", 1);
    Bind taken[] = {B_INT(1), B_TEXT(STR("")), B_TEXT(STR("")), B_TEXT(STR("")), B_NULL, B_TEXT(STR(""))};
    CHECK_ERR(store_run(store, Q_COMMIT_ADD, taken, NULL), ERR_DB);
    CHECK_ERR(store_meta_set(store, "name_zh", STR("x")), ERR_DB);
    int64_t number;
    CHECK_ERR(store_commit(store, &number), ERR_DB);
    CHECK_EQ(count_entities(store, KIND_PARCEL, 0), 0);
    begin(store);
    commit(store);
    store_close(store);
}

TEST(a_reader_cannot_begin_a_transaction)
{
    Store *store = fresh_ledger(), *reader;
    CHECK_OK(store_open(store_url(store), STORE_READ, &reader));
    int64_t done;
    CHECK_ERR(store_begin(reader, &(CommitInfo){STR("t"), STR("t"), STR(""), STR("")}, &done),
              ERR_DB_READONLY);
    store_close(reader);
    store_close(store);
}

TEST(a_key_a_second_time_begins_nothing_and_names_the_first_commit)
{
    Store *store = fresh_ledger();
    CommitInfo info = {STR("cli"), STR("import"), STR("key-1"), STR("digest-1")};
    int64_t done, number, last;
    CHECK_OK(store_begin(store, &info, &done));
    CHECK_EQ(done, 0);
    CHECK_OK(store_commit(store, &number));
    CHECK_OK(store_begin(store, &info, &done));
    CHECK_EQ(done, number);
    CHECK_OK(store_last_commit(store, &last));
    CHECK_EQ(last, number);
    begin(store); /* nothing was begun, so this can be */
    commit(store);
    info.digest = STR("digest-2");
    CHECK_ERR(store_begin(store, &info, &done), ERR_IDEMPOTENCY);
    store_close(store);
}

TEST(what_is_set_of_the_ledger_itself_is_kept)
{
    Store *store = fresh_ledger();
    Arena *arena = arena_new();
    Str value;
    CHECK_OK(store_meta_get(store, arena, "name_zh", &value));
    CHECK_STR(value, "");
    begin(store);
    CHECK_OK(store_meta_set(store, "name_zh", STR("江门")));
    CHECK_OK(store_meta_set(store, "name_zh", STR("江门产业招商地图")));
    commit(store);
    CHECK_OK(store_meta_get(store, arena, "name_zh", &value));
    CHECK_STR(value, "江门产业招商地图");
    arena_free(arena);
    store_close(store);
}

TEST(an_unknown_key_or_id_is_an_error)
{
    Store *store = fresh_ledger();
    Arena *arena = arena_new();
    EntityRow entity;
    CHECK_ERR(store_entity(store, arena, KIND_PARCEL, STR("none"), &entity), ERR_ID_UNKNOWN);
    CHECK_ERR(store_entity_by_id(store, arena, 999, &entity), ERR_NOT_FOUND);
    arena_free(arena);
    store_close(store);
}

TEST(a_locator_past_its_limit_is_refused_and_the_transaction_goes_on)
{
    Store *store = fresh_ledger();
    begin(store);
    int64_t batch = add_batch(store, KIND_PARCEL);
    char longest[LOCATOR_MAX_BYTES + 1];
    memset(longest, 'x', sizeof longest);
    RecordIn in = parcel_record(batch, "A", 1);
    in.locator = (Str){longest, sizeof longest};
    Added added;
    CHECK_ERR(store_record_add(store, &in, &added.entity, &added.fate, &added.alone), ERR_LIMIT);
    in.locator.len--;
    CHECK_OK(store_record_add(store, &in, &added.entity, &added.fate, &added.alone));
    commit(store);
    store_close(store);
}
