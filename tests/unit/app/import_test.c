/* A file becomes a batch: what is counted, what refuses it, what happens the second time, and how it is taken
 * back. */
#include "app/undo.h"
#include "intake/input.h"
#include "ledger.h"
#include "link/winners.h"
#include <string.h>

#define SOURCES                                                                                              \
    "id,name_zh,visibility,authority,published,rows_visibility\n"                                            \
    "paper,报纸,public,50,2022-11-30,public\n"                                                             \
    "bureau,局,public,80,2022-12-01,public\n"                                                               \
    "quiet,内部,staff,90,2022-12-01,\n"

static Arena *arena;

static Store *with_sources(void)
{
    if (!arena)
        arena = arena_new();
    Store *store = ledger_new("a.lianpu");
    import_good(store, KIND_SOURCE, "", SOURCES);
    return store;
}

/* The area an audience believes, in m²; -1 if it knows none, -2 if it does not know the parcel. */
static int area(Store *store, const char *key, Audience audience)
{
    EntityRow entity;
    SourceRules rules;
    Value values[FIELDS_MAX];
    Str shape;
    DateSpan as_of;
    bool visible;
    CHECK_OK(source_rules_load(store, arena, &rules));
    if (store_entity(store, arena, KIND_PARCEL, str_of(key), &entity) != OK)
        return -2;
    CHECK_OK(entity_believed(arena, &entity, &rules, audience, values, &shape, &as_of, &visible));
    const Value *value = &values[field_index(KIND_PARCEL, STR("area_m2"))];
    return !visible ? -2 : value->state == VALUE_KNOWN ? (int)(value->num / 100) : -1;
}

#define CHECK_COUNTS(report, read_, added_, changed_, same_, rejected_)                                      \
    do {                                                                                                     \
        CHECK_EQ((report).counts.read, read_);                                                               \
        CHECK_EQ((report).counts.added, added_);                                                             \
        CHECK_EQ((report).counts.changed, changed_);                                                         \
        CHECK_EQ((report).counts.same, same_);                                                               \
        CHECK_EQ((report).counts.rejected, rejected_);                                                       \
        import_report_done(&(report));                                                                       \
    } while (0)

TEST(a_batch_keeps_the_digest_of_its_file_with_a_key_and_without)
{
    Store *store = with_sources();
    BatchInfo *batches;
    uint32_t count;
    char digest[65];
    const char *path = file_with("plots.csv", "id,area_m2\np1,100\n");
    for (int keyed = 0; keyed < 2; keyed++) {
        ImportReport report;
        ImportOptions options = {.path = path,
                                 .kind = KIND_PARCEL,
                                 .source = STR("paper"),
                                 .idempotency_key = keyed ? STR("once") : STR("")};
        CHECK_OK(app_import(store, &options, &report));
        import_report_done(&report);
        CHECK_OK(input_digest(path, digest));
        CHECK_OK(store_batches(store, arena, 1, &batches, &count));
        CHECK_STR(batches[0].file_digest, digest);
    }
    store_close(store);
}

TEST(rows_are_added_then_the_same_then_changed)
{
    Store *store = with_sources();
    ImportReport report;
    CHECK_OK(import_text(store, KIND_PARCEL, "paper", "id,area_m2\np1,100\np2,200\n", &report));
    CHECK(report.batch > 0 && report.commit > 0);
    CHECK_COUNTS(report, 2, 2, 0, 0, 0);
    CHECK_OK(import_text(store, KIND_PARCEL, "paper", "id,area_m2\np1,100\np2,200\n", &report));
    CHECK_COUNTS(report, 2, 0, 0, 2, 0);
    CHECK_OK(import_text(store, KIND_PARCEL, "paper", "id,area_m2\np1,100\np2,250\np3,1\n", &report));
    CHECK_COUNTS(report, 3, 1, 1, 1, 0);
    CHECK_EQ(area(store, "p2", AUDIENCE_PUBLIC), 250);
    store_close(store);
}

TEST(one_bad_row_refuses_the_file_and_nothing_is_written)
{
    Store *store = with_sources();
    ImportReport report;
    int64_t before, after;
    CHECK_OK(store_last_commit(store, &before));
    CHECK_ERR(import_text(store, KIND_PARCEL, "paper", "id,area_m2\np1,100\np2,30亩\n", &report),
              ERR_ROWS_REJECTED);
    CHECK_STR(str_of(fault_arg(fault_last(), "rows")), "1");
    CHECK(strstr(fault_arg(fault_last(), "first"), "Row 3") != NULL);
    CHECK_EQ(report.issues.count, 1);
    CHECK_COUNTS(report, 2, 1, 0, 0, 1);
    CHECK_OK(store_last_commit(store, &after));
    CHECK_EQ(after, before);
    CHECK_EQ(area(store, "p1", AUDIENCE_RESTRICTED), -2);
    store_close(store);
}

