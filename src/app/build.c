#include "app/build.h"
#include "app/app.h"
#include "app/believe.h"
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

enum { ARENA_ROWS = 512 }; /* rows read before their memory is used again */

/* ---- base ----
 *
 * One kind after another is read and made ready for the file. Kinds do not need each other, but all need the
 * facilities, which are read first; so two threads take the others in turns, each with a connection of its
 * own to the same state of the ledger. */

enum { READERS = 2, SNAPSHOT_TRIES = 20 };

typedef struct BaseBuild {
    AtlasBuild *build;
    Believer believer;
    atomic_uint next; /* kind */
} BaseBuild;

typedef struct Reader {
    BaseBuild *base;
    Store *store;
    Arena *scratch;
    uint32_t rows;
    Fault fault; /* its code is OK while all is well */
} Reader;

static Err add_to_base(const EntityRow *entity, void *user)
{
    Reader *reader = user;
    if (++reader->rows % ARENA_ROWS == 0)
        arena_reset(reader->scratch);
    Believed believed;
    TRY(believe(&reader->base->believer, reader->scratch, entity, &believed));
    if (!believed.visible)
        return OK;
    return atlas_build_add(reader->base->build, entity->kind, entity->key, believed.values, &believed.shape,
                           believed.fresh);
}

static Err read_kinds(Reader *reader)
{
    BaseBuild *base = reader->base;
    for (uint32_t k; (k = atomic_fetch_add(&base->next, 1)) < KIND_COUNT;) {
        if (k == KIND_FACILITY)
            continue;
        TRY(store_entities(reader->store, (Kind)k, 0, add_to_base, reader));
        TRY(atlas_build_seal(base->build, (Kind)k));
    }
    return OK;
}

static void *run_reader(void *user)
{
    Reader *reader = user;
    reader->scratch = arena_new();
    reader->fault = (Fault){.code = OK};
    if (read_kinds(reader) != OK)
        reader->fault = *fault_last();
    arena_free(reader->scratch);
    return NULL;
}

/* NULL: there is none to be had, or the ledger moves on too fast; one connection does as well, but slower. */
static Store *second_of_snapshot(Store *first, int64_t commit)
{
    Store *second;
    int64_t seen = 0;
    if (store_open(store_url(first), STORE_READ, &second) != OK)
        return NULL;
    if (store_snapshot_begin(second) == OK && store_last_commit(second, &seen) == OK && seen == commit)
        return second;
    store_close(second);
    return NULL;
}

/* *ret_second is closed by the caller. */
static Err begin_snapshots(Store *store, int64_t *ret_commit, Store **ret_second)
{
    *ret_second = NULL;
    for (int i = 0; i < SNAPSHOT_TRIES && !*ret_second; i++) {
        store_snapshot_end(store);
        TRY(store_snapshot_begin(store));
        TRY(store_last_commit(store, ret_commit));
        *ret_second = second_of_snapshot(store, *ret_commit);
    }
    return OK;
}

static Err read_base(BaseBuild *base, Store *first, Store *second)
{
    Reader readers[READERS] = {{.base = base, .store = first}, {.base = base, .store = second}};
    pthread_t helper;
    readers[0].scratch = arena_new();
    Err err = store_entities(first, KIND_FACILITY, 0, add_to_base, &readers[0]);
    arena_free(readers[0].scratch);
    if (err != OK)
        return err;
    bool helped = second && pthread_create(&helper, NULL, run_reader, &readers[1]) == 0;
    run_reader(&readers[0]);
    if (helped)
        pthread_join(helper, NULL);
    for (int i = 0; i < READERS; i++) {
        if (readers[i].fault.code == OK)
            continue;
        fault_set(&readers[i].fault);
        return readers[i].fault.code;
    }
    return OK;
}

/* All rows, not written yet. */
static Err collect_base(Store *store, const char *dir, Audience audience, AtlasBuild **ret)
{
    BaseBuild base = {.build = NULL};
    Arena *arena = arena_new();
    Store *second = NULL;
    int64_t commit;
    Err err;
    atomic_init(&base.next, 0);
    TRY_GOTO(begin_snapshots(store, &commit, &second));
    TRY_GOTO(believer_load(store, arena, audience, &base.believer));
    TRY_GOTO(atlas_build_begin(dir, audience, commit, NULL, &base.build));
    TRY_GOTO(read_base(&base, store, second));
done:
    store_snapshot_end(store);
    store_close(second);
    if (err == OK)
        *ret = base.build;
    else
        atlas_build_abandon(base.build);
    arena_free(arena);
    return err;
}

Err build_base(Store *store, const char *dir, Audience audience, Atlas **ret)
{
    AtlasBuild *build;
    TRY(collect_base(store, dir, audience, &build));
    return atlas_build_finish(build, ret);
}

Err build_base_apart(Store *store, const char *dir, Audience audience, char ret_name[ATLAS_NAME_MAX])
{
    AtlasBuild *build;
    TRY(collect_base(store, dir, audience, &build));
    return atlas_build_write(build, ret_name);
}

/* ---- delta ---- */

typedef struct Change {
    Kind kind;
    Str key;
    Believed *believed; /* NULL: no longer there for this audience */
} Change;

typedef struct Delta {
    Atlas *now;
    Believer believer;
    Arena *arena, *scratch;
    Change *changes; /* against what `now` shows */
    uint32_t count;
    uint32_t room; /* for how many keys the delta of `now` does not speak of */
    bool too_big;
} Delta;

