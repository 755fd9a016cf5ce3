/* app/allocation.h: `lianpu allocate`: a file of projects → the plan as JSON. docs/design/allocation.md tells
 * what the plan is, and every member. */
#pragma once
#include "atlas/atlas.h"
#include "base/json.h"

enum { ALLOCATION_BYTES_MAX = 4 * 1024 * 1024 };

/* The file: a YAML list (or its JSON), of each project `name`, `priority` (1 … 100, 50) and `brief` (what
 * `lianpu match` reads). ERR_YAML with the line for what is no such list, and for a name that stands twice;
 * what brief_parse and allocate_run say, with the project's name as `project` and its line as `row`;
 * ERR_LIMIT.
 */
MUST_USE Err query_allocation(Arena *arena, const Atlas *atlas, Str text, double seconds, JsonOut *out);
