#include "atlas/atlas.h"
#include "atlas/manifest.h"
#include "atlas/picture.h"
#include "base/hash.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPEN_TRIES = 8 };

/* Takes the rows that the delta has anew or buries out of the base's. False if it names a row the base lacks.
 */
static bool take_out(Atlas *atlas, Kind kind, uint64_t *digests)
{
    const Segment *base = atlas->segments[0], *delta = atlas->segments[1];
    Table *table = &atlas->tables[0][kind];
    uint32_t count = delta->replaced_count[kind];
    if (count == 0)
        return true;
    uint64_t *live =
        arena_copy(atlas->arena, base->tables[kind].live, bits_words(table->rows) * sizeof *live);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = delta->replaced[kind][i];
        if (row >= table->rows)
            return false;
        bits_unset(live, row);
        *digests -= table->digests[row];
    }
    table->live = live;
    table->live_count -= count;
    return true;
}

/* The content of an atlas is, of each kind, how many rows live and the sum of their digests modulo 2^64: a
 * sum knows no order and no segments, and a commit changes it by what it takes out and puts in. */
static bool sum_up(Atlas *atlas)
{
    uint64_t parts[KIND_COUNT][2];
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        uint64_t digests = 0;
        for (uint32_t s = 0; s < atlas->segment_count; s++) {
            atlas->tables[s][kind] = atlas->segments[s]->tables[kind];
            digests += atlas->segments[s]->digest_sum[kind];
        }
        if (atlas->segment_count > 1 && !take_out(atlas, (Kind)kind, &digests))
            return false;
        for (uint32_t s = 0; s < atlas->segment_count; s++)
            atlas->counts[kind] += atlas->tables[s][kind].live_count;
        parts[kind][0] = digests;
        parts[kind][1] = atlas->counts[kind];
    }
    atlas->content = hash64(parts, sizeof parts);
    return true;
}

Err atlas_assemble(const char *dir, Segment *base, Segment *delta, Atlas **ret)
{
    Atlas *atlas = heap_zalloc(sizeof *atlas);
    atomic_init(&atlas->refs, 1);
    atlas->arena = arena_new();
    atlas->audience = (Audience)base->header.audience;
    atlas->segments[0] = base;
    atlas->segments[1] = delta;
    atlas->segment_count = delta ? 2 : 1;
    bool sound = base->header.base == 0 && (!delta || delta->header.base == base->header.id) && sum_up(atlas);
    if (!sound) {
        char path[PATH_MAX_BYTES];
        snprintf(path, sizeof path, "%s/%s", dir, delta ? delta->name : base->name);
        atlas_unref(atlas);
        return fail(ERR_SEGMENT, "path", path, "detail", "it does not belong to the base it lies over", NULL);
    }
    *ret = atlas;
    return OK;
}

static Err open_named(const char *dir, Audience audience, const Manifest *manifest, Atlas **ret)
{
    Segment *base, *delta = NULL;
    TRY(segment_open(dir, manifest->base, audience, &base));
    if (manifest->delta[0]) {
        Err err = segment_open(dir, manifest->delta, audience, &delta);
        if (err != OK) {
            segment_unref(base);
            return err;
        }
    }
    return atlas_assemble(dir, base, delta, ret);
}

/* Another process may swap the manifest and sweep away what it named between our two looks: then there is a
 * new manifest, and only a failure under an unchanged one counts. */
Err atlas_open(const char *dir, Audience audience, Atlas **ret)
{
    Manifest manifest, now;
    TRY(manifest_read(dir, audience, &manifest));
    for (int tries = 1;; tries++) {
        Err err = open_named(dir, audience, &manifest, ret);
        if (err == OK || tries == OPEN_TRIES)
            return err;
        const Fault fault = *fault_last();
        if (manifest_read(dir, audience, &now) != OK ||
            (strcmp(now.base, manifest.base) == 0 && strcmp(now.delta, manifest.delta) == 0)) {
            fault_set(&fault);
            return err;
        }
        manifest = now;
    }
}

Err atlas_open_base(const char *dir, Audience audience, const char *name, Atlas **ret)
{
    Segment *base;
    TRY(segment_open(dir, name, audience, &base));
    return atlas_assemble(dir, base, NULL, ret);
}

Atlas *atlas_ref(Atlas *atlas)
{
    atomic_fetch_add_explicit(&atlas->refs, 1, memory_order_relaxed);
    return atlas;
}

void atlas_unref(Atlas *atlas)
{
    if (!atlas || atomic_fetch_sub_explicit(&atlas->refs, 1, memory_order_acq_rel) != 1)
        return;
    for (uint32_t s = 0; s < atlas->segment_count; s++)
        segment_unref(atlas->segments[s]);
    arena_free(atlas->arena);
    free(atlas);
}

Audience atlas_audience(const Atlas *atlas)
{
    return atlas->audience;
}

int64_t atlas_commit(const Atlas *atlas)
{
    return atlas->segments[atlas->segment_count - 1]->header.commit;
}

uint32_t atlas_segments(const Atlas *atlas)
{
    return atlas->segment_count;
}

const Table *atlas_table(const Atlas *atlas, Kind kind, uint32_t segment)
{
    return &atlas->tables[segment][kind];
}

uint32_t atlas_count(const Atlas *atlas, Kind kind)
{
    return atlas->counts[kind];
}

uint64_t atlas_bytes(const Atlas *atlas)
{
    uint64_t bytes = 0;
    for (uint32_t s = 0; s < atlas->segment_count; s++)
        bytes += atlas->segments[s]->size;
    return bytes;
}

uint64_t atlas_content(const Atlas *atlas)
{
    return atlas->content;
}

Err atlas_find(const Atlas *atlas, Kind kind, Str key, RowRef *ret)
{
    for (uint32_t s = atlas->segment_count; s-- > 0;) {
        const Table *table = &atlas->tables[s][kind];
        uint32_t row;
        if (table_find(table, key, &row) && bits_get(table->live, row)) {
            *ret = (RowRef){s, row};
            return OK;
        }
    }
    return fail(ERR_ID_UNKNOWN, "kind", kind_info(kind)->name, "id", str_c(key), NULL);
}
