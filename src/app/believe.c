#include "app/believe.h"
#include <string.h>

typedef struct Loading {
    Believer *believer;
    Arena *arena, *scratch;
    uint32_t room;
    int refresh_field, type_field;
} Loading;

static void add_facts(Loading *loading, SourceFacts facts)
{
    Believer *believer = loading->believer;
    if (believer->fact_count == loading->room) {
        loading->room = loading->room ? loading->room * 2 : 16;
        SourceFacts *more = arena_array(loading->arena, SourceFacts, loading->room);
        if (believer->fact_count)
            memcpy(more, believer->facts, believer->fact_count * sizeof *more);
        believer->facts = more;
    }
    believer->facts[believer->fact_count++] = facts;
}

bool source_makes_samples(const Value *type)
{
    return type->state == VALUE_KNOWN && str_is(type->text, "generator");
}

static Err load_facts(const EntityRow *entity, void *user)
{
    Loading *loading = user;
    Value values[FIELDS_MAX];
    Str shape;
    DateSpan as_of;
    bool visible;
    arena_reset(loading->scratch);
    TRY(entity_believed(loading->scratch, entity, &loading->believer->rules, loading->believer->audience,
                        values, &shape, &as_of, &visible));
    if (!visible)
        return OK;
    const Value *refresh = &values[loading->refresh_field], *type = &values[loading->type_field];
    SourceFacts facts = {
        .source = entity->id,
        .refresh_d = refresh->state == VALUE_KNOWN ? (int32_t)refresh->num : 0,
        .makes_samples = source_makes_samples(type),
    };
    if (facts.refresh_d || facts.makes_samples)
        add_facts(loading, facts);
    return OK;
}

Err believer_load(Store *store, Arena *arena, Audience audience, Believer *ret)
{
    *ret = (Believer){.audience = audience};
    TRY(source_rules_load(store, arena, &ret->rules));
    Loading loading = {.believer = ret,
                       .arena = arena,
                       .scratch = arena_new(),
                       .refresh_field = field_index(KIND_SOURCE, STR("refresh_d")),
                       .type_field = field_index(KIND_SOURCE, STR("type"))};
    Err err = store_entities(store, KIND_SOURCE, 0, load_facts, &loading);
    arena_free(loading.scratch);
    return err;
}

static SourceFacts facts_of_source(const Believer *believer, int64_t source)
{
    uint32_t low = 0, high = believer->fact_count; /* store_entities visits by id */
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (believer->facts[mid].source < source)
            low = mid + 1;
        else
            high = mid;
    }
    bool found = low < believer->fact_count && believer->facts[low].source == source;
    return found ? believer->facts[low] : (SourceFacts){.source = source};
}

/* The newest record of that day which this audience may see says whose refresh period counts. */
static Freshness freshness(const Believer *believer, const EntityRow *entity, DateSpan as_of)
{
    Freshness fresh = {.as_of = as_of};
    for (uint32_t r = 0; r < entity->record_count; r++) {
        const RecordRow *record = &entity->records[r];
        if (record->as_of.last == as_of.last &&
            record_seen_by(&believer->rules, record) <= believer->audience)
            fresh.refresh_d = facts_of_source(believer, record->source).refresh_d;
    }
    return fresh;
}

/* ---- sample data in a row that is none ---- */

static bool is_sample(const Believer *believer, const EntityRow *entity, const Origins *origins,
                      uint16_t record)
{
    return record != NO_RECORD && (str_is(origins->hows[record], "illustrative") ||
                                   facts_of_source(believer, entity->records[record].source).makes_samples);
}

static void put_name(Buf *buf, const char *name)
{
    if (buf->len)
        buf_byte(buf, ';');
    buf_c(buf, name);
}

/* Names the sample values; nothing where the row says of itself that it is sample data. */
static void mark_samples(const Believer *believer, Arena *arena, const EntityRow *entity,
                         const Origins *origins, Believed *believed)
{
    const KindInfo *info = kind_info(entity->kind);
    const Value *how = &believed->values[FIELD_HOW];
    if (how->state == VALUE_KNOWN && str_is(how->text, "illustrative"))
        return;
    Buf names;
    buf_init(&names, TEXT_MAX_BYTES); /* room for all names of a kind: model_lint */
    for (uint32_t f = 0; f < info->field_count; f++)
        if (f != FIELD_HOW && f != FIELD_VISIBILITY && believed->values[f].state == VALUE_KNOWN &&
            is_sample(believer, entity, origins, origins->of[f]))
            put_name(&names, info->fields[f].name);
    if (believed->shape.type != GEOM_NONE &&
        is_sample(believer, entity, origins, origins->of[WINNER_GEOMETRY]))
        put_name(&names, "geometry");
    if (names.len)
        believed->values[FIELD_SAMPLE] =
            (Value){.state = VALUE_KNOWN, .text = str_copy(arena, buf_view(&names))};
    buf_done(&names);
}

Err believe(const Believer *believer, Arena *arena, const EntityRow *entity, Believed *ret)
{
    Str shape;
    DateSpan as_of;
    Origins origins;
    TRY(entity_believed_from(arena, entity, &believer->rules, believer->audience, ret->values, &shape, &as_of,
                             &ret->visible, &origins));
    if (!ret->visible)
        return OK;
    ret->shape = (Geometry){.type = GEOM_NONE};
    if (shape.len)
        TRY(geometry_from_ewkb(arena, shape, &ret->shape));
    ret->fresh = freshness(believer, entity, as_of);
    mark_samples(believer, arena, entity, &origins, ret);
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