TEST(bad_rows_may_be_left_behind_and_are_counted)
{
    Store *store = with_sources();
    ImportReport report;
    ImportOptions options = {
        .path = file_with("bad.csv", "id,area_m2\np1,100\np2,x\np1,5\np3,7\n"),
        .kind = KIND_PARCEL,
        .source = STR("paper"),
        .reject_rows = true,
    };
    CHECK_OK(app_import(store, &options, &report));
    CHECK_EQ(report.issues.total, 2);
    CHECK_COUNTS(report, 4, 2, 0, 0, 2);
    CHECK_EQ(area(store, "p1", AUDIENCE_PUBLIC), 100);
    options.path = file_with("worse.csv", "id,area_m2\np9,x\n");
    CHECK_ERR(app_import(store, &options, &report), ERR_ROWS_REJECTED);
    import_report_done(&report);
    store_close(store);
}

TEST(an_unknown_heading_a_cut_file_and_an_unknown_source_write_nothing)
{
    Store *store = with_sources();
    ImportReport report;
    CHECK_ERR(import_text(store, KIND_PARCEL, "paper", "id,aera\np1,1\n", &report), ERR_FIELD_UNKNOWN);
    import_report_done(&report);
    CHECK_ERR(import_text(store, KIND_PARCEL, "paper", "id,name_zh\np1,x\np2,\"y", &report), ERR_CSV);
    import_report_done(&report);
    CHECK_ERR(import_text(store, KIND_PARCEL, "nobody", "id\np1\n", &report), ERR_SOURCE_UNKNOWN);
    import_report_done(&report);
    CHECK_ERR(import_text(store, KIND_PARCEL, "", "id\np1\n", &report), ERR_USAGE);
    import_report_done(&report);
    ImportOptions options = {.path = "/nowhere/at/all.csv", .kind = KIND_PARCEL, .source = STR("paper")};
    CHECK_ERR(app_import(store, &options, &report), ERR_FILE_OPEN);
    import_report_done(&report);
    CHECK_EQ(area(store, "p1", AUDIENCE_RESTRICTED), -2);
    store_close(store);
}

TEST(a_row_without_a_day_is_as_of_when_its_source_was_published)
{
    Store *store = with_sources();
    ImportReport report;
    EntityRow entity;
    ImportOptions options = {
        .path = file_with("p.csv", "id\np1\n"), .kind = KIND_PARCEL, .source = STR("bureau")};
    CHECK_OK(app_import(store, &options, &report));
    CHECK_COUNTS(report, 1, 1, 0, 0, 0);
    CHECK_OK(store_entity(store, arena, KIND_PARCEL, STR("p1"), &entity));
    CHECK_EQ(entity.records[0].as_of.first, date_day(2022, 12, 1));
    options = (ImportOptions){.path = file_with("s.csv", "id\nnew\n"), .kind = KIND_SOURCE};
    CHECK_ERR(app_import(store, &options, &report),
              ERR_FIELD_REQUIRED); /* the built-in source was never published */
    import_report_done(&report);
    store_close(store);
}

TEST(a_rows_visibility_is_its_own_or_its_sources_or_restricted)
{
    Store *store = with_sources();
    import_good(store, KIND_PARCEL, "paper", "id,area_m2,visibility\np1,1,\np2,2,staff\n");
    import_good(store, KIND_PARCEL, "quiet", "id,area_m2,visibility\np3,3,\np4,4,public\n");
    CHECK_EQ(area(store, "p1", AUDIENCE_PUBLIC), 1);
    CHECK_EQ(area(store, "p2", AUDIENCE_INVESTOR), -2);
    CHECK_EQ(area(store, "p2", AUDIENCE_STAFF), 2);
    CHECK_EQ(area(store, "p3", AUDIENCE_STAFF), -2);
    CHECK_EQ(area(store, "p3", AUDIENCE_RESTRICTED), 3);
    CHECK_EQ(area(store, "p4", AUDIENCE_INVESTOR), -2); /* nobody may hear of its source */
    CHECK_EQ(area(store, "p4", AUDIENCE_STAFF), 4);
    store_close(store);
}

