/* app/importing.h: what import.c and import_chain.c share while a file is imported. */
#pragma once
#include "app/file_digest.h"
#include "app/import.h"
#include "app/renew.h"
#include "intake/chain_file.h"

typedef struct Import {
    Store *store;
    const ImportOptions *options;
    ImportReport *report;
    Arena *arena, *scratch;
    FileDigest *digest; /* of the file */
    SourceRules rules;  /* as they were when it began */
    int64_t source, batch;
} Import;

/* Adds a batch; rows that follow belong to it, until what became of them is written down. */
MUST_USE Err import_batch(Import *import, Kind kind, const Input *input);
MUST_USE Err import_batch_done(Import *import);

/* Adds a row as a record, counts what became of it, and chooses winners anew where it is not the only one. */
MUST_USE Err import_row(Import *import, Kind kind, const Row *row);

void import_keep_issues(ImportReport *report, const Issues *issues); /* copies */

/* ERR_ROWS_REJECTED if rows were rejected, unless good ones may go in without them. */
MUST_USE Err import_judge(const Import *import, bool reject_rows);

/* A chain file: read, checked as a whole, then written as three batches. */
MUST_USE Err import_chain(Import *import, Input *input, const RowOptions *rows);
