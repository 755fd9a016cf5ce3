/* Who said each value of one entity, as docs/api.md shows it. The one answer that goes back to the ledger: so
 * it looks only at records that the audience may see, of sources that it may see, and names sources as its
 * atlas has them. */
#include "app/entity_json.h"
#include "app/query.h"
#include "link/winners.h"

typedef struct Why {
    JsonOut *out;
    Arena *arena;
    const Atlas *atlas;
    Audience audience;
    Kind kind;
    RowRef at;
    EntityRow entity;
    SourceRules rules;
    Value **values; /* of each record */
    Winners winners;
} Why;

static bool may_see(const Why *why, uint32_t record)
{
    const RecordRow *row = &why->entity.records[record];
    const SourceRule *rule = source_rule(&why->rules, row->source);
    return row->visibility <= why->audience && rule && rule->visibility <= why->audience;
}

static void out_text_of(const Why *why, RowRef at, const char *field)
{
    int index = field_index(KIND_SOURCE, str_of(field));
    Str text = row_text(why->arena, why->atlas, KIND_SOURCE, at, (uint32_t)index);
    if (text.len == 0)
        return;
    out_name(why->out, field);
    out_str(why->out, text);
}

static void out_source(const Why *why, int64_t source)
{
    static const char *const fields[] = {"name_zh", "name_en", "type", "licence", "url"};
    const SourceRule *rule = source_rule(&why->rules, source);
    RowRef at;
    out_name(why->out, "source");
    out_object(why->out);
    out_name(why->out, "id");
    out_str(why->out, rule->key);
    if (atlas_find(why->atlas, KIND_SOURCE, rule->key, &at) == OK)
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
            out_text_of(why, at, fields[i]);
    out_object_end(why->out);
}

/* What one record said of a field: value or state, source, as-of, place in the source. */
static void out_saying(const Why *why, const Field *field, uint32_t index, uint32_t record)
{
    const RecordRow *row = &why->entity.records[record];
    const Value *value = &why->values[record][index];
    if (value->state == VALUE_KNOWN) {
        out_name(why->out, "value");
        out_value(why->out, field, value);
    } else {
        out_name(why->out, "state");
        out_c(why->out, value->state == VALUE_WITHHELD ? "withheld" : "not_applicable");
    }
    out_source(why, row->source);
    out_name(why->out, "as_of");
    out_span(why->out, row->as_of);
    if (row->locator.len) {
        out_name(why->out, "locator");
        out_str(why->out, row->locator);
    }
    const Value *how = &why->values[record][FIELD_HOW];
    out_name(why->out, "how");
    out_str(why->out, how->state == VALUE_KNOWN ? how->text : STR("reported"));
}

typedef enum Reason { REASON_ONLY, REASON_AUTHORITY, REASON_AS_OF, REASON_ORDER } Reason;

static const char *const reason_names[] = {"only", "authority", "as_of", "order"};

static Reason reason_between(const Why *why, uint32_t winner, uint32_t other)
{
    const RecordRow *a = &why->entity.records[winner], *b = &why->entity.records[other];
    if (source_rule(&why->rules, a->source)->authority != source_rule(&why->rules, b->source)->authority)
        return REASON_AUTHORITY;
    return a->as_of.last != b->as_of.last ? REASON_AS_OF : REASON_ORDER;
}

static bool speaks(const Why *why, uint32_t record, uint32_t index)
{
    return may_see(why, record) && why->values[record][index].state != VALUE_UNKNOWN;
}

static void out_others(const Why *why, const Field *field, uint32_t index, uint32_t winner,
                       Reason *ret_closest)
{
    Reason closest = REASON_ONLY;
    out_name(why->out, "others");
    out_array(why->out);
    for (uint32_t r = 0; r < why->entity.record_count; r++) {
        if (r == winner || !speaks(why, r, index))
            continue;
        Reason reason = reason_between(why, winner, r);
        closest = reason > closest ? reason : closest;
        out_object(why->out);
        out_saying(why, field, index, r);
        out_name(why->out, "lost");
        out_c(why->out, reason_names[reason]);
        out_object_end(why->out);
    }
    out_array_end(why->out);
    *ret_closest = closest;
}

static void out_said(const Why *why, const Field *field, uint32_t index, uint32_t winner)
{
    Reason closest;
    out_name(why->out, field->name);
    out_object(why->out);
    out_saying(why, field, index, winner);
    out_others(why, field, index, winner, &closest);
    out_name(why->out, "why");
    out_c(why->out, reason_names[closest]);
    out_object_end(why->out);
}