static void copy_values(Arena *arena, const KindInfo *info, Value *values)
{
    for (uint32_t f = 0; f < info->field_count; f++) {
        Value *value = &values[f];
        if (value->state != VALUE_KNOWN)
            continue;
        FieldType type = info->fields[f].type;
        if (type == FIELD_TEXT || type == FIELD_CODE || type == FIELD_REF)
            value->text = str_copy(arena, value->text);
        if (type != FIELD_CODES && type != FIELD_REFS)
            continue;
        Str *items = arena_array(arena, Str, value->list.count);
        for (uint32_t i = 0; i < value->list.count; i++)
            items[i] = str_copy(arena, value->list.items[i]);
        value->list.items = items;
    }
}

/* A facility's place is in every parcel's distances; a source's refresh period is in every row of it, and so
 * is whether what it says is sample data. */
static bool touches_others(const Delta *delta, const EntityRow *entity, const Believed *believed)
{
    if (entity->kind == KIND_FACILITY)
        return true;
    if (entity->kind != KIND_SOURCE)
        return false;
    uint32_t refresh = (uint32_t)field_index(KIND_SOURCE, STR("refresh_d")),
             type = (uint32_t)field_index(KIND_SOURCE, STR("type"));
    const Value unknown = {.state = VALUE_UNKNOWN};
    Value refresh_before = unknown, type_before = unknown;
    RowRef at;
    if (atlas_find(delta->now, KIND_SOURCE, entity->key, &at) == OK) {
        const Table *table = atlas_table(delta->now, KIND_SOURCE, at.segment);
        table_value(delta->scratch, table, at.row, refresh, &refresh_before);
        table_value(delta->scratch, table, at.row, type, &type_before);
    }
    const Value *refresh_now = believed->visible ? &believed->values[refresh] : &unknown;
    const Value *type_now = believed->visible ? &believed->values[type] : &unknown;
    return !value_eq(&kind_info(KIND_SOURCE)->fields[refresh], &refresh_before, refresh_now) ||
           source_makes_samples(&type_before) != source_makes_samples(type_now);
}

static Err add_change(const EntityRow *entity, void *user)
{
    Delta *delta = user;
    arena_reset(delta->scratch);
    Believed *believed = arena_new_of(delta->arena, Believed);
    TRY(believe(&delta->believer, delta->arena, entity, believed));
    RowRef at;
    bool there = atlas_find(delta->now, entity->kind, entity->key, &at) == OK;
    if (!there && !believed->visible)
        return OK;
    if (there && believed->visible &&
        believed_eq(delta->scratch, atlas_table(delta->now, entity->kind, at.segment), at.row, believed))
        return OK;
    bool new_to_delta = !there || at.segment == 0;
    if (touches_others(delta, entity, believed) || (new_to_delta && delta->room == 0))
        delta->too_big = true;
    else
        delta->room -= new_to_delta;
    if (believed->visible)
        copy_values(delta->arena, kind_info(entity->kind), believed->values);
    delta->changes[delta->count++] =
        (Change){entity->kind, str_copy(delta->arena, entity->key), believed->visible ? believed : NULL};
    return OK;
}

uint32_t delta_rows(const Atlas *atlas)
{
    uint32_t held = 0, out = 0;
    for (int k = 0; k < KIND_COUNT && atlas_segments(atlas) > 1; k++) {
        const Table *base = atlas_table(atlas, (Kind)k, 0);
        held += atlas_table(atlas, (Kind)k, 1)->rows;
        out += base->rows - base->live_count;
    }
    return held > out ? held : out;
}

static Err read_delta(Store *store, int64_t seen, Delta *delta)
{
    int64_t changed;
    uint32_t held = delta_rows(delta->now);
    TRY(store_count_changed(store, seen, &changed));
    if (changed > DELTA_ROWS_MAX) {
        delta->too_big = true;
        return OK;
    }
    TRY(believer_load(store, delta->arena, atlas_audience(delta->now), &delta->believer));
    delta->room = held < DELTA_ROWS_MAX ? DELTA_ROWS_MAX - held : 0;
    delta->changes = arena_array(delta->arena, Change, DELTA_ROWS_MAX);
    for (int k = 0; k < KIND_COUNT; k++)
        TRY(store_entities(store, (Kind)k, seen, add_change, delta));
    return OK;
}

static Err write_delta(const Delta *delta, const char *dir, int64_t commit, Atlas **ret)
{
    AtlasBuild *build;
    TRY(atlas_build_begin(dir, atlas_audience(delta->now), commit, delta->now, &build));
    Err err = OK;
    for (uint32_t i = 0; i < delta->count && err == OK; i++) {
        const Change *change = &delta->changes[i];
        err = change->believed ? atlas_build_add(build, change->kind, change->key, change->believed->values,
                                                 &change->believed->shape, change->believed->fresh)
                               : atlas_build_bury(build, change->kind, change->key);
    }
    if (err == OK)
        err = atlas_build_carry(build);
    if (err == OK)
        return atlas_build_finish(build, ret);
    atlas_build_abandon(build);
    return err;
}

Err build_delta(Store *store, const char *dir, Atlas *now, int64_t seen, DeltaFate *ret_fate, Atlas **ret,
                int64_t *ret_commit)
{
    Delta delta = {.now = now, .arena = arena_new(), .scratch = arena_new()};
    int64_t commit = 0;
    Err err = store_snapshot_begin(store);
    if (err == OK) {
        err = store_last_commit(store, &commit);
        if (err == OK)
            err = read_delta(store, seen, &delta);
        store_snapshot_end(store);
    }
    DeltaFate fate = delta.too_big ? DELTA_TOO_BIG : delta.count == 0 ? DELTA_SAME : DELTA_MADE;
    if (err == OK && fate == DELTA_MADE)
        err = write_delta(&delta, dir, commit, ret);
    arena_free(delta.scratch);
    arena_free(delta.arena);
    if (err != OK)
        return err;
    *ret_fate = fate;
    *ret_commit = commit;
    return OK;
}
