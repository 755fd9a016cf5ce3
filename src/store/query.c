#include "store/query.h"
#include <stddef.h>

/* An entity's row with one of its live records; the readers in entities.c count on this order. */
#define ENTITY_ROW                                                                                           \
    "SELECT e.id, e.last_commit, e.key, e.winners, r.id, r.batch, r.source, r.as_of_first, r.as_of_last,"    \
    " r.visibility, r.locator, r.payload, r.shape "

/* clang-format off */
const QueryText query_texts[QUERY_COUNT] = {
    [Q_COMMIT_LAST] = {"SELECT max(seq) FROM commit_log", "", false},
    [Q_COMMIT_ADD] = {
        "INSERT INTO commit_log (seq, at, actor, action, idempotency_key, digest) VALUES ($1, $2, $3, $4, $5, $6)",
        "ittttt", false},
    [Q_COMMIT_BY_KEY] = {"SELECT seq, digest FROM commit_log WHERE idempotency_key = $1", "t", false},

    [Q_META_GET] = {"SELECT value FROM meta WHERE name = $1", "t", false},
    [Q_META_SET] = {
        "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        "tt", false},

    [Q_ENTITY_LAST] = {"SELECT max(id) FROM entity WHERE id > $1 AND id <= $2", "ii", false},
    [Q_ENTITY_ADD] = {
        "INSERT INTO entity (id, kind, key, last_commit) VALUES ($1, $2, $3, $4) ON CONFLICT (kind, key) DO NOTHING",
        "iiti", false},
    [Q_ENTITY_TOUCH] = {"UPDATE entity SET last_commit = $2 WHERE id = $1", "ii", false},
    [Q_ENTITY_WINNERS] = {"UPDATE entity SET last_commit = $2, winners = $3 WHERE id = $1", "iib", false},
    [Q_ENTITY_BY_KEY] = {
        ENTITY_ROW
        "FROM entity e LEFT JOIN record r ON r.entity = e.id AND r.withdrawn_commit IS NULL"
        " WHERE e.kind = $1 AND e.key = $2 ORDER BY r.id", "it", false},
    [Q_ENTITY_BY_ID] = {
        ENTITY_ROW
        "FROM entity e LEFT JOIN record r ON r.entity = e.id AND r.withdrawn_commit IS NULL"
        " WHERE e.id = $1 ORDER BY r.id", "i", false},
    /* CROSS JOIN keeps SQLite to this order: entities by id outside, so that nothing is sorted. */
    [Q_ENTITIES] = {
        ENTITY_ROW
        "FROM entity e CROSS JOIN record r WHERE r.entity = e.id AND r.withdrawn_commit IS NULL"
        " AND e.id > $1 AND e.id <= $2 ORDER BY e.id, r.id", "ii", true},
    /* +e.id: the few changed are found by last_commit, never by walking all ids. */
    [Q_ENTITIES_CHANGED] = {
        ENTITY_ROW
        "FROM entity e LEFT JOIN record r ON r.entity = e.id AND r.withdrawn_commit IS NULL"
        " WHERE e.last_commit > $3 AND +e.id > $1 AND +e.id <= $2 ORDER BY +e.id, r.id", "iii", true},
    [Q_COUNT_CHANGED] = {"SELECT count(*) FROM entity WHERE last_commit > $1", "i", false},

    [Q_SOURCE_EXISTS] = {"SELECT count(*) FROM entity WHERE id = $1 AND kind = $2", "ii", false},

    [Q_RECORD_LAST] = {"SELECT max(id) FROM record", "", false},
    [Q_RECORD_ADD] = {
        "INSERT INTO record (id, entity, batch, source, as_of_first, as_of_last, visibility, locator, payload, shape)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", "iiiiiiitbb", false},
    /* Both of the above in one journey; PostgreSQL alone has it. No row: the key was known. */
    [Q_FIRST_ADD] = {
        "WITH made AS (INSERT INTO entity (id, kind, key, last_commit) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (kind, key) DO NOTHING RETURNING id)"
        " INSERT INTO record (id, entity, batch, source, as_of_first, as_of_last, visibility, locator, payload, shape)"
        " SELECT $5, made.id, $6, $7, $8, $9, $10, $11, $12, $13 FROM made", "iitiiiiiiitbb", false},
    [Q_RECORDS_LIVE] = {
        "SELECT e.id, r.id, r.source, r.as_of_first, r.as_of_last, r.visibility, r.locator, r.payload, r.shape"
        " FROM entity e LEFT JOIN record r ON r.entity = e.id AND r.withdrawn_commit IS NULL"
        " WHERE e.kind = $1 AND e.key = $2 ORDER BY r.id", "it", false},
    [Q_SOURCE_ENTITIES] = {
        "SELECT DISTINCT entity FROM record WHERE source = $1 AND withdrawn_commit IS NULL ORDER BY entity", "i", true},

    [Q_BATCH_LAST] = {"SELECT max(id) FROM batch", "", false},
    [Q_BATCH_ADD] = {
        "INSERT INTO batch (id, kind, source, file_name, file_digest, n_read, n_added, n_changed, n_same, n_rejected,"
        " first_record, made_commit) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)", "iiittiiiiiii", false},
    [Q_BATCH_DONE] = {
        "UPDATE batch SET file_digest = $2, n_read = $3, n_added = $4, n_changed = $5, n_same = $6, n_rejected = $7"
        " WHERE id = $1", "itiiiii", false},
    [Q_BATCH_STANDS] = {"SELECT count(*) FROM batch WHERE id = $1 AND undo_commit IS NULL", "i", false},
    /* A batch's records lie between its first_record and that of the next commit's first batch. */
    [Q_BATCH_RANGE] = {
        "SELECT b.first_record, (SELECT min(n.first_record) FROM batch n WHERE n.made_commit > b.made_commit)"
        " FROM batch b WHERE b.id = $1", "i", false},
    [Q_BATCH_ENTITIES] = {
        "SELECT DISTINCT entity FROM record WHERE id >= $2 AND id < $3 AND batch = $1 AND withdrawn_commit IS NULL"
        " ORDER BY entity", "iii", true},
    [Q_BATCH_TOUCH] = {
        "UPDATE entity SET last_commit = $4 WHERE id IN (SELECT entity FROM record WHERE id >= $2 AND id < $3"
        " AND batch = $1 AND withdrawn_commit IS NULL)", "iiii", false},
    [Q_BATCH_WITHDRAW] = {
        "UPDATE record SET withdrawn_commit = $4 WHERE id >= $2 AND id < $3 AND batch = $1"
        " AND withdrawn_commit IS NULL", "iiii", false},
    [Q_BATCH_UNDONE] = {"UPDATE batch SET undo_commit = $2 WHERE id = $1", "ii", false},
    [Q_BATCHES] = {
        "SELECT b.id, b.kind, b.source, b.file_name, b.file_digest, b.n_read, b.n_added, b.n_changed, b.n_same,"
        " b.n_rejected, b.made_commit, b.undo_commit, c.at FROM batch b JOIN commit_log c ON c.seq = b.made_commit"
        " ORDER BY b.id DESC LIMIT $1", "i", false},

    /* From one ledger into another, column by column as they stand. Of meta only what people set. */
    [Q_COPY_META] = {"SELECT name, value FROM meta WHERE name NOT IN ('application', 'schema')", "", true},
    [Q_COPY_COMMITS] = {
        "SELECT seq, at, actor, action, idempotency_key, digest FROM commit_log ORDER BY seq", "", true},
    [Q_COPY_ENTITIES] = {"SELECT id, kind, key, last_commit, winners FROM entity ORDER BY id", "", true},
    [Q_COPY_BATCHES] = {
        "SELECT id, kind, source, file_name, file_digest, n_read, n_added, n_changed, n_same, n_rejected,"
        " first_record, made_commit, undo_commit FROM batch ORDER BY id", "", true},
    [Q_COPY_RECORDS] = {
        "SELECT id, entity, batch, source, as_of_first, as_of_last, visibility, withdrawn_commit, locator, payload, shape"
        " FROM record ORDER BY id", "", true},
    [Q_PASTE_META] = {"INSERT INTO meta (name, value) VALUES ($1, $2)", "tt", false},
    [Q_PASTE_COMMIT] = {
        "INSERT INTO commit_log (seq, at, actor, action, idempotency_key, digest) VALUES ($1, $2, $3, $4, $5, $6)",
        "ittttt", false},
    [Q_PASTE_ENTITY] = {
        "INSERT INTO entity (id, kind, key, last_commit, winners) VALUES ($1, $2, $3, $4, $5)", "iitib", false},
    [Q_PASTE_BATCH] = {
        "INSERT INTO batch (id, kind, source, file_name, file_digest, n_read, n_added, n_changed, n_same, n_rejected,"
        " first_record, made_commit, undo_commit) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        "iiittiiiiiiii", false},
    [Q_PASTE_RECORD] = {
        "INSERT INTO record (id, entity, batch, source, as_of_first, as_of_last, visibility, withdrawn_commit, locator,"
        " payload, shape) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", "iiiiiiiitbb", false},

    [Q_COUNT_COMMITS] = {"SELECT count(*) FROM commit_log", "", false},
    [Q_COUNT_ENTITIES] = {"SELECT count(*) FROM entity", "", false},
    [Q_COUNT_BATCHES] = {"SELECT count(*) FROM batch", "", false},
    [Q_COUNT_RECORDS] = {"SELECT count(*) FROM record", "", false},

    /* Each counts what must not be. */
    [Q_CHECK_RECORD_ENTITY] = {
        "SELECT count(*) FROM record r WHERE NOT EXISTS (SELECT 1 FROM entity e WHERE e.id = r.entity)", "", false},
    [Q_CHECK_RECORD_BATCH] = {
        "SELECT count(*) FROM record r WHERE r.batch IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM batch b WHERE b.id = r.batch)", "", false},
    [Q_CHECK_RECORD_SOURCE] = {
        "SELECT count(*) FROM record r WHERE NOT EXISTS (SELECT 1 FROM entity e WHERE e.id = r.source AND e.kind = $1)",
        "i", false},
    [Q_CHECK_RECORD_COMMIT] = {
        "SELECT count(*) FROM record r WHERE r.withdrawn_commit IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM commit_log c WHERE c.seq = r.withdrawn_commit)", "", false},
    [Q_CHECK_RECORD_VALUES] = {
        "SELECT count(*) FROM record WHERE as_of_first > as_of_last OR visibility < 0 OR visibility > 3", "", false},
    [Q_CHECK_ENTITY_COMMIT] = {
        "SELECT count(*) FROM entity e WHERE NOT EXISTS (SELECT 1 FROM commit_log c WHERE c.seq = e.last_commit)",
        "", false},
    [Q_CHECK_ENTITY_KIND] = {"SELECT count(*) FROM entity WHERE id / 4294967296 <> kind", "", false},
    [Q_CHECK_BATCH_COMMIT] = {
        "SELECT count(*) FROM batch b WHERE NOT EXISTS (SELECT 1 FROM commit_log c WHERE c.seq = b.made_commit)"
        " OR (b.undo_commit IS NOT NULL AND NOT EXISTS (SELECT 1 FROM commit_log c WHERE c.seq = b.undo_commit))",
        "", false},
    [Q_CHECK_BATCH_COUNTS] = {
        "SELECT count(*) FROM batch WHERE n_read <> n_added + n_changed + n_same + n_rejected", "", false},
    [Q_CHECK_BATCH_RECORDS] = {
        "SELECT count(*) FROM batch b LEFT JOIN (SELECT batch, count(*) AS n FROM record GROUP BY batch) r"
        " ON r.batch = b.id WHERE coalesce(r.n, 0) <> b.n_added + b.n_changed", "", false},
    [Q_CHECK_COMMIT_GAP] = {"SELECT max(seq) - count(*) FROM commit_log", "", false},
};
/* clang-format on */
