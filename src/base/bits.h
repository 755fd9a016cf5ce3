/* base/bits.h: bitmaps of 64-bit words; bit i of a map is bit i % 64 of word i / 64. Bits past the count are
 * 0. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static inline uint32_t bits_words(uint32_t count)
{
    return (count + 63) / 64;
}

static inline bool bits_get(const uint64_t *bits, uint32_t i)
{
    return bits[i / 64] >> (i % 64) & 1;
}

static inline void bits_set(uint64_t *bits, uint32_t i)
{
    bits[i / 64] |= UINT64_C(1) << (i % 64);
}

static inline void bits_unset(uint64_t *bits, uint32_t i)
{
    bits[i / 64] &= ~(UINT64_C(1) << (i % 64));
}

static inline void bits_fill(uint64_t *bits, uint32_t count)
{
    memset(bits, 0xFF, bits_words(count) * sizeof *bits);
    if (count % 64)
        bits[count / 64] = (UINT64_C(1) << (count % 64)) - 1;
}

static inline uint32_t bits_count(const uint64_t *bits, uint32_t count)
{
    uint32_t sum = 0;
    for (uint32_t w = 0; w < bits_words(count); w++)
        sum += (uint32_t)__builtin_popcountll(bits[w]);
    return sum;
}
