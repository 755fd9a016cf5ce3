/* app/build.h: ledger → atlas: a whole base, or a delta of what changed since the base. Each reads one
 * snapshot of the ledger on the caller's connection. */
#pragma once
#include "atlas/atlas.h"
#include "store/store.h"

/* All of the ledger for one audience. Needs no atlas to be there; on failure what was there stays. */
MUST_USE Err build_base(Store *store, const char *dir, Audience audience, Atlas **ret);

typedef enum DeltaFate {
    DELTA_SAME,    /* nothing this audience may see changed since `seen`: the atlas stays, to the byte */
    DELTA_MADE,    /* *ret is the new atlas */
    DELTA_TOO_BIG, /* more than DELTA_ROWS_MAX entities, a facility, or a source's refresh period: build a
                      base */
} DeltaFate;

/* Brings `now` up to the ledger's last commit. `seen`: up to which commit it is known to be true already (at
 * least atlas_commit). *ret_commit: the commit that was looked at, also with DELTA_SAME. */
MUST_USE Err build_delta(Store *store, const char *dir, Atlas *now, int64_t seen, DeltaFate *ret_fate,
                         Atlas **ret, int64_t *ret_commit);
