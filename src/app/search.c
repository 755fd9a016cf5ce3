#include "app/search.h"
#include "app/entity_json.h"
#include "atlas/names.h"
#include "text/normalise.h"
#include "text/pinyin.h"

/* What people look for first, where two kinds match alike. */
static const Kind kinds_in_order[KIND_COUNT] = {
    KIND_REGION,    KIND_PARK,      KIND_CHAIN,         KIND_ENTERPRISE,  KIND_PROJECT,
    KIND_CLUSTER,   KIND_SEGMENT,   KIND_FACILITY,      KIND_BUILDING,    KIND_PARCEL,
    KIND_UNIT,      KIND_PLAN,      KIND_INFRA_WORK,    KIND_POLICY,      KIND_EVENT,
    KIND_INDICATOR, KIND_COST,      KIND_TRAIN_SERVICE, KIND_ROLE,        KIND_SUPPLY,
    KIND_FLOW,      KIND_MILESTONE, KIND_AMOUNT,        KIND_OBSERVATION, KIND_SOURCE,
};

static const char *by_name(NameBy by)
{
    static const char *const names[] = {"name", "pinyin", "initials", "alias", "former", "code"};
    return names[by];
}

/* "feng shan hu": how the Chinese name is read; nothing if it is not. */
static void out_pinyin(JsonOut *out, Arena *arena, Str name)
{
    uint32_t chars[PINYIN_CHARS_MAX], count = 0;
    uint16_t syllables[PINYIN_CHARS_MAX];
    Str form = text_search_form(arena, name);
    for (size_t i = 0; i < form.len && count < PINYIN_CHARS_MAX; count++) {
        size_t start = i++;
        while (i < form.len && ((unsigned char)form.ptr[i] & 0xC0) == 0x80)
            i++;
        uint32_t c = (unsigned char)form.ptr[start];
        if (i - start == 3)
            c = (c & 0x0F) << 12 | (uint32_t)(form.ptr[start + 1] & 0x3F) << 6 |
                (uint32_t)(form.ptr[start + 2] & 0x3F);
        chars[count] = i - start == 3 || i - start == 1 ? c : 0;
    }
    pinyin_read(chars, count, syllables);
    Buf text;
    buf_init(&text, PINYIN_CHARS_MAX * 8);
    bool any = false, glued = false; /* letters and digits stay together */
    for (uint32_t i = 0; i < count; i++) {
        bool plain = !syllables[i] && chars[i] > ' ' && chars[i] < 0x7F;
        if ((syllables[i] || plain) && text.len && !(plain && glued))
            buf_byte(&text, ' ');
        if (syllables[i])
            buf_c(&text, pinyin_syllable(syllables[i]));
        else if (plain)
            buf_byte(&text, (char)chars[i]);
        any |= syllables[i] != 0;
        glued = plain;
    }
    if (any) {
        out_name(out, "pinyin");
        out_str(out, buf_view(&text));
    }
    buf_done(&text);
}

/* The region that a row names, or the first of them. */
static Str region_of(Arena *arena, const Table *table, uint32_t row)
{
    const KindInfo *info = kind_info(table->kind);
    for (uint32_t f = 0; f < info->field_count; f++) {
        Value value;
        const Field *field = &info->fields[f];
        if ((field->type != FIELD_REF && field->type != FIELD_REFS) || field->ref != KIND_REGION)
            continue;
        table_value(arena, table, row, f, &value);
        if (value.state == VALUE_KNOWN && (field->type == FIELD_REF || value.list.count))
            return field->type == FIELD_REF ? value.text : value.list.items[0];
    }
    return STR("");
}

static void out_match(JsonOut *out, const NameMatch *match)
{
    out_name(out, "matched");
    out_object(out);
    out_name(out, "by");
    out_c(out, by_name(match->by));
    out_name(out, "text");
    out_str(out, match->text);
    out_name(out, "from");
    out_int(out, match->from);
    out_name(out, "to");
    out_int(out, match->to);
    out_object_end(out);
}

