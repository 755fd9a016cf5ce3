/* value - least wraps below least, so that one unsigned comparison tests both ends.
 *
 * With AVX-512 a comparison gives the bitmap itself. Elsewhere compilers make bytes of 0 or 1, which a
 * multiplication gathers. A block of 1,024 rows took, for 1, 2, 4 and 8 bytes: gathered 86, 98, 113 and 147
 * ns, with AVX-512 9, 22, 54 and 99 ns (EPYC, gcc 12). */
#include "atlas/filter_scan.h"
#include <string.h>
#ifdef __x86_64__
#include <immintrin.h>
#endif

/* Values ahead that the processor is asked for: a block, which is when a condition that goes on with the next
 * one will want them. It does not look ahead by itself from one short stretch of many columns to the next. */
enum { CODE_WORDS = 16, AHEAD = 1024 };

/* 64 bytes of 0 or 1 → 64 bits: the multiplication gathers 8 of them in its top byte. Little-endian. */
static inline uint64_t gather(const uint8_t hits[64])
{
    uint64_t word = 0;
    for (int i = 0; i < 8; i++) {
        uint64_t eight;
        memcpy(&eight, hits + 8 * i, sizeof eight);
        word |= (eight * UINT64_C(0x0102040810204080) >> 56) << (8 * i);
    }
    return word;
}

