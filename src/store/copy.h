/* store/copy.h: one ledger's rows into another, empty one, of the same schema. */
#pragma once
#include "store/driver.h"

/* Within a read transaction of `from` and the making of `to`. */
MUST_USE Err ledger_copy(Db *from, Db *to, StoreProgress *progress, void *user);