TEST(the_same_idempotency_key_imports_once)
{
    Store *store = with_sources();
    ImportReport report;
    ImportOptions options = {
        .path = file_with("k.csv", "id\np1\n"),
        .kind = KIND_PARCEL,
        .source = STR("paper"),
        .idempotency_key = STR("k1"),
    };
    CHECK_OK(app_import(store, &options, &report));
    int64_t commit = report.commit;
    CHECK(!report.again);
    import_report_done(&report);
    CHECK_OK(app_import(store, &options, &report));
    CHECK(report.again);
    CHECK_EQ(report.commit, commit);
    import_report_done(&report);
    options.path = file_with("k.csv", "id\np2\n");
    CHECK_ERR(app_import(store, &options, &report), ERR_IDEMPOTENCY);
    import_report_done(&report);
    store_close(store);
}

TEST(a_batch_is_taken_back_whole)
{
    Store *store = with_sources();
    ImportReport report;
    UndoReport undone;
    import_good(store, KIND_PARCEL, "bureau", "id,area_m2\np1,100\n");
    CHECK_OK(import_text(store, KIND_PARCEL, "bureau", "id,area_m2\np1,150\np2,200\n", &report));
    CHECK_EQ(area(store, "p1", AUDIENCE_PUBLIC), 150);
    CHECK_OK(app_undo(store, report.batch, &undone));
    CHECK_EQ(undone.entities, 2);
    CHECK_EQ(area(store, "p1", AUDIENCE_PUBLIC), 100);
    CHECK_EQ(area(store, "p2", AUDIENCE_RESTRICTED), -2);
    CHECK_ERR(app_undo(store, report.batch, &undone), ERR_BATCH_UNKNOWN);
    CHECK_ERR(app_undo(store, 999, &undone), ERR_BATCH_UNKNOWN);
    CHECK_EQ(area(store, "p1", AUDIENCE_PUBLIC), 100);
    import_report_done(&report);
    store_close(store);
}

TEST(a_sources_new_authority_and_visibility_decide_anew)
{
    Store *store = with_sources();
    UndoReport undone;
    ImportReport report;
    import_good(store, KIND_PARCEL, "paper", "id,area_m2\np1,1\n");
    import_good(store, KIND_PARCEL, "bureau", "id,area_m2\np1,2\n");
    CHECK_EQ(area(store, "p1", AUDIENCE_PUBLIC), 2);
    CHECK_OK(import_text(store, KIND_SOURCE, "", "id,authority,visibility\npaper,95,public\n", &report));
    CHECK_EQ(area(store, "p1", AUDIENCE_PUBLIC), 1);
    CHECK_OK(app_undo(store, report.batch, &undone));
    import_report_done(&report);
    CHECK_EQ(area(store, "p1", AUDIENCE_PUBLIC), 2);
    store_close(store);
}

TEST(a_secret_word_about_a_source_changes_nothing_public)
{
    Store *store = with_sources();
    import_good(store, KIND_PARCEL, "paper", "id,area_m2\np1,1\n");
    import_good(store, KIND_PARCEL, "bureau", "id,area_m2\np1,2\n");
    import_good(store, KIND_SOURCE, "", "id,authority,visibility\npaper,95,restricted\n");
    CHECK_EQ(area(store, "p1", AUDIENCE_PUBLIC), 2);
    store_close(store);
}

static int64_t rows_seen;

static void count_rows(int64_t done, int64_t size, int64_t rows, void *user)
{
    CHECK(done <= size);
    CHECK_EQ(*(int *)user, 7);
    rows_seen = rows;
}

TEST(thousands_of_rows_go_through_and_progress_is_told)
{
    Store *store = with_sources();
    Buf text;
    ImportReport report;
    int user = 7;
    buf_init(&text, 1000 * 1000);
    buf_c(&text, "id,area_m2\n");
    for (int i = 0; i < 5000; i++)
        buf_fmt(&text, "p%d,%d\n", i, i + 1);
    buf_byte(&text, '\0');
    ImportOptions options = {
        .path = file_with("many.csv", text.ptr),
        .kind = KIND_PARCEL,
        .source = STR("paper"),
        .progress = count_rows,
        .user = &user,
    };
    CHECK_OK(app_import(store, &options, &report));
    CHECK_COUNTS(report, 5000, 5000, 0, 0, 0);
    CHECK_EQ(rows_seen, 5000);
    CHECK_EQ(area(store, "p4999", AUDIENCE_PUBLIC), 5000);
    buf_done(&text);
    store_close(store);
}
