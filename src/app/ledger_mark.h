/* app/ledger_mark.h: of which ledger, and of which state of it, an atlas on disk was made. A ledger that was
 * deleted and made anew, or restored from a backup and gone another way, may have the same commit number: the
 * mark tells them apart by the newest import up to that commit (its file's digest, time, counts). */
#pragma once
#include "store/store.h"

/* Puts the mark for the atlas of that audience and commit beside it. Whoever finds none builds anew, so that
 * a mark which cannot be written costs time only. */
void ledger_mark_write(Store *store, const char *dir, Audience audience, int64_t commit);

/* Is there a mark, of this commit, that this ledger would get, too? */
bool ledger_mark_fits(Store *store, const char *dir, Audience audience, int64_t commit);
