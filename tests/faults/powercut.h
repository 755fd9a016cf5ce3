/* tests/faults/powercut.h: a disk that fails on purpose. An SQLite VFS in front of the real one, and the
 * fsync and renameat2 of store/publish.c, counted as one row of events; at the n-th the process dies, the
 * power goes, or the disk is full. Started in a forked child that runs the real modules; nothing of it is in
 * the product.
 *
 * The power cut: what was written since a file's last sync may be lost. For each file the bytes that are
 * surely on disk are kept beside the list of later writes; at the cut the file is put together anew from
 * those bytes and none, all, or some halves of the later writes. Names are treated alike: a new, renamed or
 * deleted name is sure once the folder was synced (SQLite syncs it with a new journal's first sync). */
#pragma once
#include <stdbool.h>

typedef enum FaultKind {
    FAULT_NONE,
    FAULT_KILL, /* the process dies before the event; what it wrote stays */
    FAULT_DROP, /* the power goes; all that was not synced is lost */
    FAULT_TEAR, /* the power goes; of each write that was not synced, nothing, all, or some sectors stay */
    FAULT_FULL, /* from this event on, writes say that the disk is full */
    FAULT_SYNC, /* from this event on, syncs say I/O error */
} FaultKind;

enum { POWERCUT_EXIT = 42 };

/* From now on SQLite's default VFS is this one. `events` is counted up, in memory that outlives the child. */
void powercut_start(FaultKind kind, int at, unsigned seed, volatile int *events);
void powercut_heal(void); /* the disk works again */
