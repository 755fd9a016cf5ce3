/* atlas/filter_scan.h: the inner loop of filters: a column's stored values against a range, 64 rows a word.
 */
#pragma once
#include <stdint.h>

/* Sets bit i of ret for rows i < rows whose value lies in least … greatest (both within `width` bytes), and
 * clears the others, in bits_words(rows) words. `at` is the first row's value; nothing is read beyond the
 * last. */
void scan_range(const void *at, uint32_t width, uint32_t rows, uint64_t least, uint64_t greatest,
                uint64_t *ret);
