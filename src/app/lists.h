/* app/lists.h: the code lists that a ledger has for itself (model/lists.h), kept in its meta table. Whoever
 * opens a ledger to read or write rows puts them in force first. */
#pragma once
#include "store/store.h"

/* Puts the ledger's lists in force in this process: before any thread begins. A ledger that says nothing has
 * the program's. ERR_LISTS when what it says does not hold for this program. */
MUST_USE Err app_lists_apply(Store *store);

/* store_open, and app_lists_apply. */
MUST_USE Err app_lists_open(const char *url, StoreMode mode, Store **ret);

/* Makes these the ledger's lists and puts them in force: what `yaml` (lists_read) does not name is the
 * program's. In a transaction of its own. ERR_CODE_USED: rows have a code that would be gone; nothing is
 * changed then. */
MUST_USE Err app_lists_set(Store *store, Str yaml, uint32_t *ret_own);

/* The same within a transaction that the caller began. */
MUST_USE Err app_lists_put(Store *store, Str yaml, uint32_t *ret_own);

/* Those in force that may change at all, as lists_read reads them back. */
void app_lists_write(Buf *buf);
