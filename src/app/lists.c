#include "app/lists.h"
#include "model/lists.h"
#include "model/value.h"
#include "model/yaml_tree.h"
#include <string.h>

#define META_LISTS "lists"

enum { IDS_TOLD = 5 };

Err app_lists_apply(Store *store)
{
    static const ListSet none = {NULL, 0};
    Arena *arena = arena_new();
    Str yaml;
    ListSet set = none;
    Err err = store_meta_get(store, arena, META_LISTS, &yaml);
    if (err == OK && yaml.len)
        err = lists_read(arena, yaml, &set);
    if (err == OK)
        lists_apply(&set);
    arena_free(arena);
    return err;
}

Err app_lists_open(const char *url, StoreMode mode, Store **ret)
{
    Store *store;
    TRY(store_open(url, mode, &store));
    Err err = app_lists_apply(store);
    if (err == OK)
        *ret = store;
    else
        store_close(store);
    return err;
}

/* ---- codes in use ---- */

typedef struct Using {
    Arena *scratch;
    bool all;              /* which codes rows may have is not known */
    const CodeList *after; /* of each list, by its place in code_lists() */
    const CodeList *list;  /* of the first code that is used and would be gone; NULL: none */
    Str code;
    int64_t rows;
    uint32_t told;
    Buf ids;
    char code_text[FAULT_TEXT_MAX];
} Using;

static const CodeList *list_then(const Using *using, const CodeList *now)
{
    uint32_t count;
    const CodeList *const *lists = code_lists(&count);
    for (uint32_t i = 0; i < count; i++)
        if (lists[i] == now)
            return &using->after[i];
    return now;
}

static bool loses(const CodeList *now, const CodeList *then)
{
    for (uint32_t i = 0; i < now->count; i++)
        if (code_index(then, str_of(now->codes[i].code)) < 0)
            return true;
    return false;
}

/* Rows have codes of the lists in force: where none of those is lost, no row need be looked at. */
static bool kind_may_lose(const Using *using, Kind kind)
{
    const KindInfo *info = kind_info(kind);
    if (using->all)
        return true;
    for (uint32_t f = 0; f < info->field_count; f++)
        if (info->fields[f].codes && loses(info->fields[f].codes, list_then(using, info->fields[f].codes)))
            return true;
    return false;
}

/* Does this value say a code that would be gone, or rather the one that was found before? */
static bool says_lost(Using *using, const CodeList *now, Str code)
{
    if (using->list)
        return using->list == now && str_eq(code, using->code);
    if (code_index(list_then(using, now), code) >= 0)
        return false;
    size_t len = code.len < sizeof using->code_text ? code.len : sizeof using->code_text;
    memcpy(using->code_text, code.ptr, len);
    using->code = (Str){using->code_text, len};
    using->list = now;
    return true;
}

static bool record_says_lost(Using *using, const KindInfo *info, const Value *values)
{
    for (uint32_t f = 0; f < info->field_count; f++) {
        const Field *field = &info->fields[f];
        if (!field->codes || values[f].state != VALUE_KNOWN)
            continue;
        if (field->type == FIELD_CODE && says_lost(using, field->codes, values[f].text))
            return true;
        for (uint32_t i = 0; field->type == FIELD_CODES && i < values[f].list.count; i++)
            if (says_lost(using, field->codes, values[f].list.items[i]))
                return true;
    }
    return false;
}

static Err note_use(const EntityRow *entity, void *user)
{
    Using *using = user;
    const KindInfo *info = kind_info(entity->kind);
    Value values[FIELDS_MAX];
    for (uint32_t r = 0; r < entity->record_count; r++) {
        arena_reset(using->scratch);
        TRY(unpack_values(using->scratch, entity->kind, entity->records[r].payload, values));
        if (!record_says_lost(using, info, values))
            continue;
        using->rows++;
        if (using->told++ < IDS_TOLD) {
            if (using->ids.len)
                buf_c(&using->ids, ", ");
            buf_fmt(&using->ids, "%s %s", info->name, str_c(entity->key));
        }
        break; /* a row once, however many records say so */
    }
    return OK;
}