/* ---- derived distances ---- */

static bool nearest_facility(const Why *why, const char *type, RowRef *ret)
{
    uint32_t index = (uint32_t)field_index(KIND_FACILITY, STR("type"));
    Point from = atlas_table(why->atlas, why->kind, why->at.segment)->anchors[why->at.row];
    int64_t least = INT64_MAX;
    for (uint32_t s = 0; s < atlas_segments(why->atlas); s++) {
        const Table *table = atlas_table(why->atlas, KIND_FACILITY, s);
        for (uint32_t row = 0; row < table->rows; row++) {
            RowRef at = {s, row};
            if (!bits_get(table->live, row) || !box_valid(table->boxes[row]) ||
                !str_is(row_text(why->arena, why->atlas, KIND_FACILITY, at, index), type))
                continue;
            int64_t away = distance_m(from, table->anchors[row]);
            const Table *best = atlas_table(why->atlas, KIND_FACILITY, ret->segment);
            bool nearer = away < least ||
                          (away == least && str_cmp(table_key(table, row), table_key(best, ret->row)) < 0);
            if (!nearer)
                continue;
            least = away;
            *ret = at;
        }
    }
    return least != INT64_MAX;
}

static void out_derived(const Why *why, const Field *field, uint32_t index)
{
    Value value;
    RowRef to = {0, 0};
    const Table *table = atlas_table(why->atlas, why->kind, why->at.segment);
    table_value(why->arena, table, why->at.row, index, &value);
    if (value.state != VALUE_KNOWN || !box_valid(table->boxes[why->at.row]) ||
        !nearest_facility(why, field->near, &to))
        return;
    out_name(why->out, field->name);
    out_object(why->out);
    out_name(why->out, "value");
    out_value(why->out, field, &value);
    out_name(why->out, "derived");
    out_c(why->out, "distance");
    out_name(why->out, "to");
    out_object(why->out);
    out_name(why->out, "id");
    out_str(why->out, table_key(atlas_table(why->atlas, KIND_FACILITY, to.segment), to.row));
    out_name(why->out, "name_zh");
    out_str(why->out, row_text(why->arena, why->atlas, KIND_FACILITY, to, FIELD_NAME_ZH));
    out_name(why->out, "name_en");
    out_str(why->out, row_text(why->arena, why->atlas, KIND_FACILITY, to, FIELD_NAME_EN));
    out_object_end(why->out);
    out_object_end(why->out);
}

/* ---- the whole ---- */

static Err load(Why *why, Store *store, Str id)
{
    TRY(store_entity(store, why->arena, why->kind, id, &why->entity));
    TRY(source_rules_load(store, why->arena, &why->rules));
    why->values = arena_array(why->arena, Value *, why->entity.record_count + 1);
    for (uint32_t r = 0; r < why->entity.record_count; r++) {
        why->values[r] = arena_array(why->arena, Value, FIELDS_MAX);
        TRY(unpack_values(why->arena, why->kind, why->entity.records[r].payload, why->values[r]));
    }
    winners_choose(why->kind, &why->entity, (const Value *const *)why->values, &why->rules, &why->winners);
    return OK;
}

static void out_fields(const Why *why, int only)
{
    const KindInfo *info = kind_info(why->kind);
    for (uint32_t f = 0; f < info->field_count; f++) {
        const Field *field = &info->fields[f];
        if (field->visibility > why->audience || (only >= 0 && (uint32_t)only != f))
            continue;
        uint16_t winner = why->winners.of[why->audience][f];
        if (field->near)
            out_derived(why, field, f);
        else if (winner != NO_RECORD && speaks(why, winner, f))
            out_said(why, field, f, winner);
    }
}

Err query_why(Arena *arena, Store *store, const Atlas *atlas, Kind kind, Str id, Str field, JsonOut *out)
{
    Why why = {.out = out, .arena = arena, .atlas = atlas, .audience = atlas_audience(atlas), .kind = kind};
    uint32_t only = 0;
    if (field.len)
        TRY(field_visible(kind, why.audience, field, &only));
    TRY(atlas_find(atlas, kind, id, &why.at));
    TRY(load(&why, store, id));
    out_object(out);
    out_name(out, "id");
    out_str(out, id);
    out_name(out, "kind");
    out_c(out, kind_info(kind)->name);
    out_name(out, "fields");
    out_object(out);
    out_fields(&why, field.len ? (int)only : -1);
    out_object_end(out);
    out_object_end(out);
    return OK;
}