#define SCAN(bits)                                                                                           \
    LEVELS static void scan_##bits(const uint##bits##_t *at, uint32_t rows, uint##bits##_t least,            \
                                   uint##bits##_t extent, uint64_t *ret)                                     \
    {                                                                                                        \
        uint8_t hits[64];                                                                                    \
        for (; rows >= 64; rows -= 64, at += 64) {                                                           \
            for (int i = 0; i < 64; i++)                                                                     \
                hits[i] = (uint##bits##_t)(at[i] - least) <= extent;                                         \
            *ret++ = gather(hits);                                                                           \
        }                                                                                                    \
        if (rows > 0) {                                                                                      \
            memset(hits, 0, sizeof hits);                                                                    \
            for (uint32_t i = 0; i < rows; i++)                                                              \
                hits[i] = (uint##bits##_t)(at[i] - least) <= extent;                                         \
            *ret = gather(hits);                                                                             \
        }                                                                                                    \
    }

SCAN(8)
SCAN(16)
SCAN(32)
SCAN(64)

#ifdef __x86_64__
/* Whole words of 64 rows; `lanes` values fit one register. */
#define SCAN_512(bits, lanes)                                                                                \
    __attribute__((target("avx512f,avx512bw"))) static void scan_##bits##_512(                               \
        const uint##bits##_t *at, uint32_t words, uint##bits##_t least, uint##bits##_t extent,               \
        uint64_t *ret)                                                                                       \
    {                                                                                                        \
        const __m512i low = _mm512_set1_epi##bits##_of(least), most = _mm512_set1_epi##bits##_of(extent);    \
        for (uint32_t w = 0; w < words; w++) {                                                               \
            uint64_t word = 0;                                                                               \
            for (uint32_t i = 0; i < 64; i += lanes, at += lanes) {                                          \
                _mm_prefetch(at + AHEAD, _MM_HINT_T0);                                                       \
                __m512i over = _mm512_sub_epi##bits(_mm512_loadu_si512(at), low);                            \
                word |= (uint64_t)_mm512_cmple_epu##bits##_mask(over, most) << i;                            \
            }                                                                                                \
            ret[w] = word;                                                                                   \
        }                                                                                                    \
    }

#define _mm512_set1_epi8_of(n)  _mm512_set1_epi8((char)(n))
#define _mm512_set1_epi16_of(n) _mm512_set1_epi16((short)(n))
#define _mm512_set1_epi32_of(n) _mm512_set1_epi32((int)(n))
#define _mm512_set1_epi64_of(n) _mm512_set1_epi64((long long)(n))

SCAN_512(8, 64)
SCAN_512(16, 32)
SCAN_512(32, 16)
SCAN_512(64, 8)

static uint32_t scan_512(const void *at, uint32_t width, uint32_t words, uint64_t least, uint64_t extent,
                         uint64_t *ret)
{
    if (!__builtin_cpu_supports("avx512bw"))
        return 0;
    switch (width) {
    case 1:
        scan_8_512(at, words, (uint8_t)least, (uint8_t)extent, ret);
        break;
    case 2:
        scan_16_512(at, words, (uint16_t)least, (uint16_t)extent, ret);
        break;
    case 4:
        scan_32_512(at, words, (uint32_t)least, (uint32_t)extent, ret);
        break;
    default:
        scan_64_512(at, words, least, extent, ret);
    }
    return words;
}
#else
static uint32_t scan_512(const void *at, uint32_t width, uint32_t words, uint64_t least, uint64_t extent,
                         uint64_t *ret)
{
    (void)at, (void)width, (void)words, (void)least, (void)extent, (void)ret;
    return 0;
}
#endif

#ifdef __x86_64__
/* Whole words of 64 rows. */
__attribute__((target("avx512f,avx512bw"))) static void codes_512(const uint8_t *at, uint32_t words,
                                                                  uint8_t low, uint8_t extent, uint32_t first,
                                                                  uint32_t last, uint64_t *ret_inside,
                                                                  uint64_t *ret_edge)
{
    const __m512i least = _mm512_set1_epi8((char)low), most = _mm512_set1_epi8((char)extent);
    const __m512i one = _mm512_set1_epi8((char)first), other = _mm512_set1_epi8((char)last);
    uint64_t with_one = first < 256 ? UINT64_MAX : 0, with_other = last < 256 ? UINT64_MAX : 0;
    for (uint32_t w = 0; w < words; w++, at += 64) {
        __m512i codes = _mm512_loadu_si512(at);
        _mm_prefetch(at + AHEAD, _MM_HINT_T0);
        ret_inside[w] = _mm512_cmple_epu8_mask(_mm512_sub_epi8(codes, least), most);
        ret_edge[w] = (_mm512_cmpeq_epi8_mask(codes, one) & with_one) |
                      (_mm512_cmpeq_epi8_mask(codes, other) & with_other);
    }
}
#endif

static void codes_portably(const uint8_t *at, uint32_t rows, uint8_t low, uint8_t extent, uint32_t first,
                           uint32_t last, uint64_t *ret_inside, uint64_t *ret_edge)
{
    scan_8(at, rows, low, extent, ret_inside);
    memset(ret_edge, 0, (rows + 63) / 64 * sizeof *ret_edge);
    const uint32_t edges[] = {first, last};
    for (int e = 0; e < 2; e++) {
        uint64_t hits[CODE_WORDS];
        for (uint32_t from = 0; edges[e] < 256 && from < rows; from += CODE_WORDS * 64) {
            uint32_t some = rows - from < CODE_WORDS * 64 ? rows - from : CODE_WORDS * 64;
            scan_8(at + from, some, (uint8_t)edges[e], 0, hits);
            for (uint32_t w = 0; w < (some + 63) / 64; w++)
                ret_edge[from / 64 + w] |= hits[w];
        }
    }
}

void scan_codes(const uint8_t *at, uint32_t rows, uint8_t low, uint8_t high, uint32_t first, uint32_t last,
                uint64_t *ret_inside, uint64_t *ret_edge)
{
    uint32_t done = 0;
    uint8_t extent = (uint8_t)(high - low);
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx512bw")) {
        done = rows / 64;
        codes_512(at, done, low, extent, first, last, ret_inside, ret_edge);
    }
#endif
    if (done * 64 < rows)
        codes_portably(at + done * 64, rows - done * 64, low, extent, first, last, ret_inside + done,
                       ret_edge + done);
}

void scan_range_portably(const void *at, uint32_t width, uint32_t rows, uint64_t least, uint64_t greatest,
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

void scan_range(const void *at, uint32_t width, uint32_t rows, uint64_t least, uint64_t greatest,
                uint64_t *ret)
{
    uint32_t done = scan_512(at, width, rows / 64, least, greatest - least, ret);
    if (done * 64 < rows)
        scan_range_portably((const char *)at + (size_t)done * 64 * width, width, rows - done * 64, least,
                            greatest, ret + done);
}

LEVELS uint32_t words_count(const uint64_t *a, const uint64_t *b, uint32_t words)
{
    uint32_t count = 0;
    for (uint32_t w = 0; w < words; w++)
        count += (uint32_t)__builtin_popcountll(a[w] | b[w]);
    return count;
}
