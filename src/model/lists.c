#include "model/lists.h"
#include "base/json.h"
#include "model/yaml_tree.h"
#include <string.h>

enum { LISTS_MAX = 64 };

/* What the program itself says, kept from before the first change. */
static struct {
    const Code *codes;
    uint32_t count;
} programs[LISTS_MAX];
static uint32_t program_count;

static Arena *applied; /* what the tables point into now; NULL: the program's own */

static void remember(void)
{
    uint32_t count;
    const CodeList *const *lists = code_lists(&count);
    if (program_count)
        return;
    for (uint32_t i = 0; i < count && i < LISTS_MAX; i++) {
        programs[i].codes = lists[i]->codes;
        programs[i].count = lists[i]->count;
    }
    program_count = count;
}

static CodeList program_list(uint32_t index)
{
    remember();
    uint32_t count;
    CodeList list = *code_lists(&count)[index];
    list.codes = programs[index].codes;
    list.count = programs[index].count;
    return list;
}

static int list_index(Str name)
{
    uint32_t count;
    const CodeList *const *lists = code_lists(&count);
    for (uint32_t i = 0; i < count; i++)
        if (str_is(name, lists[i]->name))
            return (int)i;
    return -1;
}

/* ---- reading ---- */

static const char no_list[] = "";

typedef struct Reading {
    Arena *arena;
    CodeList program; /* the list that is read, as the program has it */
    bool offers;      /* it is one of states of an offer */
    Code *codes;
    uint32_t count;
} Reading;

static Err fail_list(const YamlNode *at, const char *list, const char *detail)
{
    return fail(ERR_LISTS, "line", num_c(at->line), "list", list, "detail", detail, NULL);
}

static Err fail_code(const YamlNode *at, const Reading *reading, const char *form, Str code)
{
    Buf detail;
    buf_init(&detail, FAULT_TEXT_MAX - 1);
    for (; *form; form++) {
        if (*form == '*')
            buf_str(&detail, code);
        else
            buf_byte(&detail, *form);
    }
    Err err = fail_list(at, reading->program.name, str_c(buf_view(&detail)));
    buf_done(&detail);
    return err;
}

static bool code_valid(Str code)
{
    for (size_t i = 0; i < code.len; i++) {
        char c = code.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
              c == '-'))
            return false;
    }
    return code.len > 0 && code.len <= CODE_MAX_BYTES;
}

/* ; parts the values of a cell, and a control character is no letter. */
static bool label_valid(Str label)
{
    for (size_t i = 0; i < label.len; i++)
        if ((unsigned char)label.ptr[i] < 0x20 || label.ptr[i] == 0x7F || label.ptr[i] == ';')
            return false;
    return label.len > 0 && label.len <= CODE_LABEL_MAX_BYTES && str_trim(label).len == label.len &&
           memmem(label.ptr, label.len, "；", sizeof "；" - 1) == NULL;
}

static Err read_label(const YamlNode *item, const Reading *reading, Str code, const char *lang,
                      const char **label)
{
    const YamlNode *given = yaml_member(item, lang);
    if (given && given->kind == YAML_TEXT) {
        if (!label_valid(given->text))
            return fail_code(given, reading, "the label of * is empty, too long, or has a ; in it", code);
        *label = given->text.ptr;
    }
    if (*label)
        return OK;
    if (strcmp(lang, "zh") == 0)
        return fail_code(item, reading, "* has no label in Chinese", code);
    return fail_code(item, reading, "* has no label in English", code);
}

static Err read_offer(const YamlNode *item, const Reading *reading, Code *code)
{
    const YamlNode *given = yaml_member(item, "offer");
    for (int offer = OFFER_OPEN; given && reading->offers && offer <= OFFER_CLOSED; offer++) {
        if (str_is(given->text, offer_name(offer))) {
            code->offer = offer;
            return OK;
        }
    }
    if (given && reading->offers)
        return fail_list(given, reading->program.name, "offer is open, promised or closed");
    if (given)
        return fail_list(given, reading->program.name, "a code of this list has no offer");
    if (reading->offers && code->offer == OFFER_NONE)
        return fail_code(item, reading, "* needs an offer: open, promised or closed", str_of(code->code));
    return OK;
}

