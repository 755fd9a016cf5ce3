#include "store/ledger.h"
#include <stdlib.h>

static Err batch_unknown(int64_t batch)
{
    return fail(ERR_BATCH_UNKNOWN, "batch", num_c(batch), NULL);
}

Err batch_known(Store *store, int64_t batch)
{
    int64_t count = batch == store->batch_known;
    if (!count)
        TRY(store_number(store, Q_BATCH_STANDS, (Bind[]){B_INT(batch)}, &count));
    if (!count)
        return batch_unknown(batch);
    store->batch_known = batch;
    return OK;
}

Err source_known(Store *store, int64_t source)
{
    int64_t count = source == store->source_known;
    if (!count)
        TRY(store_number(store, Q_SOURCE_EXISTS, (Bind[]){B_INT(source), B_INT(kind_stored(KIND_SOURCE))},
                         &count));
    if (!count)
        return fail(ERR_SOURCE_UNKNOWN, "source", num_c(source), NULL);
    store->source_known = source;
    return OK;
}

Err store_batch_add(Store *store, const BatchInfo *info, int64_t *ret_batch)
{
    TRY(store_writable(store));
    TRY(source_known(store, info->source));
    if (!store->next_batch) {
        TRY(store_number(store, Q_BATCH_LAST, NULL, &store->next_batch));
        store->next_batch++;
    }
    TRY(store_next_record(store));
    const BatchCounts *n = &info->counts;
    TRY(store_run(store, Q_BATCH_ADD,
                  (Bind[]){B_INT(store->next_batch), B_INT(kind_stored(info->kind)), B_INT(info->source),
                           B_TEXT(info->file_name), B_TEXT(info->file_digest), B_INT(n->read),
                           B_INT(n->added), B_INT(n->changed), B_INT(n->same), B_INT(n->rejected),
                           B_INT(store->next_record), B_INT(store->commit)},
                  NULL));
    *ret_batch = store->next_batch++;
    return OK;
}

Err store_batch_done(Store *store, int64_t batch, Str file_digest, const BatchCounts *n)
{
    TRY(store_writable(store));
    int64_t changed;
    TRY(store_run(store, Q_BATCH_DONE,
                  (Bind[]){B_INT(batch), B_TEXT(file_digest), B_INT(n->read), B_INT(n->added),
                           B_INT(n->changed), B_INT(n->same), B_INT(n->rejected)},
                  &changed));
    return changed ? OK : batch_unknown(batch);
}

static Err batch_range(Store *store, int64_t batch, int64_t *ret_first, int64_t *ret_end)
{
    const Driver *driver = store->db->driver;
    Rows rows;
    bool more;
    TRY(driver->rows(store->db, Q_BATCH_RANGE, (Bind[]){B_INT(batch)}, &rows));
    TRY(driver->next(&rows, &more));
    if (!more)
        return batch_unknown(batch);
    *ret_first = driver->num(&rows, 0);
    *ret_end = driver->num(&rows, 1);
    if (*ret_end == 0) /* the newest commit's */
        *ret_end = INT64_MAX;
    driver->end(&rows);
    return OK;
}

Err store_batch_undo(Store *store, int64_t batch, EntityIdVisit *visit, void *user)
{
    TRY(store_writable(store));
    int64_t first = 0, end = 0;
    TRY(batch_known(store, batch));
    TRY(batch_range(store, batch, &first, &end));
    Bind binds[] = {B_INT(batch), B_INT(first), B_INT(end), B_INT(store->commit)};
    Ids ids;
    TRY(store_ids(store, Q_BATCH_ENTITIES, binds, &ids));
    Err err;
    TRY_GOTO(store_run(store, Q_BATCH_TOUCH, binds, NULL));
    TRY_GOTO(store_run(store, Q_BATCH_WITHDRAW, binds, NULL));
    store->batch_known = 0;
    TRY_GOTO(store_run(store, Q_BATCH_UNDONE, (Bind[]){B_INT(batch), B_INT(store->commit)}, NULL));
    TRY_GOTO(ids_visit(&ids, visit, user));
done:
    free(ids.ids);
    return err;
}

static Err read_batch(const Driver *driver, const Rows *rows, Arena *arena, BatchInfo *ret)
{
    *ret = (BatchInfo){
        .id = driver->num(rows, 0),
        .source = driver->num(rows, 2),
        .file_name = str_copy(arena, driver->bytes(rows, 3)),
        .file_digest = str_copy(arena, driver->bytes(rows, 4)),
        .counts = {driver->num(rows, 5), driver->num(rows, 6), driver->num(rows, 7), driver->num(rows, 8),
                   driver->num(rows, 9)},
        .commit = driver->num(rows, 10),
        .undone_by = driver->num(rows, 11),
        .at = str_copy(arena, driver->bytes(rows, 12)),
    };
    return kind_of_stored(driver->num(rows, 1), &ret->kind);
}

Err store_batches(Store *store, Arena *arena, uint32_t limit, BatchInfo **ret, uint32_t *ret_count)
{
    const Driver *driver = store->db->driver;
    Rows rows;
    TRY(driver->rows(store->db, Q_BATCHES, (Bind[]){B_INT(limit)}, &rows));
    BatchInfo *list = NULL;
    uint32_t count = 0, room = 0;
    Err err;
    for (;;) {
        bool more;
        TRY_GOTO(driver->next(&rows, &more));
        if (!more)
            break;
        if (count == room) {
            room = room ? 2 * room : 16;
            list = heap_grow(list, room * sizeof *list);
        }
        TRY_GOTO(read_batch(driver, &rows, arena, &list[count++]));
    }
    *ret = arena_copy(arena, list ? list : (void *)"", count * sizeof *list);
    *ret_count = count;
done:
    driver->end(&rows);
    free(list);
    return err;
}
