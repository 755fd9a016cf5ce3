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

enum { SLOTS_MIN = 64, FORM_WHOLE = 1, FORM_DOUBLE = 2, FORM_BOOL = 3 };

void layer_start(Layer *layer, Arena *arena, uint32_t values)
{
    uint32_t room = SLOTS_MIN;
    while (room < 2 * values)
        room *= 2;
    *layer = (Layer){.arena = arena,
                     .features = {.arena = arena},
                     .values = {.arena = arena},
                     .numbers_room = room,
                     .texts_room = room};
    layer->numbers = arena_zarray(arena, struct NumberSlot, room);
    layer->texts = arena_zarray(arena, struct TextSlot, room);
}

uint32_t layer_key(Layer *layer, const char *name)
{
    assert(layer->key_count < LAYER_KEYS_MAX);
    layer->keys[layer->key_count] = name;
    return layer->key_count++;
}

/* ---- numbers and truths ---- */

static struct NumberSlot *number_slot(const Layer *layer, int64_t key, uint32_t form)
{
    uint32_t mask = layer->numbers_room - 1;
    uint64_t hash = ((uint64_t)key ^ (uint64_t)form << 56) * UINT64_C(0x9E3779B97F4A7C15);
    for (uint32_t at = (uint32_t)(hash >> 32) & mask;; at = (at + 1) & mask) {
        struct NumberSlot *slot = &layer->numbers[at];
        if (slot->number == 0 || (slot->key == key && slot->form == form))
            return slot;
    }
}

static void numbers_double(Layer *layer)
{
    struct NumberSlot *old = layer->numbers;
    uint32_t old_room = layer->numbers_room;
    layer->numbers_room *= 2;
    layer->numbers = arena_zarray(layer->arena, struct NumberSlot, layer->numbers_room);
    for (uint32_t i = 0; i < old_room; i++)
        if (old[i].number)
            *number_slot(layer, old[i].key, old[i].form) = old[i];
}

static void number_write(Pbf *values, int64_t key, uint32_t form)
{
    pbf_tag(values, LAYER_VALUES, PBF_BYTES);
    if (form == FORM_DOUBLE) {
        pbf_varint(values, 1 + sizeof key);
        pbf_tag(values, VALUE_DOUBLE, PBF_FIXED64);
        pbf_raw(values, &key, sizeof key);
        return;
    }
    uint32_t field = form == FORM_BOOL ? VALUE_BOOL : key >= 0 ? VALUE_UINT : VALUE_SINT;
    uint64_t n = field == VALUE_SINT ? (uint64_t)key << 1 ^ UINT64_MAX : (uint64_t)key;
    pbf_varint(values, 1 + varint_size(n));
    pbf_uint(values, field, n);
}

static uint32_t number_of(Layer *layer, int64_t key, uint32_t form)
{
    struct NumberSlot *slot = number_slot(layer, key, form);
    if (slot->number)
        return slot->number - 1;
    number_write(&layer->values, key, form);
    *slot = (struct NumberSlot){key, form, ++layer->value_count};
    if (++layer->numbers_count * 2 > layer->numbers_room)
        numbers_double(layer);
    return layer->value_count - 1;
}

uint32_t layer_number(Layer *layer, int64_t scaled, int decimals)
{
    static const int64_t tens[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};
    assert(decimals >= 0 && decimals < (int)(sizeof tens / sizeof *tens));
    /* A constant to divide by is a multiplication. */
    int64_t whole = decimals == 0 ? scaled : decimals == 2 ? scaled / 100 : scaled / tens[decimals];
    if (whole * tens[decimals] == scaled)
        return number_of(layer, whole, FORM_WHOLE);
    double value = (double)scaled / (double)tens[decimals];
    int64_t key;
    memcpy(&key, &value, sizeof key);
    return number_of(layer, key, FORM_DOUBLE);
}

uint32_t layer_bool(Layer *layer, bool value)
{
    return number_of(layer, value, FORM_BOOL);
}

/* ---- texts ---- */

uint32_t layer_text_once(Layer *layer, Str text)
{
    Pbf *values = &layer->values;
    if (pbf_room(values, text.len + 2 + 2 * VARINT_MAX)) {
        uint8_t *at = values->ptr + values->len;
        *at++ = LAYER_VALUES << 3 | PBF_BYTES;
        at = varint_put(at, 1 + varint_size(text.len) + text.len);
        *at++ = VALUE_STRING << 3 | PBF_BYTES;
        at = varint_put(at, text.len);
        if (text.len)
            memcpy(at, text.ptr, text.len);
        values->len = (size_t)(at - values->ptr) + text.len;
    }
    return layer->value_count++;
}

static void texts_double(Layer *layer)
{
    struct TextSlot *old = layer->texts;
    uint32_t old_room = layer->texts_room, mask = 2 * old_room - 1;
    layer->texts_room *= 2;
    layer->texts = arena_zarray(layer->arena, struct TextSlot, layer->texts_room);
    for (uint32_t i = 0; i < old_room; i++) {
        uint32_t at = old[i].hash & mask;
        while (layer->texts[at].number)
            at = (at + 1) & mask;
        if (old[i].number)
            layer->texts[at] = old[i];
    }
}

uint32_t layer_text(Layer *layer, Str text)
{
    uint32_t mask = layer->texts_room - 1, hash = (uint32_t)hash64(text.ptr, text.len), at = hash & mask;
    for (; layer->texts[at].number; at = (at + 1) & mask) {
        const struct TextSlot *slot = &layer->texts[at];
        if (slot->hash == hash && slot->len == text.len &&
            memcmp(layer->values.ptr + slot->start, text.ptr, text.len) == 0)
            return slot->number - 1;
    }
    uint32_t number = layer_text_once(layer, text);
    if (layer->values.full)
        return 0;
    uint32_t start = (uint32_t)(layer->values.len - text.len);
    layer->texts[at] = (struct TextSlot){hash, start, (uint32_t)text.len, number + 1};
    if (++layer->texts_count * 2 > layer->texts_room)
        texts_double(layer);
    return number;
}

/* ---- features ---- */

static uint8_t *field_put(uint8_t *at, uint32_t field, const uint8_t *bytes, size_t len)
{
    *at++ = (uint8_t)(field << 3 | PBF_BYTES);
    at = varint_put(at, len);
    memcpy(at, bytes, len);
    return at + len;
}

void layer_feature(Layer *layer, FeatureType type, const uint8_t *geometry, size_t len)
{
    Pbf *features = &layer->features;
    size_t tags = layer->tags_len ? 1 + varint_size(layer->tags_len) + layer->tags_len : 0;
    size_t all = tags + 2 + 1 + varint_size(len) + len;
    if (!pbf_room(features, 1 + VARINT_MAX + all))
        return;
    uint8_t *at = features->ptr + features->len;
    *at++ = LAYER_FEATURES << 3 | PBF_BYTES;
    at = varint_put(at, all);
    if (tags)
        at = field_put(at, FEATURE_TAGS, layer->tags, layer->tags_len);
    *at++ = FEATURE_TYPE << 3 | PBF_VARINT;
    *at++ = (uint8_t)type;
    at = field_put(at, FEATURE_GEOMETRY, geometry, len);
    features->len = (size_t)(at - features->ptr);
    layer->tags_len = 0;
    layer->feature_count++;
}

bool layer_fits(const Layer *layer)
{
    enum { REST = 4096 }; /* name, keys, and what stands around them */
    return !layer->features.full && !layer->values.full &&
           layer->features.len + layer->values.len <= TILE_BYTES_MAX - REST;
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
