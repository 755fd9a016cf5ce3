/* app/import.h: a file → records of the ledger, in one transaction, as one batch that can be taken back
 * whole. A chain written as YAML is three batches, of the chain, its segments and its flows: they come in one
 * commit and are taken back together. */
#pragma once
#include "app/sentence.h"
#include "intake/rows.h"
#include "store/store.h"

#define SOURCE_DEPLOYMENT "deployment" /* the built-in source: whoever runs this ledger */

typedef void ImportProgress(int64_t done_bytes, int64_t size_bytes, int64_t rows, void *user);

typedef struct ImportOptions {
    const char *path;
    Kind kind;
    Str source;     /* its key; "" is SOURCE_DEPLOYMENT for kind source and ERR_USAGE for the others */
    bool has_as_of; /* else the row's own, else when the source was published */
    DateSpan as_of;
    Str idempotency_key; /* "" for none */
    bool reject_rows;    /* let the good rows in and count the bad ones; else, and always for a chain file,
                            one bad row refuses the file */
    bool no_illustrative;
    Lang lang;                /* of the first issue's sentence in ERR_ROWS_REJECTED */
    ImportProgress *progress; /* or NULL; called on the caller's thread */
    void *user;
} ImportOptions;

typedef struct ImportReport {
    int64_t batch, last_batch, commit; /* last_batch: the same, or of a chain file that of its flows */
    BatchCounts counts;
    int64_t left_out; /* illustrative rows, not among the read */
    bool again;       /* this idempotency key was committed before: nothing was done, counts are 0 */
    Issues issues;    /* also when the import was refused */
} ImportReport;

void import_report_done(ImportReport *report); /* frees what it holds */

/* Fills `report` whatever comes; import_report_done it. ERR_SOURCE_UNKNOWN; ERR_ROWS_REJECTED (or, with
 * reject_rows, when no row is good); the readers' and the store's errors. On an error nothing is imported. */
MUST_USE Err app_import(Store *store, const ImportOptions *options, ImportReport *report);

/* The same inside a transaction that the caller began and will commit, from bytes; report->commit stays 0. */
MUST_USE Err import_bytes(Store *store, Str bytes, const ImportOptions *options, ImportReport *report);