static Err check_members(const YamlNode *item, const Reading *reading)
{
    static const char *const known[] = {"code", "zh", "en", "offer"};
    for (const YamlNode *member = item->first; member; member = member->next) {
        bool found = false;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            found |= str_is(member->name, known[i]);
        if (!found)
            return fail_code(member, reading, "a code has code, zh, en and offer, not *", member->name);
        if (member->kind != YAML_TEXT)
            return fail_code(member, reading, "* is a text", member->name);
    }
    return OK;
}

static Err check_twice(const YamlNode *item, const Reading *reading, const Code *code)
{
    for (uint32_t i = 0; i < reading->count; i++) {
        const Code *before = &reading->codes[i];
        if (strcmp(before->code, code->code) == 0)
            return fail_code(item, reading, "the code * stands twice", str_of(code->code));
        if (strcmp(before->label.zh, code->label.zh) == 0)
            return fail_code(item, reading, "the label * stands twice", str_of(code->label.zh));
        if (strcmp(before->label.en, code->label.en) == 0)
            return fail_code(item, reading, "the label * stands twice", str_of(code->label.en));
    }
    return OK;
}

static Err read_code(const YamlNode *item, Reading *reading)
{
    const YamlNode *named = item->kind == YAML_MAPPING ? yaml_member(item, "code") : item;
    if (item->kind == YAML_MAPPING)
        TRY(check_members(item, reading));
    if (!named || named->kind != YAML_TEXT || !code_valid(named->text))
        return fail_list(named ? named : item, reading->program.name,
                         "a code is up to 40 of a–z, A–Z, 0–9, _ and -");
    int at = code_index(&reading->program, named->text);
    Code code = {.code = named->text.ptr};
    if (at >= 0)
        code = reading->program.codes[at];
    else if (reading->program.change == LIST_LABELS)
        return fail_code(item, reading,
                         "of this list only labels and order can change; * is none of its codes",
                         named->text);
    TRY(read_label(item, reading, named->text, "zh", &code.label.zh));
    TRY(read_label(item, reading, named->text, "en", &code.label.en));
    TRY(read_offer(item, reading, &code));
    TRY(check_twice(item, reading, &code));
    reading->codes[reading->count++] = code;
    return OK;
}

/* Distances are to the nearest facility of a type: those types stay. */
static bool is_needed(const CodeList *list, const char *code)
{
    if (list->change == LIST_LABELS)
        return true;
    const Field *types = &kind_info(KIND_FACILITY)->fields[field_index(KIND_FACILITY, STR("type"))];
    for (int k = 0; strcmp(types->codes->name, list->name) == 0 && k < KIND_COUNT; k++)
        for (uint32_t f = 0; f < kind_info((Kind)k)->field_count; f++) {
            const char *near = kind_info((Kind)k)->fields[f].near;
            if (near && strcmp(near, code) == 0)
                return true;
        }
    return false;
}

static Err check_needed(const YamlNode *node, const Reading *reading)
{
    const CodeList read = {.codes = reading->codes, .count = reading->count};
    for (uint32_t i = 0; i < reading->program.count; i++) {
        const char *code = reading->program.codes[i].code;
        if (is_needed(&reading->program, code) && code_index(&read, str_of(code)) < 0)
            return fail_code(node, reading, "the program itself needs *: it cannot be left out",
                             str_of(code));
    }
    return OK;
}

