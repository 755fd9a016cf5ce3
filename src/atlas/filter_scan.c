#include "atlas/filter_scan.h"
#include <string.h>

/* One body, compiled for each level of x86-64; the fitting one is taken at start-up. ThreadSanitizer and
 * AddressSanitizer run before ifuncs may, and clang 14 does not know the levels. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) &&     \
    !defined(__SANITIZE_THREAD__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

/* 64 bytes of 0 or 1 → 64 bits: the multiplication gathers 8 of them in its top byte. Little-endian. */
static inline uint64_t pack64(const uint8_t hits[64])
{
    uint64_t word = 0;
    for (int i = 0; i < 8; i++) {
        uint64_t eight;
        memcpy(&eight, hits + 8 * i, sizeof eight);
        word |= (eight * UINT64_C(0x0102040810204080) >> 56) << (8 * i);
    }
    return word;
}

/* value - least wraps below least, so one comparison tests both ends. */
#define SCAN(bits)                                                                                           \
    CLONES static void scan_##bits(const uint##bits##_t *at, uint32_t rows, uint##bits##_t least,            \
                                   uint##bits##_t extent, uint64_t *ret)                                     \
    {                                                                                                        \
        uint8_t hits[64];                                                                                    \
        for (; rows >= 64; rows -= 64, at += 64) {                                                           \
            for (int i = 0; i < 64; i++)                                                                     \
                hits[i] = (uint##bits##_t)(at[i] - least) <= extent;                                         \
            *ret++ = pack64(hits);                                                                           \
        }                                                                                                    \
        if (rows > 0) {                                                                                      \
            memset(hits, 0, sizeof hits);                                                                    \
            for (uint32_t i = 0; i < rows; i++)                                                              \
                hits[i] = (uint##bits##_t)(at[i] - least) <= extent;                                         \
            *ret = pack64(hits);                                                                             \
        }                                                                                                    \
    }

SCAN(8)
SCAN(16)
SCAN(32)
SCAN(64)

void scan_range(const void *at, uint32_t width, uint32_t rows, uint64_t least, uint64_t greatest,
                uint64_t *ret)
{
    uint64_t extent = greatest - least;
    switch (width) {
    case 1:
        scan_8(at, rows, (uint8_t)least, (uint8_t)extent, ret);
        break;
    case 2:
        scan_16(at, rows, (uint16_t)least, (uint16_t)extent, ret);
        break;
    case 4:
        scan_32(at, rows, (uint32_t)least, (uint32_t)extent, ret);
        break;
    default:
        scan_64(at, rows, least, extent, ret);
    }
}
