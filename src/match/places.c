/* Where the facilities of a type, or the enterprises of a segment, lie. */
#include "match/sources.h"
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

uint32_t places_of(Arena *arena, const Atlas *atlas, const Nearness *near, const Point **ret)
{
    Points points = {.arena = arena};
    RowRef at;
    if (atlas && near->what == NEAR_FACILITY)
        add_facilities(&points, atlas, near->key);
    else if (atlas && near->what == NEAR_SEGMENT)
        add_members(&points, atlas, near->key);
    else if (atlas && atlas_find(atlas, KIND_ENTERPRISE, near->key, &at) == OK)
        add_point(&points, atlas_table(atlas, KIND_ENTERPRISE, at.segment), at.row);
    *ret = points.at;
    return points.count;
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