static Err read_list(Arena *arena, const YamlNode *node, CodeList *ret)
{
    int index = list_index(node->name);
    if (index < 0)
        return fail_list(node, str_c(node->name), "there is no such list");
    Reading reading = {.arena = arena, .program = program_list((uint32_t)index)};
    if (reading.program.change == LIST_FIXED)
        return fail_list(node, reading.program.name,
                         "this list cannot change: the program works with its codes");
    if (node->kind != YAML_LIST || node->count == 0)
        return fail_list(node, reading.program.name, "a list of codes belongs here, with at least one");
    if (node->count > CODES_MAX)
        return fail(ERR_LIMIT, "what", "codes of a list", "limit", num_c(CODES_MAX), NULL);
    for (uint32_t i = 0; i < reading.program.count; i++)
        reading.offers |= reading.program.codes[i].offer != OFFER_NONE;
    reading.codes = arena_array(arena, Code, node->count);
    for (const YamlNode *item = node->first; item; item = item->next)
        TRY(read_code(item, &reading));
    TRY(check_needed(node, &reading));
    *ret = reading.program;
    ret->codes = reading.codes;
    ret->count = reading.count;
    return OK;
}

Err lists_read(Arena *arena, Str yaml, ListSet *ret)
{
    const YamlNode *root;
    TRY(yaml_tree(arena, yaml, &root));
    if (root->kind != YAML_MAPPING)
        return fail_list(root, no_list, "the names of lists belong here, each with its codes");
    CodeList *lists = arena_array(arena, CodeList, root->count + 1);
    uint32_t count = 0;
    for (const YamlNode *node = root->first; node; node = node->next)
        TRY(read_list(arena, node, &lists[count++]));
    *ret = (ListSet){lists, count};
    return OK;
}

/* ---- applying ---- */

CodeList list_after(const ListSet *set, uint32_t index)
{
    CodeList list = program_list(index);
    for (uint32_t i = 0; i < set->count; i++)
        if (strcmp(set->lists[i].name, list.name) == 0)
            return set->lists[i];
    return list;
}

static const char *copy_text(const char *text)
{
    return str_copy(applied, str_of(text)).ptr;
}

/* The tables are constant to all but this function. */
static void put_codes(const CodeList *to, const Code *codes, uint32_t count)
{
    CodeList *list = (CodeList *)(uintptr_t)to;
    list->codes = codes;
    list->count = count;
}

void lists_apply(const ListSet *set)
{
    uint32_t count;
    const CodeList *const *lists = code_lists(&count);
    Arena *before = applied;
    applied = set->count ? arena_new() : NULL;
    for (uint32_t i = 0; i < count; i++) {
        CodeList after = list_after(set, i);
        if (after.codes == programs[i].codes) {
            put_codes(lists[i], after.codes, after.count);
            continue;
        }
        Code *codes = arena_array(applied, Code, after.count);
        for (uint32_t c = 0; c < after.count; c++) {
            const Code *code = &after.codes[c];
            codes[c] = (Code){
                copy_text(code->code), {copy_text(code->label.zh), copy_text(code->label.en)}, code->offer};
        }
        put_codes(lists[i], codes, after.count);
    }
    arena_free(before);
}

/* ---- writing ---- */

static bool same_code(const Code *a, const Code *b)
{
    return strcmp(a->code, b->code) == 0 && strcmp(a->label.zh, b->label.zh) == 0 &&
           strcmp(a->label.en, b->label.en) == 0 && a->offer == b->offer;
}

bool list_is_own(const CodeList *list)
{
    CodeList program = program_list((uint32_t)list_index(str_of(list->name)));
    bool same = program.count == list->count;
    for (uint32_t i = 0; same && i < list->count; i++)
        same = same_code(&program.codes[i], &list->codes[i]);
    return !same;
}

/* JSON's texts are YAML's, in double quotes. */
void list_write(Buf *buf, const CodeList *list)
{
    buf_fmt(buf, "%s:\n", list->name);
    for (uint32_t i = 0; i < list->count; i++) {
        const Code *code = &list->codes[i];
        JsonOut out = json_out(buf);
        buf_c(buf, "  - {code: ");
        out_c(&out, code->code);
        buf_c(buf, ", zh: ");
        out.comma = false;
        out_c(&out, code->label.zh);
        buf_c(buf, ", en: ");
        out.comma = false;
        out_c(&out, code->label.en);
        if (code->offer != OFFER_NONE)
            buf_fmt(buf, ", offer: %s", offer_name(code->offer));
        buf_c(buf, "}\n");
    }
}
