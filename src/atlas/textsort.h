/* atlas/textsort.h: puts many texts in the order of their bytes (str_cmp). Internal to atlas. */
#pragma once
#include "base/str.h"

/* Text i is bytes ends[i - 1] (or 0) … ends[i]. Permutes ids, which name `count` of the texts; equal ones
 * keep no order. Takes 32 bytes of memory a text while it runs. */
void text_sort(const char *bytes, const uint32_t *ends, uint32_t *ids, uint32_t count);

/* Stable: puts ids in the order of keys[i], which belong to ids[i]; both are permuted. */
void number_sort(uint64_t *keys, uint32_t *ids, uint32_t count);
