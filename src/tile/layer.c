#include "tile/layer.h"
#include "base/hash.h"
#include "geo/tilemath.h"
#include "tile/tile.h"
#include <assert.h>

/* Field numbers of vector_tile.proto, version 2.1. */
enum {
    TILE_LAYERS = 3,
    LAYER_NAME = 1,
    LAYER_FEATURES = 2,
    LAYER_KEYS = 3,
    LAYER_VALUES = 4,
    LAYER_EXTENT = 5,
    LAYER_VERSION = 15,
    FEATURE_TAGS = 2,
    FEATURE_TYPE = 3,
    FEATURE_GEOMETRY = 4,
    VALUE_STRING = 1,
    VALUE_DOUBLE = 3,
    VALUE_UINT = 5,
    VALUE_SINT = 6,
    VALUE_BOOL = 7,
};

enum { SLOTS_FIRST = 256 };

void layer_start(Layer *layer, Arena *arena)
{
    *layer = (Layer){.arena = arena, .features = {.arena = arena}, .values = {.arena = arena}};
    layer->slot_count = SLOTS_FIRST;
    layer->slots = arena_zarray(arena, struct ValueSlot, SLOTS_FIRST);
}

uint32_t layer_key(Layer *layer, const char *name)
{
    assert(layer->key_count < LAYER_KEYS_MAX);
    layer->keys[layer->key_count] = name;
    return layer->key_count++;
}

static struct ValueSlot *slot_for(Layer *layer, const uint8_t *bytes, size_t len)
{
    uint32_t mask = layer->slot_count - 1;
    for (uint32_t at = (uint32_t)hash64(bytes, len) & mask;; at = (at + 1) & mask) {
        struct ValueSlot *slot = &layer->slots[at];
        if (slot->number == 0 ||
            (slot->len == len && memcmp(layer->values.ptr + slot->start, bytes, len) == 0))
            return slot;
    }
}

static void slots_double(Layer *layer)
{
    struct ValueSlot *old = layer->slots;
    uint32_t old_count = layer->slot_count;
    layer->slot_count *= 2;
    layer->slots = arena_zarray(layer->arena, struct ValueSlot, layer->slot_count);
    for (uint32_t i = 0; i < old_count; i++)
        if (old[i].number)
            *slot_for(layer, layer->values.ptr + old[i].start, old[i].len) = old[i];
}

/* The last value written, from `start` on, gets a number; if it stands there already it is taken back. */
static uint32_t value_number(Layer *layer, size_t start)
{
    if (layer->values.full)
        return 0;
    uint32_t len = (uint32_t)(layer->values.len - start);
    struct ValueSlot *slot = slot_for(layer, layer->values.ptr + start, len);
    if (slot->number) {
        layer->values.len = start;
        return slot->number - 1;
    }
    *slot = (struct ValueSlot){(uint32_t)start, len, ++layer->value_count};
    uint32_t number = layer->value_count;
    if (layer->value_count * 2 > layer->slot_count)
        slots_double(layer);
    return number - 1;
}

uint32_t layer_text_once(Layer *layer, Str text)
{
    Pbf *values = &layer->values;
    pbf_tag(values, LAYER_VALUES, PBF_BYTES);
    pbf_varint(values, 1 + varint_size(text.len) + text.len);
    pbf_bytes(values, VALUE_STRING, text.ptr, text.len);
    return layer->value_count++;
}

uint32_t layer_text(Layer *layer, Str text)
{
    size_t start = layer->values.len;
    layer_text_once(layer, text);
    layer->value_count--;
    return value_number(layer, start);
}

uint32_t layer_number(Layer *layer, int64_t scaled, int decimals)
{
    static const int64_t tens[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};
    assert(decimals >= 0 && decimals < (int)(sizeof tens / sizeof *tens));
    Pbf *values = &layer->values;
    size_t start = values->len;
    pbf_tag(values, LAYER_VALUES, PBF_BYTES);
    int64_t whole = scaled / tens[decimals];
    if (whole * tens[decimals] != scaled) {
        double value = (double)scaled / (double)tens[decimals];
        pbf_varint(values, 1 + sizeof value);
        pbf_tag(values, VALUE_DOUBLE, PBF_FIXED64);
        pbf_raw(values, &value, sizeof value);
    } else if (whole >= 0) {
        pbf_varint(values, 1 + varint_size((uint64_t)whole));
        pbf_uint(values, VALUE_UINT, (uint64_t)whole);
    } else {
        uint64_t zigzag = (uint64_t)whole << 1 ^ UINT64_MAX;
        pbf_varint(values, 1 + varint_size(zigzag));
        pbf_uint(values, VALUE_SINT, zigzag);
    }
    return value_number(layer, start);
}

uint32_t layer_bool(Layer *layer, bool value)
{
    size_t start = layer->values.len;
    pbf_tag(&layer->values, LAYER_VALUES, PBF_BYTES);
    pbf_varint(&layer->values, 2);
    pbf_uint(&layer->values, VALUE_BOOL, value);
    return value_number(layer, start);
}

void layer_tag(Layer *layer, uint32_t key, uint32_t value)
{
    uint8_t *at = layer->tags + layer->tags_len;
    at = varint_put(varint_put(at, key), value);
    layer->tags_len = (uint32_t)(at - layer->tags);
}

void layer_feature(Layer *layer, FeatureType type, const uint8_t *geometry, size_t len)
{
    Pbf *features = &layer->features;
    size_t tags = layer->tags_len ? 1 + varint_size(layer->tags_len) + layer->tags_len : 0;
    pbf_tag(features, LAYER_FEATURES, PBF_BYTES);
    pbf_varint(features, tags + 2 + 1 + varint_size(len) + len);
    if (tags)
        pbf_bytes(features, FEATURE_TAGS, layer->tags, layer->tags_len);
    pbf_uint(features, FEATURE_TYPE, type);
    pbf_bytes(features, FEATURE_GEOMETRY, geometry, len);
    layer->tags_len = 0;
    layer->feature_count++;
}

Err layer_finish(Layer *layer, Str name, Buf *ret)
{
    if (layer->feature_count == 0)
        return OK;
    Pbf head = {.arena = layer->arena}, tail = {.arena = layer->arena};
    pbf_uint(&head, LAYER_VERSION, 2);
    pbf_bytes(&head, LAYER_NAME, name.ptr, name.len);
    for (uint32_t i = 0; i < layer->key_count; i++)
        pbf_bytes(&tail, LAYER_KEYS, layer->keys[i], strlen(layer->keys[i]));
    Pbf extent = {.arena = layer->arena}, start = {.arena = layer->arena};
    pbf_uint(&extent, LAYER_EXTENT, TILE_EXTENT);
    size_t len = head.len + layer->features.len + tail.len + layer->values.len + extent.len;
    pbf_tag(&start, TILE_LAYERS, PBF_BYTES);
    pbf_varint(&start, len);
    size_t room = ret->limit - ret->len < TILE_BYTES_MAX ? ret->limit - ret->len : TILE_BYTES_MAX;
    if (layer->features.full || layer->values.full || start.len + len > room)
        return fail(ERR_LIMIT, "what", "bytes of a tile", "limit", num_c((int64_t)room), NULL);
    const Pbf *pieces[] = {&start, &head, &layer->features, &tail, &layer->values, &extent};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        buf_add(ret, pieces[i]->ptr, pieces[i]->len);
    return buf_check(ret, "bytes of a tile");
}
