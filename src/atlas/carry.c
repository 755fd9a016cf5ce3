/* What the delta before this one held is taken over into the build, without asking the ledger. */
#include "atlas/build.h"
#include "atlas/intern.h"
#include "atlas/picture.h"
#include "base/hash.h"

/* Keys that the build, or the delta before it, speaks of. */
static Err note_key(Intern *keys, Str key)
{
    if (intern_add(keys, key, hash64(key.ptr, key.len)) == INTERN_NONE)
        return fail(ERR_LIMIT, "what", "keys", "limit", num_c(UINT32_MAX), NULL);
    return OK;
}

static bool noted(const Intern *keys, Str key)
{
    return intern_find(keys, key, hash64(key.ptr, key.len)) != INTERN_NONE;
}

static Err note_build(const TableBuild *table, Intern *keys)
{
    for (uint32_t row = 0; row < table->rows; row++)
        TRY(note_key(keys, build_key(table, row)));
    const uint8_t *at = NULL;
    for (Str key; build_next_buried(table, &at, &key);)
        TRY(note_key(keys, key));
    return OK;
}

static Err carry_row(AtlasBuild *build, const Table *table, uint32_t row, Arena *arena)
{
    Value values[FIELDS_MAX];
    Geometry shape;
    arena_reset(arena);
    for (uint32_t f = 0; f < kind_info(table->kind)->field_count; f++)
        table_value(arena, table, row, f, &values[f]);
    table_shape(arena, table, row, &shape);
    return atlas_build_add(build, table->kind, table_key(table, row), values, &shape, table->fresh[row]);
}

static Err carry_table(AtlasBuild *build, Kind kind, Intern *keys, Arena *arena)
{
    const Segment *base = build->base->segments[0], *delta = build->base->segments[1];
    const Table *table = &delta->tables[kind];
    TRY(note_build(&build->tables[kind], keys));
    for (uint32_t row = 0; row < table->rows; row++) {
        if (noted(keys, table_key(table, row)))
            continue;
        TRY(note_key(keys, table_key(table, row)));
        TRY(carry_row(build, table, row, arena));
    }
    for (uint32_t i = 0; i < delta->replaced_count[kind]; i++) {
        Str key = table_key(&base->tables[kind], delta->replaced[kind][i]);
        if (!noted(keys, key))
            TRY(atlas_build_bury(build, kind, key));
    }
    return OK;
}

Err atlas_build_carry(AtlasBuild *build)
{
    if (!build->base || build->base->segment_count < 2)
        return OK;
    Arena *arena = arena_new();
    Err err = OK;
    for (int kind = 0; kind < KIND_COUNT && err == OK; kind++) {
        Intern keys;
        intern_init(&keys);
        err = carry_table(build, (Kind)kind, &keys, arena);
        intern_done(&keys);
    }
    arena_free(arena);
    return err;
}
