/* app/sample.h: a new ledger with the data that ships with the program. */
#pragma once
#include "base/str.h"

/* Makes the ledger at `url` and fills it, whole or not at all: a file appears when everything is in it.
 * `sample`: "" for an empty ledger, or "jiangmen". `lists`: its own code lists as YAML (model/lists.h), with
 * which the sample must do; "" for none. ERR_PARAM for another sample; app_lists_put's and store_create's
 * errors. */
MUST_USE Err app_init(const char *url, Str sample, bool no_illustrative, Str lists, int64_t *ret_rows);
