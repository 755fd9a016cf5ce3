/* intake/seen.h: the ids a file has given so far, with the row each stood in. */
#pragma once
#include "base/str.h"

typedef struct Seen Seen;

Seen *seen_new(void);
void seen_free(Seen *seen); /* NULL is fine */

/* Copies the key. The row that gave it before, or 0 if none did. */
int64_t seen_add(Seen *seen, Str key, int64_t row);
