/* How SQLite goes about the queries that are asked often: never by reading a table through. And the table of
 * queries. */
#include "store/identity.h"
#include "store/query.h"
#include "store/store.h"
#include "test.h"
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static sqlite3 *made_ledger(void)
{
    char path[200];
    snprintf(path, sizeof path, "%s/plan.db", test_folder());
    CHECK_OK(store_create(path));
    sqlite3 *sql;
    CHECK_EQ(sqlite3_open(path, &sql), SQLITE_OK);
    return sql;
}

static sqlite3_stmt *prepared(sqlite3 *sql, const char *before, Query query)
{
    char text[1200];
    snprintf(text, sizeof text, "%s%s", before, query_texts[query].sql);
    for (char *c = text; *c; c++)
        *c = *c == '$' ? '?' : *c;
    sqlite3_stmt *stmt;
    if (sqlite3_prepare_v2(sql, text, -1, &stmt, NULL) != SQLITE_OK)
        test_fail(__FILE__, __LINE__, "%s: %s", text, sqlite3_errmsg(sql));
    return stmt;
}

/* The plan's lines, one behind the other. */
static void plan_of(sqlite3 *sql, Query query, char *ret, size_t size)
{
    sqlite3_stmt *stmt = prepared(sql, "EXPLAIN QUERY PLAN ", query);
    ret[0] = '\0';
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        size_t len = strlen(ret);
        snprintf(ret + len, size - len, "%s; ", (const char *)sqlite3_column_text(stmt, 3));
    }
    sqlite3_finalize(stmt);
}

TEST(every_query_has_a_type_for_each_of_its_places)
{
    sqlite3 *sql = made_ledger();
    for (int q = 0; q < QUERY_COUNT; q++) {
        CHECK(query_texts[q].sql && query_texts[q].binds);
        if (q == Q_FIRST_ADD) /* PostgreSQL's alone */
            continue;
        sqlite3_stmt *stmt = prepared(sql, "", (Query)q);
        /* A rule of check.c may ignore the kind it is given, never the reverse. */
        CHECK_EQ(sqlite3_bind_parameter_count(stmt), (long)strlen(query_texts[q].binds));
        CHECK(strlen(query_texts[q].binds) <= QUERY_BINDS_MAX);
        sqlite3_finalize(stmt);
    }
    sqlite3_close(sql);
}

TEST(what_is_asked_often_reads_no_table_through)
{
    static const Query often[] = {
        Q_COMMIT_BY_KEY,  Q_META_GET,         Q_ENTITY_LAST,   Q_ENTITY_TOUCH,
        Q_ENTITY_WINNERS, Q_ENTITY_BY_KEY,    Q_ENTITY_BY_ID,  Q_ENTITIES,
        Q_COUNT_CHANGED,  Q_RECORDS_LIVE,     Q_SOURCE_EXISTS, Q_BATCH_STANDS,
        Q_BATCH_ENTITIES, Q_ENTITIES_CHANGED, Q_BATCH_TOUCH,   Q_BATCH_WITHDRAW,
    };
    sqlite3 *sql = made_ledger();
    for (size_t i = 0; i < sizeof often / sizeof *often; i++) {
        char plan[600];
        plan_of(sql, often[i], plan, sizeof plan);
        if (strstr(plan, "SCAN"))
            test_fail(__FILE__, __LINE__, "%s: %s", query_texts[often[i]].sql, plan);
    }
    sqlite3_close(sql);
}

TEST(what_changed_is_found_by_its_commit_and_all_of_a_kind_without_sorting)
{
    sqlite3 *sql = made_ledger();
    char plan[600];
    plan_of(sql, Q_ENTITIES_CHANGED, plan, sizeof plan);
    CHECK(strstr(plan, "entity_last_commit"));
    plan_of(sql, Q_ENTITIES, plan, sizeof plan);
    CHECK(!strstr(plan, "TEMP B-TREE"));
    CHECK(strstr(plan, "record_entity"));
    sqlite3_close(sql);
}

TEST(the_ids_of_a_kind_lie_together_and_tell_it)
{
    for (int k = 0; k < KIND_COUNT; k++) {
        Kind kind;
        CHECK_OK(entity_id_kind(entity_id_floor((Kind)k) + 1, &kind));
        CHECK_EQ(kind, k);
        CHECK_OK(entity_id_kind(entity_id_ceiling((Kind)k), &kind));
        CHECK_EQ(kind, k);
        CHECK_OK(kind_of_stored(kind_stored((Kind)k), &kind));
        CHECK_EQ(kind, k);
    }
    Kind kind;
    CHECK_ERR(kind_of_stored(99, &kind), ERR_DB_CORRUPT);
}
