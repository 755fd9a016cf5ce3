/* cli/cmd/serve.h: lianpu serve, and what the server and the build of this project call of the program. */
#pragma once
#include "base/err.h"

/* Runs until SIGTERM or SIGINT, then lets running requests end. ERR_USAGE, store_open's errors, ERR_LISTEN.
 */
MUST_USE Err cmd_serve(int argc, char **argv);

/* Internal, not in --help: `build-atlas DIR AUDIENCE` (app/build_child.h), `api-doc` (docs/api.md),
 * `config-doc` (docs/configuration.md), `routes` (JSON for tests). */
MUST_USE Err cmd_build_atlas(int argc, char **argv);
MUST_USE Err cmd_api_doc(int argc, char **argv);
MUST_USE Err cmd_config_doc(int argc, char **argv);
MUST_USE Err cmd_routes(int argc, char **argv);
