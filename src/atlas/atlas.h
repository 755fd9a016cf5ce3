/* atlas/atlas.h: one audience's frozen picture of the ledger, read by every engine.
 *
 * An atlas is a base segment and, after commits, one small delta segment; a row of the base that the delta
 * replaces or buries is not live. Both are files, mapped and never changed (segment.h). An audience has an
 * atlas of its own: what it may not see is not in the file. Counted: whoever holds a reference may read from
 * any thread; the last unref unmaps. */
#pragma once
#include "atlas/table.h"

typedef struct Atlas Atlas;

enum { SEGMENTS_MAX = 2 }; /* 0: base, 1: delta */

/* Opens what the manifest in `dir` names, verifying every checksum. ERR_NOT_FOUND: no manifest yet;
 * ERR_SEGMENT: a file is missing, cut, changed, or of another model: build anew. */
MUST_USE Err atlas_open(const char *dir, Audience audience, Atlas **ret);
Atlas *atlas_ref(Atlas *atlas);
void atlas_unref(Atlas *atlas); /* NULL is fine */

Audience atlas_audience(const Atlas *atlas);
int64_t atlas_commit(const Atlas *atlas);      /* shows the ledger as of this commit */
int64_t atlas_base_commit(const Atlas *atlas); /* of its base segment alone */
uint32_t atlas_segments(const Atlas *atlas);   /* 1 or 2 */
const Table *atlas_table(const Atlas *atlas, Kind kind, uint32_t segment); /* never NULL; may have no rows */
uint32_t atlas_count(const Atlas *atlas, Kind kind);                       /* live rows */
uint64_t atlas_bytes(const Atlas *atlas);                                  /* mapped */

/* One live row, wherever it lies. */
typedef struct RowRef {
    uint32_t segment, row;
} RowRef;

MUST_USE Err atlas_find(const Atlas *atlas, Kind kind, Str key, RowRef *ret); /* ERR_ID_UNKNOWN */

/* A digest of what this atlas shows (kinds, keys, values, shapes), the same however it is cut into segments.
 */
uint64_t atlas_content(const Atlas *atlas);

/* ---- building (build.c) ---- */

/* Collects rows in memory and writes one segment file. Rows may come in any order; at the end they are put in
 * Hilbert order (rows without geometry last, by key). */
typedef struct AtlasBuild AtlasBuild;

/* base == NULL: a base segment. Else a delta over it (`base` may itself have a delta: it is superseded).
 * Keeps `base` referenced. A delta takes no facilities: distances to them are part of every parcel
 * (ERR_BUILD: build a base). */
MUST_USE Err atlas_build_begin(const char *dir, Audience audience, int64_t commit, Atlas *base,
                               AtlasBuild **ret);
MUST_USE Err atlas_build_add(AtlasBuild *build, Kind kind, Str key, const Value *values,
                             const Geometry *shape, Freshness fresh);
MUST_USE Err atlas_build_bury(AtlasBuild *build, Kind kind, Str key); /* no longer there for this audience */

/* Derives the distances, writes the file (fsync), then the manifest (rename, fsync of the folder), and opens
 * the result. On failure the old manifest stands. Frees the build either way. */
MUST_USE Err atlas_build_finish(AtlasBuild *build, Atlas **ret);
void atlas_build_abandon(AtlasBuild *build); /* NULL is fine */

/* Removes segment files of `dir` that no manifest names and that are older than this process's atlases. */
void atlas_sweep(const char *dir);
