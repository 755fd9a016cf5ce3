/* atlas/atlas.h: one audience's frozen picture of the ledger, read by every engine.
 *
 * An atlas is a base segment and, after commits, one small delta segment; a row of the base that the delta
 * replaces or buries is not live. Both are files, mapped and never changed (segment.h). An audience has an
 * atlas of its own: what it may not see is not in the file. Counted: whoever holds a reference may read from
 * any thread; the last unref unmaps. */
#pragma once
#include "atlas/table.h"

typedef struct Atlas Atlas;

enum { SEGMENTS_MAX = 2, /* 0: base, 1: delta */ ATLAS_NAME_MAX = 80 };

/* Opens what the manifest in `dir` names, verifying every checksum. ERR_NOT_FOUND: no manifest yet;
 * ERR_SEGMENT: a file is missing, cut, changed, or of another model: build anew. */
MUST_USE Err atlas_open(const char *dir, Audience audience, Atlas **ret);
Atlas *atlas_ref(Atlas *atlas);
void atlas_unref(Atlas *atlas); /* NULL is fine */

Audience atlas_audience(const Atlas *atlas);
int64_t atlas_commit(const Atlas *atlas);    /* shows the ledger as of this commit */
uint32_t atlas_segments(const Atlas *atlas); /* 1 or 2 */
const Table *atlas_table(const Atlas *atlas, Kind kind, uint32_t segment); /* never NULL; may have no rows */
uint32_t atlas_count(const Atlas *atlas, Kind kind);                       /* live rows */
uint64_t atlas_bytes(const Atlas *atlas);                                  /* mapped */

/* One live row, wherever it lies. */
typedef struct RowRef {
    uint32_t segment, row;
} RowRef;

MUST_USE Err atlas_find(const Atlas *atlas, Kind kind, Str key, RowRef *ret); /* ERR_ID_UNKNOWN */

/* A digest of what this atlas shows (kinds, keys, values, shapes, freshness), the same however it is cut into
 * segments. Known since it was opened: ask as often as you like. */
uint64_t atlas_content(const Atlas *atlas);

/* Which facility a derived distance (`field`, one with `near`) of a live row was measured to: of the nearest
 * ones the first by key. ERR_NOT_FOUND if the row has no such distance. */
MUST_USE Err atlas_nearest(const Atlas *atlas, Kind kind, RowRef at, uint32_t field, RowRef *ret_facility);

/* ---- building ---- */

/* Collects rows in memory and writes one segment file. Rows may come in any order; at the end they are put in
 * Hilbert order (rows without geometry last, by key): the same rows give the same file. One thread at a time
 * for each kind; sealing or finishing a large one takes a second thread for itself. */
typedef struct AtlasBuild AtlasBuild;

/* base == NULL: a base segment. Else a delta over it (`base` may itself have a delta: it is superseded,
 * unless atlas_build_carry takes it over). Keeps `base` referenced. A delta takes no facilities: distances to
 * them are part of every parcel (ERR_BUILD: build a base). Several audiences may share one `dir`; it is made
 * if its parent exists. ERR_FILE_WRITE, ERR_DISK_FULL. */
MUST_USE Err atlas_build_begin(const char *dir, Audience audience, int64_t commit, Atlas *base,
                               AtlasBuild **ret);

/* Copies key, values (by field index) and shape (NULL or GEOM_NONE: none). Values of fields that are hidden
 * from the audience or derived are passed over. After a failure only abandoning makes sense. ERR_BUILD: a
 * key, code, date or text that no record could have; ERR_GEOMETRY; ERR_LIMIT. A key added twice fails the
 * finish. */
MUST_USE Err atlas_build_add(AtlasBuild *build, Kind kind, Str key, const Value *values,
                             const Geometry *shape, Freshness fresh);

/* No longer there for this audience. A key that is added as well is there. Of a base: nothing to do. */
MUST_USE Err atlas_build_bury(AtlasBuild *build, Kind kind, Str key);

/* No more rows of this kind: makes its columns ready while other threads add to other kinds, and frees the
 * rows. Of a base whose facilities were all added (they are themselves made ready at the end). Finishing
 * does the same for what was not sealed. ERR_BUILD: a key was added twice. */
MUST_USE Err atlas_build_seal(AtlasBuild *build, Kind kind);

/* Takes over what the base's own delta adds and buries, but for the keys that were added or buried so far:
 * call it last. So a commit need give only the rows it changed itself. */
MUST_USE Err atlas_build_carry(AtlasBuild *build);

/* Derives the distances, writes the file (fsync), then the manifest (rename, fsync of the folder), and opens
 * the result. On failure the old manifest stands. Frees the build either way. */
MUST_USE Err atlas_build_finish(AtlasBuild *build, Atlas **ret);
void atlas_build_abandon(AtlasBuild *build); /* NULL is fine */

/* ---- a base built apart, by a child process ----
 *
 * The child builds with base == NULL and ends with atlas_build_write: readers notice nothing. Meanwhile the
 * parent goes on committing deltas over the old base. When the child is done, it opens the base, and
 *   - if nothing was committed since the child's commit: atlas_adopt;
 *   - else: atlas_build_begin over it, add and bury what changed since its commit, atlas_build_finish. One
 * rename puts the new base and its delta in place; no commit is lost in between.
 */

/* Like atlas_build_finish, but writes the segment only, and says what it is called in `dir`. Not for deltas
 * (ERR_BUILD). */
MUST_USE Err atlas_build_write(AtlasBuild *build, char ret_name[ATLAS_NAME_MAX]);

/* Opens a base by its name, whatever the manifest says. Errors as of atlas_open. */
MUST_USE Err atlas_open_base(const char *dir, Audience audience, const char *name, Atlas **ret);

/* Makes an opened base the atlas, without a delta. ERR_BUILD: what the manifest names is of a later commit.
 */
MUST_USE Err atlas_adopt(const char *dir, const Atlas *base);

/* Removes a base that is not wanted after all, unless the manifest names it. */
void atlas_discard(const char *dir, Audience audience, const char *name);

/* Removes the manifest: what it names is not usable, or of another ledger. */
void atlas_forget(const char *dir, Audience audience);

/* Removes segments of `dir` that no manifest names and no atlas of this process holds, and what killed builds
 * left. What may be about to be named is kept for a while: a base of no earlier commit than the base that is
 * shown for an hour (it waits to be adopted or built over), a delta later than what is shown for a minute. */
void atlas_sweep(const char *dir);
