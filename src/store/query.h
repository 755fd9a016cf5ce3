/* store/query.h: every query the ledger asks, once, for both databases. The texts stand in query.c. */
#pragma once
#include <stdbool.h>

typedef enum Query {
    Q_COMMIT_LAST,
    Q_COMMIT_ADD,
    Q_COMMIT_BY_KEY,
    Q_META_GET,
    Q_META_SET,
    Q_ENTITY_LAST,
    Q_ENTITY_ADD,
    Q_ENTITY_TOUCH,
    Q_ENTITY_WINNERS,
    Q_ENTITY_BY_KEY,
    Q_ENTITY_BY_ID,
    Q_ENTITIES,
    Q_ENTITIES_CHANGED,
    Q_COUNT_CHANGED,
    Q_SOURCE_EXISTS,
    Q_RECORD_LAST,
    Q_RECORD_ADD,
    Q_FIRST_ADD,
    Q_RECORDS_LIVE,
    Q_SOURCE_ENTITIES,
    Q_BATCH_LAST,
    Q_BATCH_ADD,
    Q_BATCH_DONE,
    Q_BATCH_STANDS,
    Q_BATCH_RANGE,
    Q_BATCH_ENTITIES,
    Q_BATCH_WITHDRAW,
    Q_BATCH_TOUCH,
    Q_BATCH_UNDONE,
    Q_BATCHES,
    Q_COPY_META,
    Q_COPY_COMMITS,
    Q_COPY_ENTITIES,
    Q_COPY_BATCHES,
    Q_COPY_RECORDS,
    Q_PASTE_META,
    Q_PASTE_COMMIT,
    Q_PASTE_ENTITY,
    Q_PASTE_BATCH,
    Q_PASTE_RECORD,
    Q_COUNT_COMMITS,
    Q_COUNT_ENTITIES,
    Q_COUNT_BATCHES,
    Q_COUNT_RECORDS,
    Q_CHECK_RECORD_ENTITY,
    Q_CHECK_RECORD_BATCH,
    Q_CHECK_RECORD_SOURCE,
    Q_CHECK_RECORD_COMMIT,
    Q_CHECK_RECORD_VALUES,
    Q_CHECK_ENTITY_COMMIT,
    Q_CHECK_ENTITY_KIND,
    Q_CHECK_BATCH_COMMIT,
    Q_CHECK_BATCH_COUNTS,
    Q_CHECK_BATCH_RECORDS,
    Q_CHECK_COMMIT_GAP,
    QUERY_COUNT
} Query;

enum { QUERY_BINDS_MAX = 13 };

typedef struct QueryText {
    const char *sql;   /* placeholders $1, $2 …; any may be used more than once */
    const char *binds; /* their types in order: i number, t text, b bytes */
    bool scan;         /* may have very many rows: PostgreSQL reads it through a cursor */
} QueryText;

extern const QueryText query_texts[QUERY_COUNT];
