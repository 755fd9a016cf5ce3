/* app/undo.h: taking a batch back whole. */
#pragma once
#include "store/store.h"

typedef struct UndoReport {
    int64_t commit, entities; /* entities they had spoken of */
    uint32_t batches;         /* taken back: 1, or the 3 of a chain file */
} UndoReport;

/* Withdraws the records of the batch (of a chain file: of its three) and chooses winners anew, in one
 * transaction. ERR_BATCH_UNKNOWN. */
MUST_USE Err app_undo(Store *store, int64_t batch, UndoReport *ret);
