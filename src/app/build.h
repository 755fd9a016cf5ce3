/* app/build.h: ledger → atlas: a whole base, or a delta of what changed since the base. Each reads one
 * snapshot of the ledger on the caller's connection; a base, with a second connection beside it, also on a
 * second thread. */
#pragma once
#include "atlas/atlas.h"
#include "store/store.h"

/* All of the ledger for one audience. Needs no atlas to be there; on failure what was there stays. */
MUST_USE Err build_base(Store *store, const char *dir, Audience audience, Atlas **ret);

/* The same, but nobody sees it yet: what it is called in `dir`, for atlas_open_base. */
MUST_USE Err build_base_apart(Store *store, const char *dir, Audience audience,
                              char ret_name[ATLAS_NAME_MAX]);

typedef enum DeltaFate {
    DELTA_SAME,    /* nothing this audience may see changed since `seen`: the atlas stays, to the byte */
    DELTA_MADE,    /* *ret is the new atlas */
    DELTA_TOO_BIG, /* only a base can show it: more than DELTA_ROWS_MAX entities changed since `seen`, or
                      would stand in the delta; a facility; a source's refresh period */
} DeltaFate;

/* Brings `now` up to the ledger's last commit: reads what changed since `seen` and carries over the delta
 * that `now` has. `seen`: up to which commit `now` is known to be true (at least atlas_commit). *ret_commit:
 * the commit that was looked at, whatever the fate. */
MUST_USE Err build_delta(Store *store, const char *dir, Atlas *now, int64_t seen, DeltaFate *ret_fate,
                         Atlas **ret, int64_t *ret_commit);

/* How full the delta is: the rows it holds or the rows of the base it takes out, whichever are more. */
uint32_t delta_rows(const Atlas *atlas);
