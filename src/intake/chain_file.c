#include "intake/chain_file.h"
#include "intake/draft.h"
#include "intake/seen.h"
#include "model/yaml_tree.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NEEDS_MAX = 200 /* of one segment */ };

_Static_assert((int)CHAIN_FILE_MAX_BYTES == (int)YAML_FILE_MAX_BYTES, "one limit");

/* What segments and flows take over from the chain unless they say it themselves. */
static const char *const inherited[] = {"how", "as_of", "visibility"};

typedef struct Reading {
    Arena *arena;
    ChainFile *file;
    RowOptions options; /* of the part that is being read */
    Draft draft;
    Seen *seen[CHAIN_PARTS];
    Buf payload, shape;
    const YamlNode *chain;
    Str id; /* the chain's */
} Reading;

/* ---- the file ---- */

bool chain_file_named(const char *name)
{
    size_t len = strlen(name);
    return (len > 5 && strcmp(name + len - 5, ".yaml") == 0) ||
           (len > 4 && strcmp(name + len - 4, ".yml") == 0);
}

static Err read_whole(Arena *arena, Input *input, Str *ret)
{
    bool more = true;
    size_t len = 0;
    while (more && len <= CHAIN_FILE_MAX_BYTES) {
        TRY(input_more(input, &more));
        input_window(input, &len);
    }
    const char *bytes = input_window(input, &len);
    size_t mark = len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    *ret = str_copy(arena, (Str){bytes ? bytes + mark : "", len - mark});
    input_skip(input, len);
    return OK;
}

static Err fail_line(const YamlNode *node, const char *form, Str name)
{
    char detail[FAULT_TEXT_MAX];
    snprintf(detail, sizeof detail, form, str_c(name));
    return fail(ERR_YAML, "line", num_c(node->line), "column", "1", "detail", detail, NULL);
}

/* ---- cells ---- */

static void begin_row(Reading *reading, ChainPart part, const YamlNode *node)
{
    reading->options.kind = reading->file->parts[part].kind;
    draft_begin(&reading->draft, &reading->options, &reading->file->issues, reading->arena, node->line);
}

static void reject(Reading *reading, Str column, Str value, const char *want, const char *example)
{
    if (fail(ERR_VALUE, "kind", kind_info(reading->options.kind)->name, "field", str_c(column), "value",
             str_c(value), "want", want, "example", example, NULL) != OK)
        draft_reject(&reading->draft, column);
}

/* A list as a cell of a table has it: joined by semicolons. False if an item is no text or holds one. */
static bool joined(Reading *reading, const YamlNode *list, Str *ret)
{
    Buf text;
    bool good = true;
    buf_init(&text, CHAIN_FILE_MAX_BYTES);
    for (const YamlNode *item = list->first; item; item = item->next) {
        good &= item->kind == YAML_TEXT && !memchr(item->text.ptr, ';', item->text.len) &&
                !memmem(item->text.ptr, item->text.len, "；", strlen("；"));
        if (item != list->first)
            buf_byte(&text, ';');
        buf_str(&text, item->text);
    }
    *ret = str_copy(reading->arena, buf_view(&text));
    buf_done(&text);
    return good;
}

/* GB/T 4754 classes: four digits each. Unquoted, YAML would let 0939 lose its zero elsewhere; here it does
 * not, but who leaves a zero out is told. */
static void check_industries(Reading *reading, Str text)
{
    for (Str rest = text; rest.len;) {
        Str code = str_trim(str_cut(&rest, ';'));
        size_t digits = 0;
        while (digits < code.len && code.ptr[digits] >= '0' && code.ptr[digits] <= '9')
            digits++;
        if (code.len != 4 || digits != 4)
            reject(reading, STR("industries"), code, "classes of four digits", "3985");
    }
}

