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
    /* Open tables of what was written: numbers and truths by what they are, texts by where they stand. */
    struct NumberSlot {
        int64_t key;
        uint32_t form, number; /* number + 1; 0: free */
    } * numbers;
    struct TextSlot {
        uint32_t hash, start, len, number;
    } * texts;
    uint32_t numbers_room, numbers_count, texts_room, texts_count; /* rooms: powers of two */
    uint8_t tags[LAYER_KEYS_MAX * 2 * VARINT_MAX];                 /* of the feature being put together */
    uint32_t tags_len;
} Layer;

/* `values` is how many different ones to expect; more may come. */
void layer_start(Layer *layer, Arena *arena, uint32_t values);
uint32_t layer_key(Layer *layer, const char *name); /* keeps name; the key's number */

/* The number of a value; the same value has one number however often it is asked for. */
uint32_t layer_text(Layer *layer, Str text);
uint32_t layer_number(Layer *layer, int64_t scaled,
                      int decimals); /* an integer if it is whole, else a double */
uint32_t layer_bool(Layer *layer, bool value);
uint32_t layer_text_once(Layer *layer, Str text); /* for what is known to be new: does not look for it */

/* A feature: tags first, then its geometry, which ends it. */
static inline void layer_tag(Layer *layer, uint32_t key, uint32_t value)
{
    uint8_t *at = layer->tags + layer->tags_len;
    at = varint_put(varint_put(at, key), value);
    layer->tags_len = (uint32_t)(at - layer->tags);
}

void layer_feature(Layer *layer, FeatureType type, const uint8_t *geometry, size_t len);

bool layer_fits(const Layer *layer); /* within TILE_BYTES_MAX, as it will be finished */

/* Appends the layer as a tile's bytes; nothing if it has no feature. ERR_LIMIT past TILE_BYTES_MAX. */
MUST_USE Err layer_finish(Layer *layer, Str name, Buf *ret);
