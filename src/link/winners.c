#include "link/winners.h"
#include <stdlib.h>
#include <string.h>

enum { WINNERS_MAX_BYTES = 1024 * 1024, WINNERS_VERSION = 1 };

/* ---- who may see a record, and which goes before which ---- */

Audience record_seen_by(const SourceRules *rules, const RecordRow *record)
{
    const SourceRule *rule = source_rule(rules, record->source);
    Audience source = rule ? rule->visibility : AUDIENCE_RESTRICTED;
    return source > record->visibility ? source : record->visibility;
}

Precedence record_precedence(const SourceRules *rules, const RecordRow *record)
{
    const SourceRule *rule = source_rule(rules, record->source);
    return (Precedence){
        .authority = rule ? rule->authority : 0, .id = record->id, .as_of = record->as_of.last};
}

int precedence_cmp(const Precedence *a, const Precedence *b)
{
    if (a->authority != b->authority)
        return a->authority > b->authority ? -1 : 1;
    if (a->as_of != b->as_of)
        return a->as_of > b->as_of ? -1 : 1;
    return (a->id < b->id) - (a->id > b->id);
}

typedef struct Place {
    uint16_t at; /* index of the record */
    Audience seen;
    Precedence precedence;
} Place;

static int by_precedence(const void *a, const void *b)
{
    return precedence_cmp(&((const Place *)a)->precedence, &((const Place *)b)->precedence);
}

static Place *places_of(const EntityRow *entity, const SourceRules *rules)
{
    Place *places = heap_alloc((entity->record_count + 1) * sizeof *places);
    for (uint32_t r = 0; r < entity->record_count; r++) {
        const RecordRow *record = &entity->records[r];
        places[r] = (Place){
            .at = (uint16_t)r,
            .seen = record_seen_by(rules, record),
            .precedence = record_precedence(rules, record),
        };
    }
    qsort(places, entity->record_count, sizeof *places, by_precedence);
    return places;
}

/* ---- choosing ---- */

static void clear(Winners *winners)
{
    memset(winners->of, 0xFF, sizeof winners->of); /* NO_RECORD everywhere */
    memset(winners->visible, 0, sizeof winners->visible);
}

static void set_visible(const EntityRow *entity, const SourceRules *rules, Winners *winners)
{
    for (uint32_t r = 0; r < entity->record_count; r++)
        for (Audience a = record_seen_by(rules, &entity->records[r]); a < AUDIENCE_COUNT; a++)
            winners->visible[a] = true;
}

static void offer(Winners *winners, const Place *place, uint32_t field)
{
    for (Audience a = place->seen; a < AUDIENCE_COUNT; a++)
        if (winners->of[a][field] == NO_RECORD)
            winners->of[a][field] = place->at;
}

void winners_choose(Kind kind, const EntityRow *entity, const Value *const *values, const SourceRules *rules,
                    Winners *ret)
{
    uint32_t field_count = kind_info(kind)->field_count;
    Place *places = places_of(entity, rules);
    clear(ret);
    for (uint32_t p = 0; p < entity->record_count; p++) {
        const Place *place = &places[p];
        for (uint32_t f = 0; f < field_count; f++)
            if (values[place->at][f].state != VALUE_UNKNOWN)
                offer(ret, place, f);
        if (entity->records[place->at].shape.len > 0)
            offer(ret, place, WINNER_GEOMETRY);
    }
    set_visible(entity, rules, ret);
    free(places);
}

/* ---- packed ----
 * A version; how many records, and their ids; then for each audience 0 (the same as the audience before) or 1
 * and its list: how many fields, and for each its tag and its record's place among the ids. */

static uint16_t tag_at(const KindInfo *info, uint32_t field)
{
    return field == WINNER_GEOMETRY ? TAG_GEOMETRY : info->fields[field].tag;
}

static uint32_t field_at(const KindInfo *info, uint32_t n)
{
    return n < info->field_count ? n : WINNER_GEOMETRY;
}

static void pack_audience(Buf *buf, const KindInfo *info, const uint16_t *of)
{
    uint64_t count = 0;
    for (uint32_t n = 0; n <= info->field_count; n++)
        count += of[field_at(info, n)] != NO_RECORD;
    buf_varint(buf, count);
    for (uint32_t n = 0; n <= info->field_count; n++) {
        uint32_t f = field_at(info, n);
        if (of[f] == NO_RECORD)
            continue;
        buf_varint(buf, tag_at(info, f));
        buf_varint(buf, of[f]);
    }
}

