/* cli/cmd/allocate_table.h: a plan (the JSON of docs/design/allocation.md) as tables for a terminal. */
#pragma once
#include "base/str.h"

MUST_USE Err allocate_table(Str plan);
