/* cli/cmd/match_table.h: a ranking (the JSON of docs/api.md) as a table for a terminal. */
#pragma once
#include "base/str.h"

MUST_USE Err match_table(Str ranking);
