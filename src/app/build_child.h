/* app/build_child.h: a base built by a child process, so that its memory is gone when it is done and its
 * crash is only its own. The child is this program with the internal command `build-atlas`; the ledger's
 * address, which may hold a password, goes through the environment. */
#pragma once
#include "model/model.h"
#include <stdatomic.h>
#include <sys/types.h>

#define BUILD_CHILD_COMMAND "build-atlas"
#define BUILD_CHILD_URL     "LIANPU_BUILD_URL"

/* Runs it to its end. *running is its process while it runs, for build_child_stop from another thread.
 * ERR_BUILD with how it ended. */
MUST_USE Err build_child_run(const char *url, const char *dir, Audience audience, _Atomic pid_t *running);
void build_child_stop(_Atomic pid_t *running);

/* What the command does in the child: opens the ledger, builds the base, swaps the manifest. */
MUST_USE Err build_child_main(const char *dir, const char *audience);
