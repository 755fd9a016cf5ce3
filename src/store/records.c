/* Adding records. An import is this a million times: on a new key one call of the driver. */
#include "store/ledger.h"
#include <string.h>

static Err check_record(const RecordIn *record)
{
    if (!key_valid(record->key))
        return fail(ERR_VALUE, "field", "key", "value", str_c(record->key), "want", "key", NULL);
    if (record->locator.len > LOCATOR_MAX_BYTES)
        return fail(ERR_LIMIT, "what", "locator", "limit", num_c(LOCATOR_MAX_BYTES), NULL);
    if (record->locator.len && memchr(record->locator.ptr, '\0', record->locator.len))
        return fail(ERR_VALUE, "field", "locator", "value", str_c(record->locator), "want", "text", NULL);
    return OK;
}

static Err next_entity(Store *store, Kind kind, int64_t *ret)
{
    int64_t floor = entity_id_floor(kind), ceiling = entity_id_ceiling(kind);
    if (!store->next_entity[kind]) {
        int64_t last;
        TRY(store_number(store, Q_ENTITY_LAST, (Bind[]){B_INT(floor), B_INT(ceiling)}, &last));
        store->next_entity[kind] = (last ? last : floor) + 1;
    }
    if (store->next_entity[kind] > ceiling)
        return fail(ERR_LIMIT, "what", kind_info(kind)->name, "limit", num_c(ceiling - floor), NULL);
    *ret = store->next_entity[kind];
    return OK;
}

Err store_next_record(Store *store)
{
    if (store->next_record)
        return OK;
    TRY(store_number(store, Q_RECORD_LAST, NULL, &store->next_record));
    store->next_record++;
    return OK;
}

static void bind_record(const Store *store, const RecordIn *record, int64_t entity, Bind ret[10])
{
    Bind shape = record->shape.len ? B_BYTES(record->shape) : B_NULL;
    Bind binds[] = {B_INT(store->next_record),  B_INT(entity),
                    B_INT(record->batch),       B_INT(record->source),
                    B_INT(record->as_of.first), B_INT(record->as_of.last),
                    B_INT(record->visibility),  B_TEXT(record->locator),
                    B_BYTES(record->payload),   shape};
    memcpy(ret, binds, sizeof binds);
}

static Err write_record(Store *store, const RecordIn *record, int64_t entity)
{
    Bind binds[10];
    TRY(store_next_record(store));
    bind_record(store, record, entity, binds);
    TRY(store_run(store, Q_RECORD_ADD, binds, NULL));
    store->next_record++;
    return OK;
}

/* *ret_made 0: the key is known, nothing was written. */
static Err write_first(Store *store, const RecordIn *record, int64_t entity, int64_t *ret_made)
{
    Bind binds[10];
    TRY(store_next_record(store));
    bind_record(store, record, entity, binds);
    Bind head[] = {B_INT(entity), B_INT(kind_stored(record->kind)), B_TEXT(record->key),
                   B_INT(store->commit)};
    int64_t made = 0;
    Err err = store->db->driver->first(store->db, head, binds, &made);
    store->broken = store->broken || err != OK;
    TRY(err);
    store->next_record += made;
    store->next_entity[record->kind] += made;
    *ret_made = made;
    return OK;
}

static bool says_the_same(const Driver *driver, const Rows *rows, const RecordIn *record)
{
    return driver->num(rows, 3) == record->as_of.first && driver->num(rows, 4) == record->as_of.last &&
           driver->num(rows, 5) == (int64_t)record->visibility &&
           str_eq(driver->bytes(rows, 6), record->locator) &&
           str_eq(driver->bytes(rows, 7), record->payload) && str_eq(driver->bytes(rows, 8), record->shape);
}

typedef struct Known {
    int64_t entity;
    int live;  /* records */
    bool same; /* the newest of this source says just this */
} Known;

static Err look_at_known(Store *store, const RecordIn *record, Known *ret)
{
    const Driver *driver = store->db->driver;
    Rows rows;
    TRY(driver->rows(store->db, Q_RECORDS_LIVE,
                     (Bind[]){B_INT(kind_stored(record->kind)), B_TEXT(record->key)}, &rows));
    Known known = {0};
    for (;;) {
        bool more;
        TRY(driver->next(&rows, &more));
        if (!more)
            break;
        known.entity = driver->num(&rows, 0);
        if (driver->num(&rows, 1) == 0)
            continue; /* no live record */
        known.live++;
        if (driver->num(&rows, 2) == record->source)
            known.same = says_the_same(driver, &rows, record);
    }
    *ret = known;
    return OK;
}

/* An entity whose records were all withdrawn comes back to life like a new one: nothing of it was there. */
static Err add_to_known(Store *store, const RecordIn *record, int64_t *ret_entity, RecordFate *ret_fate,
                        bool *ret_alone)
{
    Known known;
    TRY(look_at_known(store, record, &known));
    if (!known.same) {
        if (known.live >= RECORDS_PER_ENTITY_MAX)
            return fail(ERR_LIMIT, "what", "records of one entity", "limit", num_c(RECORDS_PER_ENTITY_MAX),
                        NULL);
        TRY(write_record(store, record, known.entity));
        Bind binds[] = {B_INT(known.entity), B_INT(store->commit), B_BYTES(STR(""))};
        TRY(store_run(store, known.live == 0 ? Q_ENTITY_WINNERS : Q_ENTITY_TOUCH, binds, NULL));
    }
    *ret_entity = known.entity;
    *ret_fate = known.same ? RECORD_SAME : known.live == 0 ? RECORD_ADDED : RECORD_CHANGED;
    *ret_alone = known.live + !known.same == 1;
    return OK;
}

Err store_record_add(Store *store, const RecordIn *record, int64_t *ret_entity, RecordFate *ret_fate,
                     bool *ret_alone)
{
    TRY(store_writable(store));
    TRY(check_record(record));
    TRY(batch_known(store, record->batch));
    TRY(source_known(store, record->source));
    int64_t entity = 0, made = 0;
    TRY(next_entity(store, record->kind, &entity));
    TRY(write_first(store, record, entity, &made));
    if (made == 0)
        return add_to_known(store, record, ret_entity, ret_fate, ret_alone);
    *ret_entity = entity;
    *ret_fate = RECORD_ADDED;
    *ret_alone = true;
    return OK;
}

Err store_winners_set(Store *store, int64_t entity, Str winners)
{
    TRY(store_writable(store));
    return store_run(store, Q_ENTITY_WINNERS, (Bind[]){B_INT(entity), B_INT(store->commit), B_BYTES(winners)},
                     NULL);
}
