#include "store/ledger.h"
#include "suite.h"
#include <string.h>

typedef struct Seen {
    int64_t ids[16];
    int count;
} Seen;

static Err note(int64_t entity, void *user)
{
    Seen *seen = user;
    CHECK(seen->count < 16);
    seen->ids[seen->count++] = entity;
    return OK;
}

static int64_t batch_of(Store *store, const char *const *keys, int count, int64_t area)
{
    begin(store);
    int64_t batch = add_batch(store, KIND_PARCEL);
    for (int i = 0; i < count; i++)
        add_parcel(store, batch, keys[i], area);
    CHECK_OK(store_batch_done(store, batch, STR("d1"), &(BatchCounts){count, count, 0, 0, 0}));
    commit(store);
    return batch;
}

TEST(an_undone_batch_is_gone_whole_and_each_entity_is_visited_once)
{
    Store *store = fresh_ledger();
    Arena *arena = arena_new();
    batch_of(store, (const char *[]){"A", "B"}, 2, 1);
    int64_t second = batch_of(store, (const char *[]){"B", "C", "B"}, 3, 2);
    /* The third is said a second time: RECORD_SAME, so there is one record of it. */
    batch_of(store, (const char *[]){"D"}, 1, 3);
    begin(store);
    Seen seen = {.count = 0};
    CHECK_OK(store_batch_undo(store, second, note, &seen));
    int64_t number = commit(store);
    CHECK_EQ(seen.count, 2);
    EntityRow b, c;
    CHECK_OK(store_entity(store, arena, KIND_PARCEL, STR("B"), &b));
    CHECK_EQ(b.record_count, 1);
    CHECK_EQ(b.last_commit, number);
    CHECK_OK(store_entity(store, arena, KIND_PARCEL, STR("C"), &c));
    CHECK_EQ(c.record_count, 0);
    CHECK_EQ(seen.ids[0], b.id);
    CHECK_EQ(seen.ids[1], c.id);
    CHECK_EQ(count_entities(store, KIND_PARCEL, 0), 3);
    CHECK_EQ(count_entities(store, KIND_PARCEL, number - 1), 2); /* C too, though nothing of it is left */
    arena_free(arena);
    store_close(store);
}

TEST(a_batch_is_undone_once)
{
    Store *store = fresh_ledger();
    int64_t batch = batch_of(store, (const char *[]){"A"}, 1, 1);
    Seen seen = {.count = 0};
    begin(store);
    CHECK_OK(store_batch_undo(store, batch, note, &seen));
    commit(store);
    begin(store);
    CHECK_ERR(store_batch_undo(store, batch, note, &seen), ERR_BATCH_UNKNOWN);
    CHECK_ERR(store_batch_undo(store, 77, note, &seen), ERR_BATCH_UNKNOWN);
    store_close(store);
}

TEST(what_was_undone_can_be_said_anew_and_is_alone)
{
    Store *store = fresh_ledger();
    Arena *arena = arena_new();
    int64_t batch = batch_of(store, (const char *[]){"A"}, 1, 1);
    begin(store);
    Seen seen = {.count = 0};
    CHECK_OK(store_batch_undo(store, batch, note, &seen));
    CHECK_OK(store_winners_set(store, seen.ids[0], STR("old")));
    commit(store);
    begin(store);
    Added again = add_parcel(store, add_batch(store, KIND_PARCEL), "A", 1);
    CHECK_EQ(again.fate, RECORD_ADDED);
    CHECK(again.alone);
    CHECK_EQ(again.entity, seen.ids[0]);
    commit(store);
    EntityRow entity;
    CHECK_OK(store_entity(store, arena, KIND_PARCEL, STR("A"), &entity));
    CHECK_EQ(entity.record_count, 1);
    CHECK_EQ(entity.winners.len, 0);
    arena_free(arena);
    store_close(store);
}

static Err set_winners(int64_t entity, void *user)
{
    return store_winners_set(user, entity, STR("new"));
}

TEST(winners_can_be_chosen_anew_while_a_batch_is_undone)
{
    Store *store = fresh_ledger();
    Arena *arena = arena_new();
    batch_of(store, (const char *[]){"A"}, 1, 1);
    int64_t batch = batch_of(store, (const char *[]){"A"}, 1, 2);
    begin(store);
    CHECK_OK(store_batch_undo(store, batch, set_winners, store));
    commit(store);
    EntityRow entity;
    CHECK_OK(store_entity(store, arena, KIND_PARCEL, STR("A"), &entity));
    CHECK_STR(entity.winners, "new");
    arena_free(arena);
    store_close(store);
}

