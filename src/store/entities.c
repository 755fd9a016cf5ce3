/* Reading entities with their live records. The rows of a query come one a record; those of one entity follow
 * each other. */
#include "store/ledger.h"
#include <stdlib.h>
#include <string.h>

enum { AT_ID, AT_LAST_COMMIT, AT_KEY, AT_WINNERS, AT_RECORD };

/* One entity being put together. Its texts are kept in `bytes`, which may move while it grows, so a record
 * remembers where its texts begin and gets its pointers at the end. */
typedef struct Gather {
    Store *store;
    EntityRow entity;
    RecordRow *records;
    uint32_t room;
    Buf *bytes;
    bool open;
} Gather;

static Str keep(Gather *gather, Str text)
{
    Str at = {(const char *)gather->bytes->len, text.len}; /* an offset until settled */
    buf_add(gather->bytes, text.ptr ? text.ptr : "", text.len);
    return at;
}

static Str settled(const Gather *gather, Str at)
{
    return (Str){at.len ? gather->bytes->ptr + (size_t)at.ptr : "", at.len};
}

static Err gather_entity(Gather *gather, const Rows *rows)
{
    const Driver *driver = rows->db->driver;
    EntityRow *entity = &gather->entity;
    buf_clear(gather->bytes);
    entity->id = driver->num(rows, AT_ID);
    entity->last_commit = driver->num(rows, AT_LAST_COMMIT);
    entity->key = keep(gather, driver->bytes(rows, AT_KEY));
    entity->winners = keep(gather, driver->bytes(rows, AT_WINNERS));
    entity->record_count = 0;
    gather->open = true;
    return entity_id_kind(entity->id, &entity->kind);
}

static Err gather_record(Gather *gather, const Rows *rows)
{
    const Driver *driver = rows->db->driver;
    int64_t id = driver->num(rows, AT_RECORD);
    if (id == 0)
        return OK; /* the outer join's empty side: no live record */
    if (gather->entity.record_count == gather->room) {
        gather->room = gather->room ? 2 * gather->room : 8;
        gather->records = heap_grow(gather->records, gather->room * sizeof *gather->records);
    }
    gather->records[gather->entity.record_count++] = (RecordRow){
        .id = id,
        .batch = driver->num(rows, AT_RECORD + 1),
        .source = driver->num(rows, AT_RECORD + 2),
        .as_of = {(int32_t)driver->num(rows, AT_RECORD + 3), (int32_t)driver->num(rows, AT_RECORD + 4)},
        .visibility = (Audience)driver->num(rows, AT_RECORD + 5),
        .locator = keep(gather, driver->bytes(rows, AT_RECORD + 6)),
        .payload = keep(gather, driver->bytes(rows, AT_RECORD + 7)),
        .shape = keep(gather, driver->bytes(rows, AT_RECORD + 8)),
    };
    return buf_check(gather->bytes, "records of one entity");
}

/* Gives every text its place, now that the bytes stay where they are. */
static const EntityRow *gather_finish(Gather *gather)
{
    EntityRow *entity = &gather->entity;
    entity->key = settled(gather, entity->key);
    entity->winners = settled(gather, entity->winners);
    for (uint32_t i = 0; i < entity->record_count; i++) {
        RecordRow *record = &gather->records[i];
        record->locator = settled(gather, record->locator);
        record->payload = settled(gather, record->payload);
        record->shape = settled(gather, record->shape);
    }
    entity->records = gather->records;
    gather->open = false;
    return entity;
}

static Err gather_all(Gather *gather, Rows *rows, EntityVisit *visit, void *user)
{
    const Driver *driver = rows->db->driver;
    for (;;) {
        bool more;
        TRY(driver->next(rows, &more));
        bool other = !more || driver->num(rows, AT_ID) != gather->entity.id;
        if (gather->open && other)
            TRY(visit(gather_finish(gather), user));
        if (!more)
            return OK;
        if (!gather->open)
            TRY(gather_entity(gather, rows));
        TRY(gather_record(gather, rows));
    }
}

static Err visit_query(Store *store, Query query, const Bind *binds, EntityVisit *visit, void *user)
{
    Buf bytes;
    buf_init(&bytes, SCRATCH_BYTES_MAX);
    Gather gather = {.store = store, .bytes = &bytes};
    Rows rows;
    Err err = store->db->driver->rows(store->db, query, binds, &rows);
    if (err == OK) {
        err = gather_all(&gather, &rows, visit, user);
        store->db->driver->end(&rows);
    }
    buf_done(&bytes);
    free(gather.records);
    return err;
}

Err store_entities(Store *store, Kind kind, int64_t since, EntityVisit *visit, void *user)
{
    Bind binds[] = {B_INT(entity_id_floor(kind)), B_INT(entity_id_ceiling(kind)), B_INT(since)};
    return visit_query(store, since > 0 ? Q_ENTITIES_CHANGED : Q_ENTITIES, binds, visit, user);
}

/* ---- one entity ---- */

typedef struct CopyTo {
    Arena *arena;
    EntityRow *ret;
    bool found;
} CopyTo;

static Err copy_entity(const EntityRow *from, void *user)
{
    CopyTo *to = user;
    RecordRow *records = arena_array(to->arena, RecordRow, from->record_count);
    for (uint32_t i = 0; i < from->record_count; i++) {
        records[i] = from->records[i];
        records[i].locator = str_copy(to->arena, records[i].locator);
        records[i].payload = str_copy(to->arena, records[i].payload);
        records[i].shape = str_copy(to->arena, records[i].shape);
    }
    *to->ret = *from;
    to->ret->key = str_copy(to->arena, from->key);
    to->ret->winners = str_copy(to->arena, from->winners);
    to->ret->records = records;
    to->found = true;
    return OK;
}

Err store_entity(Store *store, Arena *arena, Kind kind, Str key, EntityRow *ret)
{
    CopyTo to = {arena, ret, false};
    TRY(visit_query(store, Q_ENTITY_BY_KEY, (Bind[]){B_INT(kind_stored(kind)), B_TEXT(key)}, copy_entity,
                    &to));
    return to.found ? OK : fail(ERR_ID_UNKNOWN, "kind", kind_info(kind)->name, "id", str_c(key), NULL);
}

Err store_entity_by_id(Store *store, Arena *arena, int64_t entity, EntityRow *ret)
{
    CopyTo to = {arena, ret, false};
    TRY(visit_query(store, Q_ENTITY_BY_ID, (Bind[]){B_INT(entity)}, copy_entity, &to));
    return to.found ? OK : fail(ERR_NOT_FOUND, "what", num_c(entity), NULL);
}

Err store_count_changed(Store *store, int64_t since, int64_t *ret)
{
    return store_number(store, Q_COUNT_CHANGED, (Bind[]){B_INT(since)}, ret);
}

Err store_source_entities(Store *store, int64_t source, EntityIdVisit *visit, void *user)
{
    Ids ids;
    TRY(store_ids(store, Q_SOURCE_ENTITIES, (Bind[]){B_INT(source)}, &ids));
    Err err = ids_visit(&ids, visit, user);
    free(ids.ids);
    return err;
}
