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

enum { PBF_VARINT = 0, PBF_FIXED64 = 1, PBF_BYTES = 2, VARINT_MAX = 10 };

/* Makes room for `more` bytes; false if that would pass the limit. */
bool pbf_grow(Pbf *pbf, size_t more);

static inline bool pbf_room(Pbf *pbf, size_t more)
{
    return pbf->cap - pbf->len >= more || pbf_grow(pbf, more);
}

static inline uint8_t *varint_put(uint8_t *at, uint64_t n)
{
    for (; n >= 0x80; n >>= 7)
        *at++ = (uint8_t)(n | 0x80);
    *at++ = (uint8_t)n;
    return at;
}

static inline uint32_t varint_size(uint64_t n)
{
    return (uint32_t)(63 - __builtin_clzll(n | 1)) / 7 + 1;
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
