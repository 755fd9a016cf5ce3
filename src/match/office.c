#include "match/office.h"
#include "base/hash.h"
#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 512, PARTS_MAX = 32, NOT_ASKED = 0, NOBODY = 1 };

typedef struct Named {
    Office office;
    struct Named *next;
} Named;

/* A work, by the park and the service it is for. */
typedef struct Work {
    Str park, service, key;
    bool done;
    RowRef at;
} Work;

/* Found for an entry of a dictionary: NOT_ASKED, NOBODY, or 2 + the place in `all`. */
typedef struct Pair {
    uint32_t english, office; /* of a Chinese name: with which English one; 0: none, else 1 + its entry */
} Pair;

typedef struct Memo {
    Pair *own;
    uint32_t *park[PARTS_MAX + 1];
} Memo;

struct Offices {
    Arena *arena;
    const Atlas *atlas;
    const Table *const *tables;
    uint32_t table_count;
    int zh, en, park; /* fields of the rows' kind; -1: it has none */
    const char *parts[PARTS_MAX];
    uint32_t part_count;
    Memo memos[SEGMENTS_MAX];
    Named *buckets[BUCKETS];
    const Office **all;
    uint32_t count, room;
    Work *works; /* NULL: not yet read */
    uint32_t work_count;
};

Offices *offices_new(Arena *arena, const Atlas *atlas, const Table *const *tables, uint32_t count)
{
    Offices *offices = arena_new_of(arena, Offices);
    offices->arena = arena;
    offices->atlas = atlas;
    offices->tables = tables;
    offices->table_count = count;
    offices->zh = offices->en = offices->park = -1;
    if (count == 0)
        return offices;
    offices->zh = field_index(tables[0]->kind, STR("office_zh"));
    offices->en = field_index(tables[0]->kind, STR("office_en"));
    offices->park = field_index(tables[0]->kind, STR("park"));
    return offices;
}

/* ---- offices by their names ---- */

/* Two offices are one if they are called the same in both languages. */
static uint32_t name_office(Offices *offices, Str zh, Str en)
{
    if (zh.len + en.len == 0)
        return NOBODY;
    Named **bucket = &offices->buckets[hash64_seed(en.ptr, en.len, hash64(zh.ptr, zh.len)) % BUCKETS];
    for (Named *at = *bucket; at; at = at->next)
        if (str_eq(at->office.zh, zh) && str_eq(at->office.en, en))
            return at->office.number + 2;
    if (offices->count == offices->room) {
        offices->room = 2 * offices->room + 16;
        const Office **grown = arena_array(offices->arena, const Office *, offices->room);
        if (offices->count > 0)
            memcpy(grown, offices->all, offices->count * sizeof *grown);
        offices->all = grown;
    }
    Named *made = arena_new_of(offices->arena, Named);
    *made = (Named){{offices->count, zh, en}, *bucket};
    *bucket = made;
    offices->all[offices->count++] = &made->office;
    return made->office.number + 2;
}

static Str text_of(const Offices *offices, const Table *table, uint32_t row, int field)
{
    Value value;
    if (field < 0)
        return STR("");
    table_value(offices->arena, table, row, (uint32_t)field, &value);
    return value.state == VALUE_KNOWN ? value.text : STR("");
}

static uint32_t office_of_row(Offices *offices, Kind kind, RowRef at)
{
    const Table *table = atlas_table(offices->atlas, kind, at.segment);
    Str zh = text_of(offices, table, at.row, field_index(kind, STR("office_zh")));
    return name_office(offices, zh, text_of(offices, table, at.row, field_index(kind, STR("office_en"))));
}

/* ---- works ---- */

static int work_order(const void *a, const void *b)
{
    const Work *x = a, *y = b;
    int order = str_cmp(x->park, y->park);
    if (order == 0)
        order = str_cmp(x->service, y->service);
    if (order == 0)
        order = (int)x->done - (int)y->done;
    return order ? order : str_cmp(x->key, y->key);
}

static void read_works(Offices *offices)
{
    int park = field_index(KIND_INFRA_WORK, STR("park")),
        service = field_index(KIND_INFRA_WORK, STR("service")),
        state = field_index(KIND_INFRA_WORK, STR("state"));
    offices->works = arena_array(offices->arena, Work, atlas_count(offices->atlas, KIND_INFRA_WORK) + 1);
    for (uint32_t s = 0; s < atlas_segments(offices->atlas); s++) {
        const Table *table = atlas_table(offices->atlas, KIND_INFRA_WORK, s);
        for (uint32_t row = 0; row < table->rows; row++) {
            if (!bits_get(table->live, row))
                continue;
            Work work = {.park = text_of(offices, table, row, park),
                         .service = text_of(offices, table, row, service),
                         .key = table_key(table, row),
                         .done = str_is(text_of(offices, table, row, state), "done"),
                         .at = {s, row}};
            if (work.park.len && work.service.len)
                offices->works[offices->work_count++] = work;
        }
    }
    qsort(offices->works, offices->work_count, sizeof *offices->works, work_order);
}