static void put_cell(Reading *reading, Target target, const YamlNode *node)
{
    const Field *field =
        target.what == TARGET_FIELD ? &kind_info(reading->options.kind)->fields[target.field] : NULL;
    bool lists = field && (field->type == FIELD_CODES || field->type == FIELD_REFS);
    bool texts = field && (str_is(str_of(field->name), "industries") ||
                           str_is(str_of(field->name), "keywords") || str_is(str_of(field->name), "aliases"));
    Str text = node->text;
    if (node->kind == YAML_MAPPING || (node->kind == YAML_LIST && !lists && !texts)) {
        reject(reading, node->name, STR("…"), "one value", field ? field->example : "");
        return;
    }
    if (node->kind == YAML_LIST && !joined(reading, node, &text)) {
        reject(reading, node->name, text, "a list of texts without semicolons", field->example);
        return;
    }
    if (field && str_is(str_of(field->name), "industries"))
        check_industries(reading, text);
    draft_cell(&reading->draft, target, node->name, text, node->kind == YAML_LIST && lists);
}

/* The field a name means: by the model's own name only, and none that the file's form gives otherwise. */
static bool name_target(const Reading *reading, Str name, Target *ret)
{
    static const char *const given[] = {"chain", "from_segment", "to_segment", "mode", "alternative"};
    Kind kind = reading->options.kind;
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        if (str_is(name, given[i]))
            return false;
    int field = field_index(kind, name);
    *ret = (Target){TARGET_FIELD, field < 0 ? 0 : (uint32_t)field};
    if (str_is(name, "as_of"))
        ret->what = TARGET_AS_OF;
    else if (str_is(name, "locator"))
        ret->what = TARGET_LOCATOR;
    return ret->what != TARGET_FIELD || (field >= 0 && !kind_info(kind)->fields[field].derived);
}

static bool among(Str name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_is(name, names[i]))
            return true;
    return false;
}

/* All members but those in `own`, which the caller reads. */
static Err put_members(Reading *reading, const YamlNode *mapping, const char *const *own, size_t own_count)
{
    Target target;
    for (const YamlNode *member = mapping->first; member; member = member->next) {
        if (among(member->name, own, own_count))
            continue;
        if (!name_target(reading, member->name, &target))
            return fail_line(member, "unknown name: %s", member->name);
        put_cell(reading, target, member);
    }
    return OK;
}

static void put_text(Reading *reading, const char *field, Str text)
{
    Target target = {TARGET_FIELD, (uint32_t)field_index(reading->options.kind, str_of(field))};
    draft_cell(&reading->draft, target, str_of(field), text, false);
}

/* What is wrong with the chain's own is told once, there: its parts are not asked for it again. */
static void inherit(Reading *reading, const YamlNode *own)
{
    Target target;
    if (reading->file->parts[PART_CHAIN].count == 0) {
        reading->draft.has_as_of = true;
        return;
    }
    for (size_t i = 0; i < sizeof inherited / sizeof *inherited; i++) {
        const YamlNode *given = yaml_member(reading->chain, inherited[i]);
        if (given && !yaml_member(own, inherited[i]) && name_target(reading, str_of(inherited[i]), &target))
            put_cell(reading, target, given);
    }
}

/* ---- rows ---- */

static Str put_fmt(Reading *reading, const char *form, Str a, Str b, Str c)
{
    Buf text;
    buf_init(&text, 4096);
    buf_fmt(&text, form, STR_ARG(a), STR_ARG(b), STR_ARG(c));
    Str copy = str_copy(reading->arena, buf_view(&text));
    buf_done(&text);
    return copy;
}

static Err finish_row(Reading *reading, ChainPart part, Str key, Str locator, uint32_t most)
{
    Draft *draft = &reading->draft;
    ChainRows *rows = &reading->file->parts[part];
    if (rows->count == most)
        return fail(ERR_LIMIT, "what", part == PART_FLOWS ? "flows of a chain" : "segments of a chain",
                    "limit", num_c(most), NULL);
    draft_cell(draft, (Target){.what = TARGET_ID}, STR("id"), key, false);
    if (draft->locator.len == 0)
        draft->locator = locator;
    int64_t before = draft->key.len ? seen_add(reading->seen[part], draft->key, draft->number) : 0;
    if (before) {
        char want[FAULT_TEXT_MAX];
        snprintf(want, sizeof want, "an id that row %s does not have", num_c(before));
        reject(reading, STR("id"), key, want, "");
    }
    draft_check(draft);
    reading->file->bad += draft->bad;
    if (draft->bad)
        return OK;
    rows->left_out[rows->count] = draft_left_out(draft);
    return draft_row(draft, reading->arena, &reading->payload, &reading->shape, &rows->rows[rows->count++]);
}

