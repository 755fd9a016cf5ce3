/* Reads vector tiles (MVT 2.1) for tests, fuzzers and measures, by the letter of the format: anything out of
 * it is a failure. Shares nothing with the encoder. */
#pragma once
#include "base/str.h"

enum { TILE_TAGS_MAX = 32 };

typedef struct TileTag {
    Str key;
    char kind; /* s: text, d: double, u: unsigned, i: signed, b: bool */
    Str text;
    double number;
} TileTag;

typedef struct TileXY {
    int32_t x, y;
} TileXY;

typedef struct TileFeature {
    uint32_t type, tag_count, ring_count, point_count;
    TileTag tags[TILE_TAGS_MAX];
    TileXY *points;
    uint32_t *ring_ends; /* of polygons: open rings, as written */
} TileFeature;

typedef struct TileLayer {
    Str name;
    uint32_t version, extent, feature_count, key_count, value_count;
    TileFeature *features;
} TileLayer;

/* Whoever decodes says what a failure does: what was not so, in which line of decode.c. */
_Noreturn void tile_decode_fails(int line, const char *what);

/* The one layer of a tile; fails if the bytes are not a tile with one layer. */
TileLayer tile_decode(Arena *arena, Str bytes);

const TileTag *tile_tag(const TileFeature *feature, const char *key); /* NULL if there is none */
double tile_ring_area_twice(const TileFeature *feature, uint32_t ring);
