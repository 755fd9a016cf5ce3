#!/bin/sh
# Writes the generated documents: docs.sh LIANPU [FOLDER=docs]
set -eu
lianpu=${1:?the built program}
to=${2:-docs}
ninja -C "$(dirname "$lianpu")" --quiet tools/lianpu-data-model
"$(dirname "$lianpu")/tools/lianpu-data-model" >"$to/data-model.md"
"$lianpu" api-doc >"$to/api.md"
"$lianpu" config-doc >"$to/configuration.md"