/* An id of the file's own: small letters, digits and _, so that CHAIN.SEGMENT and FROM-TO are plain. */
static bool read_id(Reading *reading, const YamlNode *mapping, const char *name, Str *ret)
{
    const YamlNode *node = yaml_member(mapping, name);
    Str text = node && node->kind == YAML_TEXT ? node->text : STR("");
    bool good = text.len > 0 && text.len <= 40;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        good &= (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }
    *ret = text;
    if (!good)
        reject(reading, str_of(name), text, "small letters, digits and _", "cathode");
    return good;
}

static Err read_chain(Reading *reading)
{
    static const char *const own[] = {"id"};
    begin_row(reading, PART_CHAIN, reading->chain);
    if (!read_id(reading, reading->chain, "id", &reading->id))
        reading->id = STR("x");
    TRY(put_members(reading, reading->chain, own, 1));
    return finish_row(reading, PART_CHAIN, reading->id, STR("chain"), 1);
}

/* One of `needs`: a flow that ends at segment `to`. */
static Err read_need(Reading *reading, const YamlNode *need, Str to)
{
    static const char *const own[] = {"from", "one_of"};
    Str from, alternative;
    if (need->kind != YAML_MAPPING)
        return fail_line(need, "a mapping of names and values", STR(""));
    begin_row(reading, PART_FLOWS, need);
    if (!read_id(reading, need, "from", &from))
        from = STR("x");
    bool one_of = yaml_member(need, "one_of") != NULL;
    put_text(reading, "chain", reading->id);
    put_text(reading, "from_segment", put_fmt(reading, "%.*s.%.*s%.*s", reading->id, from, STR("")));
    put_text(reading, "to_segment", put_fmt(reading, "%.*s.%.*s%.*s", reading->id, to, STR("")));
    put_text(reading, "mode", one_of ? STR("one_of") : STR("all_of"));
    if (one_of && read_id(reading, need, "one_of", &alternative))
        put_text(reading, "alternative", alternative);
    TRY(put_members(reading, need, own, 2));
    inherit(reading, need);
    return finish_row(reading, PART_FLOWS, put_fmt(reading, "%.*s.%.*s-%.*s", reading->id, from, to),
                      put_fmt(reading, "segments/%.*s/needs/%.*s%.*s", to, from, STR("")),
                      CHAIN_FILE_FLOWS_MAX);
}

static Err read_needs(Reading *reading, const YamlNode *needs, Str to)
{
    if (needs->kind == YAML_NOTHING)
        return OK;
    if (needs->kind != YAML_LIST)
        return fail_line(needs, "a list", STR(""));
    if (needs->count > NEEDS_MAX)
        return fail(ERR_LIMIT, "what", "flows of a chain", "limit", num_c(NEEDS_MAX), NULL);
    for (const YamlNode *need = needs->first; need; need = need->next)
        TRY(read_need(reading, need, to));
    return OK;
}

static Err read_segment(Reading *reading, const YamlNode *node)
{
    static const char *const own[] = {"id", "needs"};
    Str id;
    if (node->kind != YAML_MAPPING)
        return fail_line(node, "a mapping of names and values", STR(""));
    begin_row(reading, PART_SEGMENTS, node);
    if (!read_id(reading, node, "id", &id))
        id = STR("x");
    put_text(reading, "chain", reading->id);
    TRY(put_members(reading, node, own, 2));
    inherit(reading, node);
    TRY(finish_row(reading, PART_SEGMENTS, put_fmt(reading, "%.*s.%.*s%.*s", reading->id, id, STR("")),
                   put_fmt(reading, "segments/%.*s%.*s%.*s", id, STR(""), STR("")), CHAIN_FILE_SEGMENTS_MAX));
    const YamlNode *needs = yaml_member(node, "needs");
    return needs ? read_needs(reading, needs, id) : OK;
}

