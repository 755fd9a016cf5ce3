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
    /* An open table of the values written: where each begins, and its number + 1. */
    struct ValueSlot {
        uint32_t start, len, number;
    } * slots;
    uint32_t slot_count;
    uint8_t tags[LAYER_KEYS_MAX * 2 * VARINT_MAX]; /* of the feature being put together */
    uint32_t tags_len;
} Layer;

void layer_start(Layer *layer, Arena *arena);
uint32_t layer_key(Layer *layer, const char *name); /* keeps name; the key's number */

/* The number of a value; the same value has one number however often it is asked for. */
uint32_t layer_text(Layer *layer, Str text);
uint32_t layer_number(Layer *layer, int64_t scaled,
                      int decimals); /* an integer if it is whole, else a double */
uint32_t layer_bool(Layer *layer, bool value);
uint32_t layer_text_once(Layer *layer, Str text); /* for what is known to be new: does not look for it */

/* A feature: tags first, then its geometry, which ends it. */
void layer_tag(Layer *layer, uint32_t key, uint32_t value);
void layer_feature(Layer *layer, FeatureType type, const uint8_t *geometry, size_t len);

/* Appends the layer as a tile's bytes; nothing if it has no feature. ERR_LIMIT past TILE_BYTES_MAX. */
MUST_USE Err layer_finish(Layer *layer, Str name, Buf *ret);