static void out_hit(JsonOut *out, Arena *arena, const Atlas *atlas, Kind kind, const NameHit *hit,
                    const NameQuery *query)
{
    const Table *table = atlas_table(atlas, kind, hit->at.segment);
    Str name = row_text(arena, atlas, kind, hit->at, FIELD_NAME_ZH);
    NameMatch match;
    out_object(out);
    out_name(out, "id");
    out_str(out, hit->key);
    out_name(out, "kind");
    out_c(out, kind_info(kind)->name);
    out_optional(out, "name_zh", name);
    out_optional(out, "name_en", row_text(arena, atlas, kind, hit->at, FIELD_NAME_EN));
    out_optional(out, "how", row_text(arena, atlas, kind, hit->at, FIELD_HOW));
    out_optional(out, "region", region_of(arena, table, hit->at.row));
    if (table_has_shape(table, hit->at.row)) {
        out_name(out, "anchor");
        out_array(out);
        out_fixed(out, table->anchors[hit->at.row].lon, 7);
        out_fixed(out, table->anchors[hit->at.row].lat, 7);
        out_array_end(out);
    }
    if (!names_explain(arena, atlas, kind, hit->at, query, &match)) /* a form that only the whole name has */
        match = (NameMatch){name_by(hit->score), name, 0, 0};
    out_match(out, &match);
    out_pinyin(out, arena, name);
    out_object_end(out);
}

static void out_tried(JsonOut *out, const NameQuery *query)
{
    out_name(out, "tried");
    out_array(out);
    for (int by = NAME_BY_NAME; by <= NAME_BY_CODE; by++)
        if (query->by_sound || (by != NAME_BY_PINYIN && by != NAME_BY_INITIALS))
            out_c(out, by_name((NameBy)by));
    out_array_end(out);
}

static Err wanted_kinds(Str kinds, bool *wanted)
{
    for (int k = 0; k < KIND_COUNT; k++)
        wanted[k] = kinds.len == 0;
    while (kinds.len) {
        Kind kind;
        TRY(kind_named(str_trim(str_cut(&kinds, ',')), &kind));
        wanted[kind] = true;
    }
    return OK;
}

typedef struct Group {
    Kind kind;
    NameHits found;
} Group;

/* A best hit that is called exactly so comes first; then it matters by what it was found, not where in its
 * name: a park comes before its plots. Then what is reported before samples. */
static uint32_t group_rank(Arena *arena, const Atlas *atlas, const Group *group)
{
    const NameHit *best = &group->found.hits[0];
    Str how = row_text(arena, atlas, group->kind, best->at, FIELD_HOW);
    return name_placeless(best->score) * 2 + str_is(how, "illustrative");
}

/* Those with hits, in the order of their best; kinds_in_order decides where two are alike. */
static uint32_t find_groups(Arena *arena, const Atlas *atlas, const NameQuery *query, const bool *wanted,
                            uint32_t limit, Group *groups)
{
    uint32_t count = 0, ranks[KIND_COUNT];
    for (int k = 0; k < KIND_COUNT; k++) {
        Group group = {.kind = kinds_in_order[k]};
        if (!wanted[group.kind])
            continue;
        names_search(arena, atlas, group.kind, query, limit, &group.found);
        if (group.found.count == 0)
            continue;
        uint32_t at = count++, rank = group_rank(arena, atlas, &group);
        for (; at > 0 && ranks[at - 1] > rank; at--) {
            groups[at] = groups[at - 1];
            ranks[at] = ranks[at - 1];
        }
        groups[at] = group;
        ranks[at] = rank;
    }
    return count;
}

Err query_search(Arena *arena, const Atlas *atlas, Str text, Str kinds, uint32_t limit, JsonOut *out)
{
    NameQuery query;
    bool wanted[KIND_COUNT];
    Group groups[KIND_COUNT];
    TRY(name_query(arena, text, &query));
    TRY(wanted_kinds(kinds, wanted));
    uint32_t count = find_groups(arena, atlas, &query, wanted, limit, groups);
    out_object(out);
    out_name(out, "q");
    out_str(out, text);
    out_tried(out, &query);
    out_name(out, "groups");
    out_array(out);
    for (uint32_t g = 0; g < count; g++) {
        const NameHits *found = &groups[g].found;
        out_object(out);
        out_name(out, "kind");
        out_c(out, kind_info(groups[g].kind)->name);
        out_name(out, "total");
        out_int(out, found->total);
        if (found->total_is_least) {
            out_name(out, "total_is_least");
            out_bool(out, true);
        }
        out_name(out, "items");
        out_array(out);
        for (uint32_t i = 0; i < found->count; i++)
            out_hit(out, arena, atlas, groups[g].kind, &found->hits[i], &query);
        out_array_end(out);
        out_object_end(out);
    }
    out_array_end(out);
    out_object_end(out);
    return OK;
}
