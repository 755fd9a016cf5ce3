/* atlas/filter_scan.h: the inner loops of filters and of match: 64 rows a word. */
#pragma once
#include <stdint.h>

/* One body, compiled for each level of x86-64; the fitting one is taken at start-up. The sanitizers run
 * before such a choice may, and clang 14 does not know the levels: there it is compiled once. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) &&     \
    !defined(__SANITIZE_THREAD__)
#define LEVELS __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define LEVELS
#endif

/* Sets bit i of ret for rows i < rows whose value lies in least … greatest (both within `width` bytes), and
 * clears the others, in bits_words(rows) words. `at` is the first row's value; nothing is read beyond the
 * last. */
void scan_range(const void *at, uint32_t width, uint32_t rows, uint64_t least, uint64_t greatest,
                uint64_t *ret);

/* Of a coarse column: rows whose code lies in low … high, and which of these have code `first` or `last`
 * (256: none). */
void scan_codes(const uint8_t *at, uint32_t rows, uint8_t low, uint8_t high, uint32_t first, uint32_t last,
                uint64_t *ret_inside, uint64_t *ret_edge);

/* The same without AVX-512, whatever the processor has. */
void scan_range_portably(const void *at, uint32_t width, uint32_t rows, uint64_t least, uint64_t greatest,
                         uint64_t *ret);

/* How many bits are set in either. */
uint32_t words_count(const uint64_t *a, const uint64_t *b, uint32_t words);