static Err refuse(int64_t entity, void *user)
{
    (void)entity, (void)user;
    return fail(ERR_INTERNAL, "detail", "refused", NULL);
}

TEST(an_undo_that_is_broken_off_leaves_the_batch)
{
    Store *store = fresh_ledger();
    int64_t batch = batch_of(store, (const char *[]){"A"}, 1, 1);
    begin(store);
    CHECK_ERR(store_batch_undo(store, batch, refuse, NULL), ERR_INTERNAL);
    store_rollback(store);
    CHECK_EQ(count_entities(store, KIND_PARCEL, 0), 1);
    store_close(store);
}

TEST(batches_are_listed_newest_first_with_what_they_say)
{
    Store *store = fresh_ledger();
    Arena *arena = arena_new();
    BatchInfo *list;
    uint32_t count;
    CHECK_OK(store_batches(store, arena, 10, &list, &count));
    CHECK_EQ(count, 0); /* the built-in source is of no batch */
    int64_t first = batch_of(store, (const char *[]){"A"}, 1, 1);
    int64_t second = batch_of(store, (const char *[]){"B"}, 1, 1);
    begin(store);
    Seen seen = {.count = 0};
    CHECK_OK(store_batch_undo(store, first, note, &seen));
    int64_t undo = commit(store);
    CHECK_OK(store_batches(store, arena, 10, &list, &count));
    CHECK_EQ(count, 2);
    CHECK_EQ(list[0].id, second);
    CHECK_EQ(list[0].undone_by, 0);
    CHECK_EQ(list[1].id, first);
    CHECK_EQ(list[1].undone_by, undo);
    CHECK_EQ(list[1].kind, KIND_PARCEL);
    CHECK_EQ(list[1].source, deployment());
    CHECK_EQ(list[1].counts.added, 1);
    CHECK_STR(list[1].file_name, "parcels.csv");
    CHECK_EQ(list[1].at.len, strlen("2022-11-30T08:15:02Z"));
    CHECK_OK(store_batches(store, arena, 1, &list, &count));
    CHECK_EQ(count, 1);
    arena_free(arena);
    store_close(store);
}

TEST(every_entity_of_a_source_is_found)
{
    Store *store = fresh_ledger();
    begin(store);
    int64_t batch = add_batch(store, KIND_SOURCE);
    RecordIn in = parcel_record(batch, "bureau", 1);
    in.kind = KIND_SOURCE;
    Added source, parcel;
    CHECK_OK(store_record_add(store, &in, &source.entity, &source.fate, &source.alone));
    batch = add_batch(store, KIND_PARCEL);
    add_parcel(store, batch, "A", 1);
    in = parcel_record(batch, "B", 1);
    in.source = source.entity;
    CHECK_OK(store_record_add(store, &in, &parcel.entity, &parcel.fate, &parcel.alone));
    commit(store);
    Seen seen = {.count = 0};
    CHECK_OK(store_source_entities(store, source.entity, note, &seen));
    CHECK_EQ(seen.count, 1);
    CHECK_EQ(seen.ids[0], parcel.entity);
    seen.count = 0;
    CHECK_OK(store_source_entities(store, deployment(), note, &seen));
    CHECK_EQ(seen.count, 3); /* itself, the bureau, A */
    store_close(store);
}

TEST(an_entity_takes_records_up_to_the_limit)
{
    Store *store = fresh_ledger();
    begin(store);
    int64_t batch = add_batch(store, KIND_PARCEL);
    Added a = add_parcel(store, batch, "A", 1);
    /* Put in directly: through store_record_add each would read those before it. */
    for (int i = 1; i < RECORDS_PER_ENTITY_MAX; i++) {
        Bind binds[] = {B_INT(++store->next_record),
                        B_INT(a.entity),
                        B_INT(batch),
                        B_INT(deployment()),
                        B_INT(0),
                        B_INT(0),
                        B_INT(0),
                        B_TEXT(STR("")),
                        B_BYTES(STR("")),
                        B_NULL};
        CHECK_OK(store_run(store, Q_RECORD_ADD, binds, NULL));
    }
    store->next_record++;
    RecordIn in = parcel_record(batch, "A", 2);
    CHECK_ERR(store_record_add(store, &in, &a.entity, &a.fate, &a.alone), ERR_LIMIT);
    commit(store);
    store_close(store);
}