static const Work *find_work(Offices *offices, Str park, const char *part)
{
    if (!offices->atlas || !part)
        return NULL;
    if (!offices->works)
        read_works(offices);
    Work wanted = {.park = park, .service = str_of(part)};
    uint32_t low = 0, high = offices->work_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (work_order(&offices->works[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const Work *work = low < offices->work_count ? &offices->works[low] : NULL;
    return work && str_eq(work->park, park) && str_is(work->service, part) ? work : NULL;
}

bool office_work(Offices *offices, RowRef at, const char *part, RowRef *ret_work)
{
    Str park = text_of(offices, offices->tables[at.segment], at.row, offices->park);
    const Work *work = park.len ? find_work(offices, park, part) : NULL;
    if (work)
        *ret_work = work->at;
    return work != NULL;
}

/* ---- whom to ask ---- */

/* Which place in Memo.park: 0 for no part. */
static uint32_t part_place(Offices *offices, const char *part)
{
    for (uint32_t p = 0; part && p < offices->part_count; p++)
        if (strcmp(offices->parts[p], part) == 0)
            return p + 1;
    if (!part || offices->part_count == PARTS_MAX)
        return 0;
    offices->parts[offices->part_count++] = part;
    return offices->part_count;
}

/* The place in a dictionary of a row's value; false where it is not known. */
static bool entry_of(const Table *table, int field, uint32_t row, uint32_t *ret)
{
    const Column *column = field < 0 ? NULL : &table->columns[field];
    if (!column || !column->values || !bits_get(column->known, row))
        return false;
    *ret = (uint32_t)column_stored(column, row);
    return true;
}

/* With a part: who does its work there, or NOBODY. Without: the park's own office. */
static uint32_t ask_park(Offices *offices, Str park, const char *part)
{
    RowRef at;
    if (part) {
        const Work *work = find_work(offices, park, part);
        return work ? office_of_row(offices, KIND_INFRA_WORK, work->at) : NOBODY;
    }
    if (!offices->atlas || atlas_find(offices->atlas, KIND_PARK, park, &at) != OK)
        return NOBODY;
    return office_of_row(offices, KIND_PARK, at);
}

static uint32_t of_park(Offices *offices, RowRef at, const char *part)
{
    const Table *table = offices->tables[at.segment];
    uint32_t entry, place = part_place(offices, part);
    if (!entry_of(table, offices->park, at.row, &entry))
        return NOBODY;
    if (part && place == 0)
        return NOBODY;
    uint32_t **memos = &offices->memos[at.segment].park[place];
    if (!*memos)
        *memos = arena_zarray(offices->arena, uint32_t, table->columns[offices->park].dict_count);
    uint32_t *memo = *memos;
    if (memo[entry] == NOT_ASKED)
        memo[entry] = ask_park(offices, column_entry(&table->columns[offices->park], entry), part);
    return memo[entry];
}

static uint32_t of_row(Offices *offices, RowRef at)
{
    const Table *table = offices->tables[at.segment];
    uint32_t entry, english = 0;
    if (entry_of(table, offices->en, at.row, &english))
        english++;
    Str en = english ? column_entry(&table->columns[offices->en], english - 1) : STR("");
    if (!entry_of(table, offices->zh, at.row, &entry))
        return name_office(offices, STR(""), en);
    Pair **pairs = &offices->memos[at.segment].own;
    if (!*pairs)
        *pairs = arena_zarray(offices->arena, Pair, table->columns[offices->zh].dict_count);
    Pair *pair = *pairs + entry;
    if (pair->office == NOT_ASKED || pair->english != english)
        *pair = (Pair){english, name_office(offices, column_entry(&table->columns[offices->zh], entry), en)};
    return pair->office;
}

const Office *office_of(Offices *offices, RowRef at, const char *part)
{
    uint32_t found = part ? of_park(offices, at, part) : NOBODY;
    if (found == NOBODY)
        found = of_row(offices, at);
    if (found == NOBODY)
        found = of_park(offices, at, NULL);
    return found == NOBODY ? NULL : offices->all[found - 2];
}

const Office *office_to_ask(Offices *offices, const Brief *brief, RowRef at, uint32_t bit)
{
    if (bit >= brief->condition_count)
        return office_of(offices, at, NULL);
    const Field *via = brief->conditions[bit].via;
    if (!via)
        return office_of(offices, at, condition_field(brief, bit)->part);
    uint32_t found = via->ref == KIND_PARK ? of_park(offices, at, NULL) : NOBODY;
    return found == NOBODY ? office_of(offices, at, NULL) : offices->all[found - 2];
}