/* What was only superseded counts too: it is believed again when what supersedes it is taken back. */
static Err check_unused(Store *store, const ListSet *set, bool all)
{
    uint32_t count;
    (void)code_lists(&count);
    Arena *arena = arena_new();
    CodeList *after = arena_array(arena, CodeList, count);
    for (uint32_t i = 0; i < count; i++)
        after[i] = list_after(set, i);
    Using using = {.scratch = arena_new(), .all = all, .after = after};
    buf_init(&using.ids, FAULT_TEXT_MAX - 1);
    Err err = OK;
    for (int k = 0; k < KIND_COUNT && err == OK; k++)
        if (kind_may_lose(&using, (Kind)k))
            err = store_entities(store, (Kind)k, 0, note_use, &using);
    if (err == OK && using.list)
        err = fail(ERR_CODE_USED, "list", using.list->name, "code", str_c(using.code), "rows",
                   num_c(using.rows), "ids", str_c(buf_view(&using.ids)), NULL);
    buf_done(&using.ids);
    arena_free(using.scratch);
    arena_free(arena);
    return err;
}

/* ---- setting ---- */

/* Lists that do not hold for this program are no reason not to set others. */
static Err apply_or_program(Store *store, bool *ret_holds)
{
    static const ListSet none = {NULL, 0};
    Err err = app_lists_apply(store);
    *ret_holds = err == OK;
    if (err == OK || err_class(err) != CLASS_INPUT)
        return err;
    lists_apply(&none);
    return OK;
}

/* What is kept: the lists that differ from the program's, whole. */
static uint32_t write_own(Buf *buf, const ListSet *set)
{
    uint32_t own = 0;
    for (uint32_t i = 0; i < set->count; i++) {
        if (!list_is_own(&set->lists[i]))
            continue;
        list_write(buf, &set->lists[i]);
        own++;
    }
    return own;
}

Err app_lists_put(Store *store, Str yaml, uint32_t *ret_own)
{
    Arena *arena = arena_new();
    Buf kept;
    ListSet set;
    bool holds;
    buf_init(&kept, YAML_FILE_MAX_BYTES);
    Err err;
    TRY_GOTO(lists_read(arena, yaml, &set));
    TRY_GOTO(apply_or_program(store, &holds)); /* another may have set them since this one was opened */
    TRY_GOTO(check_unused(store, &set, !holds));
    uint32_t own = write_own(&kept, &set);
    TRY_GOTO(buf_check(&kept, "code lists"));
    TRY_GOTO(store_meta_set(store, META_LISTS, buf_view(&kept)));
    lists_apply(&set);
    *ret_own = own;
done:
    buf_done(&kept);
    arena_free(arena);
    return err;
}

Err app_lists_set(Store *store, Str yaml, uint32_t *ret_own)
{
    CommitInfo info = {
        .actor = STR("cli"), .action = STR("lists"), .idempotency_key = STR(""), .digest = STR("")};
    int64_t done, commit;
    TRY(store_begin(store, &info, &done));
    Err err = app_lists_put(store, yaml, ret_own);
    if (err == OK)
        return store_commit(store, &commit);
    store_rollback(store);
    return err;
}

void app_lists_write(Buf *buf)
{
    uint32_t count;
    const CodeList *const *lists = code_lists(&count);
    for (uint32_t i = 0; i < count; i++) {
        if (lists[i]->change == LIST_FIXED)
            continue;
        if (buf->len)
            buf_byte(buf, '\n');
        buf_fmt(buf, "# %s · %s%s\n", lists[i]->label.zh, lists[i]->label.en,
                lists[i]->change == LIST_LABELS ? "（只可改名称、顺序 · labels and order only）" : "");
        list_write(buf, lists[i]);
    }
}
