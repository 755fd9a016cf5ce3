/* app/build_child.h: a base built by a child process, so that its memory is gone when it is done and its
 * crash is only its own. The child is this program with the internal command `build-atlas`; the ledger's
 * address, which may hold a password, goes through the environment, the name of the base comes back on the
 * child's standard output. It dies with the thread that started it. */
#pragma once
#include "atlas/atlas.h"
#include <sys/types.h>

#define BUILD_CHILD_COMMAND "build-atlas"
#define BUILD_CHILD_URL     "LIANPU_BUILD_URL"

typedef struct BuildChild {
    pid_t pid; /* 0: none runs, and the rest is not set */
    int said;  /* the reading end of its standard output */
} BuildChild;

/* Returns at once; the ledger as of now, or a little later, will be in the base. ERR_BUILD. */
MUST_USE Err build_child_start(const char *url, const char *dir, Audience audience, BuildChild *ret);

/* Is it done? Does not wait. When it is, the child is no more, and the base is in `dir` under that name, for
 * atlas_open_base, or ERR_BUILD says how it ended. */
MUST_USE Err build_child_poll(BuildChild *child, bool *ret_done, char ret_name[ATLAS_NAME_MAX]);

void build_child_stop(BuildChild *child); /* ends it and waits until it is gone; none running is fine */

/* What the command does in the child: opens the ledger, builds the base, says its name. */
MUST_USE Err build_child_main(const char *dir, const char *audience);
