/* cli/cmd/match_table.h: a ranking (the JSON of docs/api.md) as a table for a terminal, and its cells. */
#pragma once
#include "base/str.h"

MUST_USE Err match_table(Str ranking);

/* How many places of a terminal a text takes, and a cell of so many. The last of a row is not filled up. */
int table_width(const char *text);
void table_cell(const char *text, int width, bool last);
