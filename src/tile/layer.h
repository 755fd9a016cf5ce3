/* tile/layer.h: one layer of a vector tile (MVT 2.1 §4.1) being put together: its keys, its values each once,
 * its features. Used within tile only. */
#pragma once
#include "base/str.h"
#include "tile/pbf.h"

enum { LAYER_KEYS_MAX = 16 };

typedef enum FeatureType { FEATURE_POINT = 1, FEATURE_POLYGON = 3 } FeatureType; /* as in the format */

typedef struct Layer {
    Arena *arena;
    Pbf features, values;
    uint32_t feature_count, value_count;
    const char *keys[LAYER_KEYS_MAX];
    uint32_t key_count;
    /* Numbers, truths and texts of a known place, by what they are: `entries` as they came, found by an open
     * table of their places + 1 of 2^slot_bits slots. Other texts by where they stand in `values`. */
    struct ValueEntry {
        int64_t key;
        uint32_t form, number;
    } * entries;
    uint32_t *slots;
    uint32_t slot_bits, entry_count;
    struct TextSlot {
        uint32_t hash, start, len, number;
    } * texts;
    uint32_t texts_room, texts_count; /* a power of two */
} Layer;

/* How many features to expect, and different numbers and texts of known places; more may come. */
void layer_start(Layer *layer, Arena *arena, uint32_t features, uint32_t values);
uint32_t layer_key(Layer *layer, const char *name); /* keeps name; the key's number */

/* The number of a value; the same value has one number however often it is asked for. */
uint32_t layer_text(Layer *layer, Str text);
uint32_t layer_number(Layer *layer, int64_t scaled,
                      int decimals); /* an integer if it is whole, else a double */
uint32_t layer_bool(Layer *layer, bool value);
uint32_t layer_text_at(Layer *layer, uint64_t place, Str text); /* one place, one text: looks for the place */
uint32_t layer_text_once(Layer *layer, Str text); /* for what is known to be new: does not look for it */

/* A feature is written in three steps: its head, with the bytes that its tags will take; the tags; its shape.
 * NULL from the first if the tile is full. */
uint8_t *layer_feature_begin(Layer *layer, uint32_t tags_size, size_t geometry_len);
void layer_feature_end(Layer *layer, uint8_t *at, FeatureType type, const uint8_t *geometry,
                       size_t geometry_len);

/* No value's number needs more than three bytes: values take four at least, and TILE_BYTES_MAX is 2^23. */
static inline uint32_t tag_size(uint32_t value)
{
    return 2u + (value > 0x7F) + (value > 0x3FFF);
}

/* Key (below 128) and value, in the order of bytes in memory, of which tag_size(value) count. */
static inline uint32_t tag_bytes(uint32_t key, uint32_t value)
{
    uint32_t two = value > 0x7F, three = value > 0x3FFF;
    return key | (value & 0x7F) << 8 | two << 15 | (value & 0x3F80) << 9 | three << 23 | value >> 14 << 24;
}

static inline uint8_t *tag_put(uint8_t *at, uint32_t key, uint32_t value)
{
    uint32_t bytes = tag_bytes(key, value);
    memcpy(at, &bytes, sizeof bytes);
    return at + tag_size(value);
}

bool layer_fits(const Layer *layer); /* within TILE_BYTES_MAX, as it will be finished */

/* Appends the layer as a tile's bytes; nothing if it has no feature. ERR_LIMIT past TILE_BYTES_MAX. */
MUST_USE Err layer_finish(Layer *layer, Str name, Buf *ret);
