/* app/check_chains.h: do the chains of a ledger hold together, as all its sources together tell them? Each
 * file was checked by itself; a table of segments, or a batch that was taken back, may break what it left. */
#pragma once
#include "chain/lint.h"
#include "store/store.h"

/* Tells every problem of every chain, by chain, as whoever may see everything believes it. Segments and flows
 * of a chain that is not there are not looked at. ERR_LIMIT; the store's errors. */
MUST_USE Err app_check_chains(Store *store, ChainProblem *tell, void *user, uint32_t *ret_problems);
