/* app/csv_cell.h: one cell of a CSV file (RFC 4180), quoted where it must be. */
#pragma once
#include "base/str.h"

void csv_cell(Buf *buf, Str cell);
