/* A chain file becomes three batches of one commit, or nothing; and is taken back whole. */
#include "app/undo.h"
#include "ledger.h"
#include <string.h>

#define SOUND                                                                                                \
    "chain: {id: c, name_zh: 链}\n"                                                                         \
    "segments:\n"                                                                                            \
    "  - {id: ore, stage: up, type: input}\n"                                                                \
    "  - {id: car, stage: down, type: product, needs: [{from: ore, weight: 100}]}\n"

static Store *ledger_named(const char *name)
{
    Store *store = ledger_new(name);
    import_good(store, KIND_SOURCE, "", "id,name_zh,published\nus,编者,2022-11-30\n");
    return store;
}

static Store *with_source(void)
{
    return ledger_named("a.lianpu");
}

static Err import_yaml(Store *store, const char *text, ImportReport *report)
{
    const ImportOptions options = {
        .path = file_with("c.yaml", text), .kind = KIND_CHAIN, .source = STR("us"), .lang = LANG_EN};
    return app_import(store, &options, report);
}

static int64_t live(Store *store, Kind kind, const char *key)
{
    Arena *arena = arena_new();
    EntityRow entity;
    int64_t count = store_entity(store, arena, kind, str_of(key), &entity) == OK ? entity.record_count : 0;
    arena_free(arena);
    return count;
}

TEST(a_chain_file_is_three_batches_of_one_commit)
{
    Store *store = with_source();
    Arena *arena = arena_new();
    ImportReport report;
    BatchInfo *batches;
    uint32_t count;
    CHECK_OK(import_yaml(store, SOUND, &report));
    CHECK_EQ(report.last_batch, report.batch + 2);
    CHECK_EQ(report.counts.read, 4);
    CHECK_EQ(report.counts.added, 4);
    CHECK_OK(store_batches(store, arena, 3, &batches, &count));
    CHECK_EQ(batches[0].kind, KIND_FLOW);
    CHECK_EQ(batches[1].kind, KIND_SEGMENT);
    CHECK_EQ(batches[2].kind, KIND_CHAIN);
    for (int i = 0; i < 3; i++)
        CHECK_EQ(batches[i].commit, report.commit);
    import_report_done(&report);
    CHECK_OK(import_yaml(store, SOUND, &report));
    CHECK_EQ(report.counts.same, 4);
    import_report_done(&report);
    arena_free(arena);
    store_close(store);
}

TEST(a_chain_that_does_not_hold_together_is_refused_with_its_line)
{
    Store *store = with_source();
    ImportReport report;
    CHECK_ERR(import_yaml(store, SOUND "  - {id: lost, stage: mid}\n", &report), ERR_ROWS_REJECTED);
    CHECK_EQ(report.issues.count, 1);
    CHECK_EQ(report.issues.list[0].row, 5);
    CHECK(strstr(fault_arg(fault_last(), "first"), "Row 5: The chain does not hold together at “c.lost”") !=
          NULL);
    import_report_done(&report);
    CHECK_EQ(live(store, KIND_CHAIN, "c"), 0);
    store_close(store);
}

TEST(a_chain_file_is_refused_whole_whatever_was_asked)
{
    Store *store = with_source();
    ImportReport report;
    const ImportOptions options = {.path = file_with("c.yaml", SOUND "  - {id: lost, stage: mid}\n"),
                                   .kind = KIND_CHAIN,
                                   .source = STR("us"),
                                   .reject_rows = true};
    CHECK_ERR(app_import(store, &options, &report), ERR_ROWS_REJECTED);
    import_report_done(&report);
    CHECK_EQ(live(store, KIND_SEGMENT, "c.ore"), 0);
    store_close(store);
}

TEST(taking_one_batch_of_a_chain_file_back_takes_all_back)
{
    static const char *const names[] = {"a.lianpu", "b.lianpu", "c.lianpu"};
    for (int which = 0; which < 3; which++) {
        Store *store = ledger_named(names[which]);
        ImportReport report;
        UndoReport undone;
        CHECK_OK(import_yaml(store, SOUND, &report));
        CHECK_OK(app_undo(store, report.batch + which, &undone));
        CHECK_EQ(undone.batches, 3);
        CHECK_EQ(undone.entities, 4);
        CHECK_EQ(live(store, KIND_CHAIN, "c"), 0);
        CHECK_EQ(live(store, KIND_SEGMENT, "c.car"), 0);
        CHECK_EQ(live(store, KIND_FLOW, "c.ore-car"), 0);
        CHECK_ERR(app_undo(store, report.batch, &undone), ERR_BATCH_UNKNOWN);
        import_report_done(&report);
        store_close(store);
    }
}

TEST(a_table_of_segments_is_taken_back_alone)
{
    Store *store = with_source();
    ImportReport chain, table;
    UndoReport undone;
    CHECK_OK(import_yaml(store, SOUND, &chain));
    CHECK_OK(import_text(store, KIND_SEGMENT, "us", "id,chain,stage\nc.ore,c,up\n", &table));
    CHECK_OK(app_undo(store, table.batch, &undone));
    CHECK_EQ(undone.batches, 1);
    CHECK_EQ(live(store, KIND_SEGMENT, "c.ore"), 1);
    import_report_done(&chain);
    import_report_done(&table);
    store_close(store);
}

TEST(a_chain_may_still_come_as_a_table)
{
    Store *store = with_source();
    ImportReport report;
    CHECK_OK(import_text(store, KIND_CHAIN, "us", "id,name_zh\nc,链\n", &report));
    CHECK_EQ(report.last_batch, report.batch);
    import_report_done(&report);
    store_close(store);
}
