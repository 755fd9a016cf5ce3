#include "app/why.h"
#include <stdlib.h>

typedef struct Witness { /* a record this audience may see */
    const RecordRow *record;
    const Value *values;
    Precedence precedence;
    const WhySource *source;
} Witness;

typedef struct Asking {
    Store *store;
    Arena *arena;
    Audience audience;
    SourceRules rules;
    EntityRow entity;
    Witness *witnesses; /* best first */
    uint32_t count;
    const WhySource **known; /* sources told so far */
    uint32_t known_count;
} Asking;

const char *why_rule_name(WhyRule rule)
{
    static const char *const names[] = {"only", "authority", "as_of", "order"};
    return names[rule];
}

static Str text_of(const Value *values, const char *field)
{
    const Value *value = &values[field_index(KIND_SOURCE, str_of(field))];
    return value->state == VALUE_KNOWN ? value->text : (Str){"", 0};
}

static Err source_told(Asking *asking, const SourceRule *rule, const WhySource **ret)
{
    EntityRow row;
    Value values[FIELDS_MAX];
    Str shape;
    DateSpan as_of;
    bool visible;
    for (uint32_t i = 0; i < asking->known_count; i++) {
        if (str_eq(asking->known[i]->key, rule->key)) {
            *ret = asking->known[i];
            return OK;
        }
    }
    TRY(store_entity_by_id(asking->store, asking->arena, rule->id, &row));
    TRY(entity_believed(asking->arena, &row, &asking->rules, asking->audience, values, &shape, &as_of,
                        &visible));
    WhySource *told = arena_new_of(asking->arena, WhySource);
    told->key = rule->key;
    if (visible) {
        told->name_zh = text_of(values, "name_zh");
        told->name_en = text_of(values, "name_en");
        told->type = text_of(values, "type");
        told->licence = text_of(values, "licence");
        told->url = text_of(values, "url");
    }
    asking->known[asking->known_count++] = told;
    *ret = told;
    return OK;
}

static WhyRule decided_by(const Witness *better, const Witness *worse)
{
    if (better->precedence.authority != worse->precedence.authority)
        return WHY_AUTHORITY;
    return better->precedence.as_of != worse->precedence.as_of ? WHY_AS_OF : WHY_ORDER;
}

static int by_precedence(const void *a, const void *b)
{
    return precedence_cmp(&((const Witness *)a)->precedence, &((const Witness *)b)->precedence);
}

static Err call_witnesses(Asking *asking)
{
    const EntityRow *entity = &asking->entity;
    asking->witnesses = arena_zarray(asking->arena, Witness, entity->record_count + 1);
    asking->known = arena_zarray(asking->arena, const WhySource *, entity->record_count + 1);
    for (uint32_t r = 0; r < entity->record_count; r++) {
        const RecordRow *record = &entity->records[r];
        const SourceRule *rule = source_rule(&asking->rules, record->source);
        if (!rule || record_seen_by(&asking->rules, record) > asking->audience)
            continue;
        Value *values = arena_array(asking->arena, Value, kind_info(entity->kind)->field_count);
        TRY(unpack_values(asking->arena, entity->kind, record->payload, values));
        Witness *witness = &asking->witnesses[asking->count++];
        *witness = (Witness){
            .record = record, .values = values, .precedence = record_precedence(&asking->rules, record)};
        TRY(source_told(asking, rule, &witness->source));
    }
    qsort(asking->witnesses, asking->count, sizeof *asking->witnesses, by_precedence);
    return OK;
}

static bool speaks(const Witness *witness, uint32_t field)
{
    return field == WINNER_GEOMETRY ? witness->record->shape.len > 0
                                    : witness->values[field].state != VALUE_UNKNOWN;
}

static Said said_by(const Witness *witness, uint32_t field)
{
    const Value *how = &witness->values[FIELD_HOW];
    bool geometry = field == WINNER_GEOMETRY;
    return (Said){
        .value = geometry ? (Value){.state = VALUE_KNOWN} : witness->values[field],
        .shape = geometry ? witness->record->shape : (Str){"", 0},
        .source = witness->source,
        .as_of = witness->record->as_of,
        .locator = witness->record->locator,
        .how = how->state == VALUE_KNOWN ? how->text : (Str){"", 0},
    };
}

/* False if nobody speaks of the field. */
static bool why_field(const Asking *asking, uint32_t field, WhyField *ret)
{
    const Witness *winner = NULL;
    Said *others = arena_array(asking->arena, Said, asking->count + 1);
    uint32_t count = 0;
    for (uint32_t w = 0; w < asking->count; w++) {
        const Witness *witness = &asking->witnesses[w];
        if (!speaks(witness, field))
            continue;
        if (!winner) {
            winner = witness;
            ret->won = said_by(witness, field);
            ret->won.lost = WHY_ONLY;
            continue;
        }
        others[count] = said_by(witness, field);
        others[count].lost = decided_by(winner, witness);
        if (count++ == 0)
            ret->won.lost = others[0].lost;
    }
    ret->field = field;
    ret->others = others;
    ret->other_count = count;
    return winner != NULL;
}

static void why_fields(const Asking *asking, int only, Why *ret)
{
    const KindInfo *info = kind_info(ret->kind);
    WhyField *fields = arena_array(asking->arena, WhyField, info->field_count + 1);
    for (uint32_t i = 0; i <= info->field_count; i++) {
        uint32_t field = i < info->field_count ? i : WINNER_GEOMETRY;
        if (only >= 0 && (uint32_t)only != field)
            continue;
        if (field != WINNER_GEOMETRY && info->fields[field].visibility > asking->audience)
            continue;
        if (why_field(asking, field, &fields[ret->count]))
            ret->count++;
    }
    ret->fields = fields;
}

static Err ask(Asking *asking, Kind kind, Str key, int only, Why *ret)
{
    TRY(source_rules_load(asking->store, asking->arena, &asking->rules));
    TRY(store_entity(asking->store, asking->arena, kind, key, &asking->entity));
    TRY(call_witnesses(asking));
    if (asking->count == 0)
        return fail(ERR_ID_UNKNOWN, "kind", kind_info(kind)->name, "id", str_c(key), NULL);
    Why why = {.kind = kind, .key = asking->entity.key};
    why_fields(asking, only, &why);
    *ret = why;
    return OK;
}

Err app_why(Store *store, Arena *arena, Audience audience, Kind kind, Str key, Str field, Why *ret)
{
    int only = -1;
    if (str_is(field, "geometry")) {
        only = WINNER_GEOMETRY;
    } else if (field.len > 0) {
        uint32_t index;
        TRY(field_visible(kind, audience, field, &index));
        only = (int)index;
    }
    Asking asking = {.store = store, .arena = arena, .audience = audience};
    TRY(store_snapshot_begin(store));
    Err err = ask(&asking, kind, key, only, ret);
    store_snapshot_end(store);
    return err;
}