void winners_pack(Buf *buf, Kind kind, const EntityRow *entity, const Winners *winners)
{
    if (entity->record_count <= 1)
        return;
    buf_varint(buf, WINNERS_VERSION);
    buf_varint(buf, entity->record_count);
    for (uint32_t r = 0; r < entity->record_count; r++)
        buf_varint(buf, (uint64_t)entity->records[r].id);
    for (int a = 0; a < AUDIENCE_COUNT; a++) {
        bool same = a > 0 && memcmp(winners->of[a], winners->of[a - 1], sizeof winners->of[a]) == 0;
        buf_varint(buf, !same);
        if (!same)
            pack_audience(buf, kind_info(kind), winners->of[a]);
    }
}

/* A tag this model does not know is passed over: the field is gone. */
static bool unpack_audience(const uint8_t **at, const uint8_t *end, Kind kind, const EntityRow *entity,
                            uint16_t *of)
{
    uint64_t count, tag, record;
    memset(of, 0xFF, (FIELDS_MAX + 1) * sizeof *of);
    if (!varint_read(at, end, &count) || count > UINT16_MAX)
        return false;
    for (; count > 0; count--) {
        if (!varint_read(at, end, &tag) || !varint_read(at, end, &record) || tag > UINT16_MAX ||
            record >= entity->record_count)
            return false;
        int f = tag == TAG_GEOMETRY ? WINNER_GEOMETRY : field_index_of_tag(kind, (uint16_t)tag);
        if (f >= 0)
            of[f] = (uint16_t)record;
    }
    return true;
}

static bool unpack(Kind kind, const EntityRow *entity, Winners *ret)
{
    const uint8_t *at = (const uint8_t *)entity->winners.ptr, *end = at + entity->winners.len;
    uint64_t n;
    if (!varint_read(&at, end, &n) || n != WINNERS_VERSION || !varint_read(&at, end, &n) ||
        n != entity->record_count)
        return false;
    for (uint32_t r = 0; r < entity->record_count; r++)
        if (!varint_read(&at, end, &n) || (int64_t)n != entity->records[r].id)
            return false;
    for (int a = 0; a < AUDIENCE_COUNT; a++) {
        if (!varint_read(&at, end, &n) || n > 1 || (n == 0 && a == 0))
            return false;
        if (n == 0)
            memcpy(ret->of[a], ret->of[a - 1], sizeof ret->of[a]);
        else if (!unpack_audience(&at, end, kind, entity, ret->of[a]))
            return false;
    }
    return at == end;
}

static void only_record(const EntityRow *entity, const SourceRules *rules, Winners *ret)
{
    clear(ret);
    for (Audience a = record_seen_by(rules, &entity->records[0]); a < AUDIENCE_COUNT; a++)
        memset(ret->of[a], 0, sizeof ret->of[a]);
}

/* Who wins may have been written when a record could be seen by more than may see it now. Whoever changes a
 * source renews its entities; that no audience is shown what it may not see does not hang on it. */
static bool all_may_be_seen(const EntityRow *entity, const SourceRules *rules, const Winners *winners)
{
    for (uint32_t a = 0; a < AUDIENCE_COUNT; a++)
        for (uint32_t f = 0; f <= FIELDS_MAX; f++)
            if (winners->of[a][f] != NO_RECORD &&
                record_seen_by(rules, &entity->records[winners->of[a][f]]) > a)
                return false;
    return true;
}

Err winners_unpack(Kind kind, const EntityRow *entity, const SourceRules *rules, Winners *ret)
{
    Winners winners;
    clear(&winners);
    if (entity->record_count == 1)
        only_record(entity, rules, &winners);
    else if (entity->record_count > 1 &&
             (!unpack(kind, entity, &winners) || !all_may_be_seen(entity, rules, &winners)))
        return fail(ERR_DB_CORRUPT, "path", "", "detail", "an entity's winners do not fit its records", "id",
                    str_c(entity->key), NULL);
    set_visible(entity, rules, &winners);
    *ret = winners;
    return OK;
}

/* ---- the ledger ---- */

static Err choose_stored(Arena *scratch, const EntityRow *entity, const SourceRules *rules, Winners *ret)
{
    uint32_t field_count = kind_info(entity->kind)->field_count;
    const Value **values = arena_array(scratch, const Value *, entity->record_count + 1);
    for (uint32_t r = 0; r < entity->record_count; r++) {
        Value *own = arena_array(scratch, Value, field_count);
        TRY(unpack_values(scratch, entity->kind, entity->records[r].payload, own));
        values[r] = own;
    }
    winners_choose(entity->kind, entity, values, rules, ret);
    return OK;
}

Err winners_renew(Store *store, Arena *scratch, int64_t entity, const SourceRules *rules)
{
    EntityRow row;
    Winners winners;
    Buf packed;
    TRY(store_entity_by_id(store, scratch, entity, &row));
    buf_init(&packed, WINNERS_MAX_BYTES);
    Err err = OK;
    if (row.record_count > 1) {
        TRY_GOTO(choose_stored(scratch, &row, rules, &winners));
        winners_pack(&packed, row.kind, &row, &winners);
        TRY_GOTO(buf_check(&packed, "winners"));
    }
    err = store_winners_set(store, entity, buf_view(&packed));
done:
    buf_done(&packed);
    return err;
}

