/* Where the facilities of a type, or the enterprises of a segment, lie. */
#include "match/sources.h"
#include <pthread.h>
#include <string.h>

typedef struct Points {
    Arena *arena;
    Point *at;
    uint32_t count, room;
} Points;

static void add_point(Points *points, const Table *table, uint32_t row)
{
    if (!bits_get(table->live, row) || !table_has_shape(table, row))
        return;
    if (points->count == points->room) {
        points->room = 2 * points->room + 64;
        Point *grown = arena_array(points->arena, Point, points->room);
        if (points->count > 0)
            memcpy(grown, points->at, points->count * sizeof *grown);
        points->at = grown;
    }
    points->at[points->count++] = table->anchors[row];
}

static const Column *column_of(const Table *table, const char *field)
{
    int at = field_index(table->kind, str_of(field));
    const Column *column = at < 0 ? NULL : &table->columns[at];
    return column && column->values ? column : NULL;
}

static void add_facilities(Points *points, const Atlas *atlas, Str type)
{
    for (uint32_t s = 0; s < atlas_segments(atlas); s++) {
        const Table *table = atlas_table(atlas, KIND_FACILITY, s);
        const Column *types = column_of(table, "type");
        uint32_t code;
        if (!types || !column_find(types, type, &code))
            continue;
        for (uint32_t row = 0; row < table->rows; row++)
            if (bits_get(types->known, row) && column_stored(types, row) == code)
                add_point(points, table, row);
    }
}

/* Each enterprise once, however many roles it has: by the entries of the roles' dictionary. */
static void add_members(Points *points, const Atlas *atlas, Str segment)
{
    for (uint32_t s = 0; s < atlas_segments(atlas); s++) {
        const Table *roles = atlas_table(atlas, KIND_ROLE, s);
        const Column *segments = column_of(roles, "segment"), *enterprises = column_of(roles, "enterprise");
        uint32_t wanted;
        if (!segments || !enterprises || !column_find(segments, segment, &wanted))
            continue;
        uint64_t *has = arena_zarray(points->arena, uint64_t, bits_words(enterprises->dict_count));
        for (uint32_t row = 0; row < roles->rows; row++)
            if (column_stored(segments, row) == wanted && bits_get(segments->known, row) &&
                bits_get(roles->live, row) && bits_get(enterprises->known, row))
                bits_set(has, (uint32_t)column_stored(enterprises, row));
        for (uint32_t w = 0; w < bits_words(enterprises->dict_count); w++)
            for (uint64_t rest = has[w]; rest; rest &= rest - 1) {
                RowRef at;
                uint32_t entry = w * 64 + (uint32_t)__builtin_ctzll(rest);
                if (atlas_find(atlas, KIND_ENTERPRISE, column_entry(enterprises, entry), &at) == OK)
                    add_point(points, atlas_table(atlas, KIND_ENTERPRISE, at.segment), at.row);
            }
    }
}

static const Reach *find_places(Arena *arena, const Atlas *atlas, const Nearness *near)
{
    Points points = {.arena = arena};
    RowRef at;
    if (atlas && near->what == NEAR_FACILITY)
        add_facilities(&points, atlas, near->key);
    else if (atlas && near->what == NEAR_SEGMENT)
        add_members(&points, atlas, near->key);
    else if (atlas && atlas_find(atlas, KIND_ENTERPRISE, near->key, &at) == OK)
        add_point(&points, atlas_table(atlas, KIND_ENTERPRISE, at.segment), at.row);
    return reach_new(arena, points.at, points.count);
}

/* ---- what was found before ---- */

enum { PLACES_KEPT = 16, PLACES_KEPT_MAX = 200 * 1000 }; /* sets; places of one set */

/* Lives in its own arena until nobody uses it: the list of those kept, or a request. */
typedef struct Kept {
    Arena *arena;
    const Reach *reach;
    uint64_t content, used; /* of which atlas; when last */
    NearWhat what;
    Str key;
    uint32_t users;
} Kept;

static Kept *kept[PLACES_KEPT];
static uint64_t uses;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void let_go(void *user)
{
    Kept *set = user;
    if (!set)
        return;
    pthread_mutex_lock(&lock);
    bool last = --set->users == 0;
    pthread_mutex_unlock(&lock);
    if (last)
        arena_free(set->arena);
}

static Kept *kept_find(uint64_t content, const Nearness *near)
{
    Kept *found = NULL;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < PLACES_KEPT && !found; i++)
        if (kept[i] && kept[i]->content == content && kept[i]->what == near->what &&
            str_eq(kept[i]->key, near->key))
            found = kept[i];
    if (found) {
        found->used = ++uses;
        found->users++;
    }
    pthread_mutex_unlock(&lock);
    return found;
}

/* In place of the one unused for longest. */
static void keep(Kept *set)
{
    int place = 0;
    pthread_mutex_lock(&lock);
    for (int i = 1; i < PLACES_KEPT && kept[place]; i++)
        if (!kept[i] || kept[i]->used < kept[place]->used)
            place = i;
    Kept *old = kept[place];
    kept[place] = set;
    set->used = ++uses;
    set->users++;
    pthread_mutex_unlock(&lock);
    let_go(old);
}

static Kept *make_set(const Atlas *atlas, const Nearness *near)
{
    Arena *arena = arena_new();
    Kept *set = arena_new_of(arena, Kept);
    *set = (Kept){.arena = arena,
                  .reach = find_places(arena, atlas, near),
                  .content = atlas_content(atlas),
                  .what = near->what,
                  .key = str_copy(arena, near->key),
                  .users = 1};
    if (reach_count(set->reach) <= PLACES_KEPT_MAX)
        keep(set);
    return set;
}

const Reach *places_reach(Arena *arena, const Atlas *atlas, const Nearness *near)
{
    if (!atlas || near->what == NEAR_ENTERPRISE)
        return find_places(arena, atlas, near);
    Kept *set = kept_find(atlas_content(atlas), near);
    if (!set)
        set = make_set(atlas, near);
    arena_defer(arena, let_go, set);
    return set->reach;
}

Err match_known(const Atlas *atlas, const Brief *brief)
{
    for (uint32_t i = 0; i < brief->condition_count + brief->term_count; i++) {
        const Nearness *near = i < brief->condition_count ? brief->conditions[i].near
                                                          : brief->terms[i - brief->condition_count].near;
        RowRef at;
        if (near && near->what != NEAR_FACILITY)
            TRY(atlas_find(atlas, near->what == NEAR_SEGMENT ? KIND_SEGMENT : KIND_ENTERPRISE, near->key,
                           &at));
    }
    return OK;
}
