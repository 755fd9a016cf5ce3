#include "app/believe.h"
#include <string.h>

typedef struct Loading {
    Believer *believer;
    Arena *arena, *scratch;
    uint32_t room;
    int field;
} Loading;

static Err load_refresh(const EntityRow *entity, void *user)
{
    Loading *loading = user;
    Value values[FIELDS_MAX];
    Str shape;
    DateSpan as_of;
    bool visible;
    arena_reset(loading->scratch);
    TRY(entity_believed(loading->scratch, entity, &loading->believer->rules, loading->believer->audience,
                        values, &shape, &as_of, &visible));
    const Value *value = &values[loading->field];
    if (!visible || value->state != VALUE_KNOWN)
        return OK;
    Believer *believer = loading->believer;
    if (believer->refresh_count == loading->room) {
        loading->room = loading->room ? loading->room * 2 : 16;
        RefreshRule *more = arena_array(loading->arena, RefreshRule, loading->room);
        if (believer->refresh_count)
            memcpy(more, believer->refresh, believer->refresh_count * sizeof *more);
        believer->refresh = more;
    }
    believer->refresh[believer->refresh_count++] = (RefreshRule){entity->id, (int32_t)value->num};
    return OK;
}

Err believer_load(Store *store, Arena *arena, Audience audience, Believer *ret)
{
    *ret = (Believer){.audience = audience};
    TRY(source_rules_load(store, arena, &ret->rules));
    Loading loading = {ret, arena, arena_new(), 0, field_index(KIND_SOURCE, STR("refresh_d"))};
    Err err = store_entities(store, KIND_SOURCE, 0, load_refresh, &loading);
    arena_free(loading.scratch);
    return err;
}

static int32_t refresh_of(const Believer *believer, int64_t source)
{
    uint32_t low = 0, high = believer->refresh_count; /* store_entities visits by id */
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (believer->refresh[mid].source < source)
            low = mid + 1;
        else
            high = mid;
    }
    return low < believer->refresh_count && believer->refresh[low].source == source
               ? believer->refresh[low].refresh_d
               : 0;
}

/* The newest record of that day which this audience may see says whose refresh period counts. */
static Freshness freshness(const Believer *believer, const EntityRow *entity, DateSpan as_of)
{
    Freshness fresh = {.as_of = as_of};
    for (uint32_t r = 0; r < entity->record_count; r++) {
        const RecordRow *record = &entity->records[r];
        if (record->as_of.last == as_of.last &&
            record_seen_by(&believer->rules, record) <= believer->audience)
            fresh.refresh_d = refresh_of(believer, record->source);
    }
    return fresh;
}

Err believe(const Believer *believer, Arena *arena, const EntityRow *entity, Believed *ret)
{
    Str shape;
    DateSpan as_of;
    TRY(entity_believed(arena, entity, &believer->rules, believer->audience, ret->values, &shape, &as_of,
                        &ret->visible));
    if (!ret->visible)
        return OK;
    ret->shape = (Geometry){.type = GEOM_NONE};
    if (shape.len)
        TRY(geometry_from_ewkb(arena, shape, &ret->shape));
    ret->fresh = freshness(believer, entity, as_of);
    return OK;
}

static bool shape_eq(const Geometry *a, const Geometry *b)
{
    if (a->type != b->type || a->point_count != b->point_count || a->ring_count != b->ring_count ||
        a->part_count != b->part_count)
        return false;
    if (a->point_count && memcmp(a->points, b->points, a->point_count * sizeof *a->points) != 0)
        return false;
    if (a->ring_count && memcmp(a->ring_ends, b->ring_ends, a->ring_count * sizeof *a->ring_ends) != 0)
        return false;
    return a->part_count == 0 ||
           memcmp(a->part_ends, b->part_ends, a->part_count * sizeof *a->part_ends) == 0;
}

bool believed_eq(Arena *scratch, const Table *table, uint32_t row, const Believed *believed)
{
    const KindInfo *info = kind_info(table->kind);
    if (memcmp(&table->fresh[row], &believed->fresh, sizeof believed->fresh) != 0)
        return false;
    for (uint32_t f = 0; f < info->field_count; f++) {
        Value value;
        if (info->fields[f].near)
            continue;
        table_value(scratch, table, row, f, &value);
        if (!value_eq(&info->fields[f], &value, &believed->values[f]))
            return false;
    }
    Geometry shape;
    table_shape(scratch, table, row, &shape);
    return shape_eq(&shape, &believed->shape);
}