/* ---- believing ---- */

static void hide_fields(const KindInfo *info, Audience audience, Value *values)
{
    for (uint32_t f = 0; f < info->field_count; f++)
        if (info->fields[f].visibility > audience)
            values[f] = (Value){.state = VALUE_UNKNOWN};
}

/* The day of what was said last. */
static DateSpan newest_day(const EntityRow *entity, const SourceRules *rules, Audience audience)
{
    const RecordRow *newest = NULL;
    for (uint32_t r = 0; r < entity->record_count; r++) {
        const RecordRow *record = &entity->records[r];
        if (record_seen_by(rules, record) <= audience &&
            (!newest || record->as_of.last >= newest->as_of.last))
            newest = record; /* records stand by id: of one day the later wins */
    }
    return newest ? newest->as_of : (DateSpan){0, 0};
}

static Str how_of(const Value *values)
{
    return values[FIELD_HOW].state == VALUE_KNOWN ? values[FIELD_HOW].text : STR("");
}

static Err gather(Arena *arena, const EntityRow *entity, const uint16_t *of, Value *ret_values, Str *ret_hows)
{
    const KindInfo *info = kind_info(entity->kind);
    Value *own = arena_array(arena, Value, info->field_count);
    for (uint32_t f = 0; f < info->field_count; f++)
        ret_values[f] = (Value){.state = VALUE_UNKNOWN};
    for (uint32_t r = 0; r < entity->record_count; r++) {
        bool wins = of[WINNER_GEOMETRY] == r;
        for (uint32_t f = 0; f < info->field_count && !wins; f++)
            wins = of[f] == r;
        ret_hows[r] = STR("");
        if (!wins)
            continue;
        TRY(unpack_values(arena, entity->kind, entity->records[r].payload, own));
        ret_hows[r] = how_of(own);
        for (uint32_t f = 0; f < info->field_count; f++)
            if (of[f] == r)
                ret_values[f] = own[f];
    }
    return OK;
}

static Err believe_one(Arena *arena, const EntityRow *entity, Value *ret_values, Str *ret_shape,
                       DateSpan *ret_as_of, Origins *ret_origins)
{
    const RecordRow *record = &entity->records[0];
    TRY(unpack_values(arena, entity->kind, record->payload, ret_values));
    *ret_shape = record->shape;
    *ret_as_of = record->as_of;
    Str *how = arena_array(arena, Str, 1);
    *how = how_of(ret_values);
    memset(ret_origins->of, 0, sizeof ret_origins->of);
    ret_origins->hows = how;
    return OK;
}

static Err believe_many(Arena *arena, const EntityRow *entity, const SourceRules *rules, Audience audience,
                        Value *ret_values, Str *ret_shape, DateSpan *ret_as_of, Origins *ret_origins)
{
    Winners winners;
    if (entity->winners.len > 0)
        TRY(winners_unpack(entity->kind, entity, rules, &winners));
    else
        TRY(choose_stored(arena, entity, rules, &winners));
    const uint16_t *of = winners.of[audience];
    Str *hows = arena_array(arena, Str, entity->record_count);
    TRY(gather(arena, entity, of, ret_values, hows));
    *ret_shape = of[WINNER_GEOMETRY] == NO_RECORD ? (Str){"", 0} : entity->records[of[WINNER_GEOMETRY]].shape;
    *ret_as_of = newest_day(entity, rules, audience);
    memcpy(ret_origins->of, of, sizeof ret_origins->of);
    ret_origins->hows = hows;
    return OK;
}

Err entity_believed_from(Arena *arena, const EntityRow *entity, const SourceRules *rules, Audience audience,
                         Value *ret_values, Str *ret_shape, DateSpan *ret_as_of, bool *ret_visible,
                         Origins *ret_origins)
{
    bool visible = false;
    for (uint32_t r = 0; r < entity->record_count && !visible; r++)
        visible = record_seen_by(rules, &entity->records[r]) <= audience;
    *ret_visible = visible;
    if (!visible)
        return OK;
    if (entity->record_count == 1)
        TRY(believe_one(arena, entity, ret_values, ret_shape, ret_as_of, ret_origins));
    else
        TRY(believe_many(arena, entity, rules, audience, ret_values, ret_shape, ret_as_of, ret_origins));
    hide_fields(kind_info(entity->kind), audience, ret_values);
    return OK;
}

Err entity_believed(Arena *arena, const EntityRow *entity, const SourceRules *rules, Audience audience,
                    Value *ret_values, Str *ret_shape, DateSpan *ret_as_of, bool *ret_visible)
{
    Origins origins;
    return entity_believed_from(arena, entity, rules, audience, ret_values, ret_shape, ret_as_of, ret_visible,
                                &origins);
}
