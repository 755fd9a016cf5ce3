/* tile/pbf.h: protobuf bytes, written forward into memory of an arena. Used within tile only.
 * Past TILE_BYTES_MAX nothing more is written and `full` stays set: asked once, at the end. */
#pragma once
#include "base/arena.h"
#include <stdbool.h>
#include <string.h>

typedef struct Pbf {
    Arena *arena;
    uint8_t *ptr;
    size_t len, cap;
    bool full;
} Pbf;

enum {
    PBF_VARINT = 0,
    PBF_FIXED64 = 1,
    PBF_BYTES = 2,
    VARINT_MAX = 10, /* also the room that varint_put needs, whatever it writes */
};

/* Makes room for `more` bytes; false if that would pass the limit. */
bool pbf_grow(Pbf *pbf, size_t more);

static inline bool pbf_room(Pbf *pbf, size_t more)
{
    return pbf->cap - pbf->len >= more || pbf_grow(pbf, more);
}

static inline uint32_t varint_size(uint64_t n)
{
    return ((uint32_t)(63 - __builtin_clzll(n | 1)) * 9 + 73) >> 6;
}

/* Up to eight bytes at once, without a branch on how many: their lengths follow no pattern that a processor
 * could guess. Groups of 7 bits are spread to bytes, by halves; bytes behind the end are written and do not
 * count. Little-endian, as all of an atlas is. */
static inline uint8_t *varint_put(uint8_t *at, uint64_t n)
{
    if (__builtin_expect(n >> 56 != 0, 0)) {
        for (; n >= 0x80; n >>= 7)
            *at++ = (uint8_t)(n | 0x80);
        *at++ = (uint8_t)n;
        return at;
    }
    uint32_t len = varint_size(n);
    n = (n & UINT64_C(0x00FFFFFFF0000000)) << 4 | (n & UINT64_C(0x000000000FFFFFFF));
    n = (n & UINT64_C(0x0FFFC0000FFFC000)) << 2 | (n & UINT64_C(0x00003FFF00003FFF));
    n = (n & UINT64_C(0x3F803F803F803F80)) << 1 | (n & UINT64_C(0x007F007F007F007F));
    n |= UINT64_C(0x8080808080808080) & ((UINT64_C(1) << (8 * (len - 1))) - 1);
    memcpy(at, &n, sizeof n);
    return at + len;
}

/* Copies what is mostly a key or a name, without a call. */
static inline uint8_t *bytes_put(uint8_t *at, const void *bytes, size_t len)
{
    const char *from = bytes;
    if (len >= 16 && len <= 32) {
        memcpy(at, from, 16);
        memcpy(at + len - 16, from + len - 16, 16);
    } else if (len >= 8 && len < 16) {
        memcpy(at, from, 8);
        memcpy(at + len - 8, from + len - 8, 8);
    } else if (len) {
        memcpy(at, from, len);
    }
    return at + len;
}

static inline uint32_t zigzag32(int32_t n)
{
    return (uint32_t)n << 1 ^ (uint32_t)(n >> 31);
}

static inline void pbf_varint(Pbf *pbf, uint64_t n)
{
    if (pbf_room(pbf, VARINT_MAX))
        pbf->len = (size_t)(varint_put(pbf->ptr + pbf->len, n) - pbf->ptr);
}

static inline void pbf_raw(Pbf *pbf, const void *bytes, size_t len)
{
    if (len && pbf_room(pbf, len)) {
        memcpy(pbf->ptr + pbf->len, bytes, len);
        pbf->len += len;
    }
}

static inline void pbf_tag(Pbf *pbf, uint32_t field, uint32_t type)
{
    pbf_varint(pbf, field << 3 | type);
}

/* A field of length and bytes: text, packed numbers, a message. */
static inline void pbf_bytes(Pbf *pbf, uint32_t field, const void *bytes, size_t len)
{
    pbf_tag(pbf, field, PBF_BYTES);
    pbf_varint(pbf, len);
    pbf_raw(pbf, bytes, len);
}

static inline void pbf_uint(Pbf *pbf, uint32_t field, uint64_t n)
{
    pbf_tag(pbf, field, PBF_VARINT);
    pbf_varint(pbf, n);
}
