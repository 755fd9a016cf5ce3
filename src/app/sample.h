/* app/sample.h: a new ledger with the data that ships with the program. */
#pragma once
#include "base/str.h"

/* Makes the ledger at `url` and fills it, whole or not at all: a file appears when everything is in it.
 * `sample`: "" for an empty ledger, or "jiangmen". ERR_PARAM for another; store_create's errors.
 */
MUST_USE Err app_init(const char *url, Str sample, bool no_illustrative, int64_t *ret_rows);
