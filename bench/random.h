/* random.h: the same numbers every time, for what the bench makes up. A program's main may set `state`. */
#pragma once
#include <stdint.h>

static uint64_t state = 0x243F6A8885A308D3u; /* SplitMix64 (Steele, Lea & Flood 2014) */

static inline uint64_t next(void)
{
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* 0 … n - 1 */
static inline uint64_t below(uint64_t n)
{
    return (next() >> 32) * n >> 32;
}

/* 0 … 1, without 1 */
static inline double unit(void)
{
    return (double)(next() >> 11) / 9007199254740992.0;
}