static Err read_tree(Reading *reading, const YamlNode *root)
{
    static const char *const form = "the file of a chain is a mapping with chain and segments";
    for (const YamlNode *member = root->first; member && root->kind == YAML_MAPPING; member = member->next)
        if (!str_is(member->name, "chain") && !str_is(member->name, "segments"))
            return fail_line(member, "unknown name: %s", member->name);
    const YamlNode *segments = yaml_member(root, "segments");
    reading->chain = yaml_member(root, "chain");
    if (!reading->chain || reading->chain->kind != YAML_MAPPING || !segments || segments->kind != YAML_LIST)
        return fail_line(root, form, STR(""));
    TRY(read_chain(reading));
    for (const YamlNode *segment = segments->first; segment; segment = segment->next)
        TRY(read_segment(reading, segment));
    return OK;
}

/* A flow from or to a segment that is left out has nowhere to go. */
static void leave_flows_out(Reading *reading)
{
    const ChainRows *segments = &reading->file->parts[PART_SEGMENTS];
    ChainRows *flows = &reading->file->parts[PART_FLOWS];
    Seen *gone = seen_new();
    for (uint32_t i = 0; i < segments->count; i++)
        if (segments->left_out[i])
            seen_add(gone, segments->rows[i].key, 1);
    for (uint32_t i = 0; i < flows->count; i++) {
        Value values[FIELDS_MAX];
        if (unpack_values(reading->arena, KIND_FLOW, flows->rows[i].payload, values) != OK)
            continue; /* it was packed a moment ago */
        const Value *from = &values[field_index(KIND_FLOW, STR("from_segment"))],
                    *to = &values[field_index(KIND_FLOW, STR("to_segment"))];
        flows->left_out[i] |= seen_add(gone, from->text, 0) == 1 || seen_add(gone, to->text, 0) == 1;
    }
    seen_free(gone);
}

Err chain_file_read(Arena *arena, Input *input, const RowOptions *options, ChainFile *ret)
{
    static const Kind kinds[CHAIN_PARTS] = {KIND_CHAIN, KIND_SEGMENT, KIND_FLOW};
    static const uint32_t most[CHAIN_PARTS] = {1, CHAIN_FILE_SEGMENTS_MAX, CHAIN_FILE_FLOWS_MAX};
    Reading reading = {.arena = arena, .file = ret, .options = *options};
    Str text;
    const YamlNode *root;
    *ret = (ChainFile){.issues.list = heap_alloc(ISSUES_MAX * sizeof *ret->issues.list)};
    TRY(read_whole(arena, input, &text));
    TRY(yaml_tree(arena, text, &root));
    for (int part = 0; part < CHAIN_PARTS; part++) {
        ret->parts[part] = (ChainRows){
            .kind = kinds[part],
            .rows = arena_array(arena, Row, most[part]),
            .left_out = arena_zarray(arena, bool, most[part]),
        };
        reading.seen[part] = seen_new();
    }
    buf_init(&reading.payload, DRAFT_PACKED_MAX_BYTES);
    buf_init(&reading.shape, DRAFT_SHAPE_MAX_BYTES);
    Err err = read_tree(&reading, root);
    if (err == OK && options->no_illustrative)
        leave_flows_out(&reading);
    for (int part = 0; part < CHAIN_PARTS; part++)
        seen_free(reading.seen[part]);
    buf_done(&reading.payload);
    buf_done(&reading.shape);
    return err;
}

void chain_file_done(ChainFile *file)
{
    free(file->issues.list);
    file->issues = (Issues){0};
}

void chain_file_reject(ChainFile *file, Str key)
{
    Err code = fault_last()->code;
    Issues *issues = &file->issues;
    int64_t line = 0;
    for (int part = 0; part < CHAIN_PARTS; part++)
        for (uint32_t i = 0; i < file->parts[part].count; i++)
            if (str_eq(file->parts[part].rows[i].key, key))
                line = file->parts[part].rows[i].number;
    file->bad++;
    issues->total++;
    if (issues->count == ISSUES_MAX || (line && fail_also(code, "row", num_c(line)) == OK))
        return;
    issues->list[issues->count++] = (Issue){.row = line, .fault = *fault_last()};
}
