/* What is known of every source. A source is an entity like any other, so what is said of it may be secret
 * too: a rule is taken from the most public records of the source alone. Adding a more secret record to a
 * source changes no rule, and so nobody's winners. */
#include "link/winners.h"
#include <stdlib.h>

typedef struct Said { /* one record about a source */
    int64_t about, by, id;
    Audience visibility;
    int32_t as_of;
    Value authority, rows;
} Said;

typedef struct Loading {
    Arena *arena, *scratch;
    SourceRule *rules;
    Said *said;
    uint32_t rule_count, rule_room, said_count, said_room;
    int authority_field, rows_field;
} Loading;

static void *grown(void *list, uint32_t count, uint32_t *room, size_t size)
{
    if (count < *room)
        return list;
    *room = *room ? *room * 2 : 32;
    return heap_grow(list, *room * size);
}

static Err load_source(const EntityRow *entity, void *user)
{
    Loading *load = user;
    Value values[FIELDS_MAX];
    load->rules = grown(load->rules, load->rule_count, &load->rule_room, sizeof *load->rules);
    load->rules[load->rule_count++] = (SourceRule){
        .id = entity->id,
        .key = str_copy(load->arena, entity->key),
        .visibility = AUDIENCE_RESTRICTED,
        .rows = AUDIENCE_RESTRICTED,
    };
    for (uint32_t r = 0; r < entity->record_count; r++) {
        const RecordRow *record = &entity->records[r];
        arena_reset(load->scratch);
        TRY(unpack_values(load->scratch, KIND_SOURCE, record->payload, values));
        Value rows = values[load->rows_field];
        if (rows.state == VALUE_KNOWN)
            rows.text = str_copy(load->arena, rows.text);
        load->said = grown(load->said, load->said_count, &load->said_room, sizeof *load->said);
        load->said[load->said_count++] = (Said){
            .about = entity->id,
            .by = record->source,
            .id = record->id,
            .visibility = record->visibility,
            .as_of = record->as_of.last,
            .authority = values[load->authority_field],
            .rows = rows,
        };
    }
    return OK;
}

const SourceRule *source_rule(const SourceRules *rules, int64_t source)
{
    uint32_t low = 0, high = rules->count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (rules->rules[mid].id < source)
            low = mid + 1;
        else
            high = mid;
    }
    return low < rules->count && rules->rules[low].id == source ? &rules->rules[low] : NULL;
}

/* Who may see the record: whoever may see both it and the source that said it. A source speaks of itself
 * freely. */
static Audience seen_by(const SourceRules *rules, const Said *said)
{
    if (said->by == said->about)
        return said->visibility;
    const SourceRule *by = source_rule(rules, said->by);
    Audience source = by ? by->visibility : AUDIENCE_RESTRICTED;
    return source > said->visibility ? source : said->visibility;
}

/* A source is as public as its most public record. Sources may speak of one another: from restricted, each
 * round can only make some more public, so it ends. */
static void find_visibility(const Loading *load, const SourceRules *rules)
{
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t i = 0; i < load->said_count; i++) {
            SourceRule *about = (SourceRule *)(uintptr_t)source_rule(rules, load->said[i].about);
            Audience seen = seen_by(rules, &load->said[i]);
            if (seen < about->visibility) {
                about->visibility = seen;
                changed = true;
            }
        }
    }
}

static bool newer(const Said *a, const Said *b)
{
    return !b || a->as_of > b->as_of || (a->as_of == b->as_of && a->id > b->id);
}

/* The records about a source stand together: of the most public ones the newest that speaks of a field
 * counts. */
static void find_words(const Loading *load, const SourceRules *rules)
{
    for (uint32_t from = 0, to; from < load->said_count; from = to) {
        const Said *authority = NULL, *rows = NULL;
        SourceRule *about = (SourceRule *)(uintptr_t)source_rule(rules, load->said[from].about);
        for (to = from; to < load->said_count && load->said[to].about == about->id; to++) {
            const Said *said = &load->said[to];
            if (seen_by(rules, said) != about->visibility)
                continue;
            if (said->authority.state == VALUE_KNOWN && newer(said, authority))
                authority = said;
            if (said->rows.state == VALUE_KNOWN && newer(said, rows))
                rows = said;
        }
        if (authority)
            about->authority = authority->authority.num;
        Audience audience;
        if (rows && audience_named(rows->rows.text, &audience) == OK)
            about->rows = audience;
    }
}

static int by_id(const void *a, const void *b)
{
    int64_t x = ((const SourceRule *)a)->id, y = ((const SourceRule *)b)->id;
    return (x > y) - (x < y);
}

Err source_rules_load(Store *store, Arena *arena, SourceRules *ret)
{
    Loading load = {
        .arena = arena,
        .scratch = arena_new(),
        .authority_field = field_index(KIND_SOURCE, STR("authority")),
        .rows_field = field_index(KIND_SOURCE, STR("rows_visibility")),
    };
    Err err = store_entities(store, KIND_SOURCE, 0, load_source, &load);
    if (err == OK) {
        SourceRules rules = {arena_copy(arena, load.rules, load.rule_count * sizeof *load.rules),
                             load.rule_count};
        qsort(rules.rules, rules.count, sizeof *rules.rules, by_id);
        find_visibility(&load, &rules);
        find_words(&load, &rules);
        *ret = rules;
    }
    arena_free(load.scratch);
    free(load.rules);
    free(load.said);
    return err;
}
