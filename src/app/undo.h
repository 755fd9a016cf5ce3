/* app/undo.h: taking a batch back whole. */
#pragma once
#include "store/store.h"

typedef struct UndoReport {
    int64_t commit, entities; /* entities it had spoken of */
} UndoReport;

/* Withdraws the batch's records and chooses winners anew, in one transaction. ERR_BATCH_UNKNOWN. */
MUST_USE Err app_undo(Store *store, int64_t batch, UndoReport *ret);
