/* tests/unit/app/ledger.h: a ledger in the test's folder, and files to put into it. */
#pragma once
#include "app/export.h"
#include "app/import.h"
#include "store/store.h"
#include "test.h"

Store *ledger_new(const char *name); /* an empty one, open for writing; store_close it */
const char *file_with(const char *name, const char *text);
Str file_text(Arena *arena, const char *path);

/* Imports the text as a file, as of 2022-11-30, from `source` ("" for the built-in one). */
Err import_text(Store *store, Kind kind, const char *source, const char *text, ImportReport *report);
void import_good(Store *store, Kind kind, const char *source, const char *text); /* must succeed */

Str exported(Arena *arena, Store *store, Kind kind, Audience audience, ExportFormat format);
