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

enum { TEXTS_FIRST = 64, SLOT_BITS_MIN = 7, FORM_WHOLE = 0, FORM_DOUBLE, FORM_BOOL, FORM_TEXT };

void layer_start(Layer *layer, Arena *arena, uint32_t features, uint32_t values)
{
    enum { FEATURE_BYTES = 96, VALUE_BYTES = 24 };
    uint32_t bits = SLOT_BITS_MIN;
    while (1u << bits < 2 * values)
        bits++;
    *layer = (Layer){.arena = arena,
                     .features = {.arena = arena},
                     .values = {.arena = arena},
                     .slot_bits = bits,
                     .texts_room = TEXTS_FIRST};
    layer->slots = arena_zarray(arena, uint32_t, 1u << bits);
    layer->entries = arena_array(arena, struct ValueEntry, 1u << (bits - 1));
    layer->texts = arena_zarray(arena, struct TextSlot, TEXTS_FIRST);
    (void)pbf_room(&layer->features, features * FEATURE_BYTES);
    (void)pbf_room(&layer->values, (values + features) * VALUE_BYTES);
}

uint32_t layer_key(Layer *layer, const char *name)
{
    assert(layer->key_count < LAYER_KEYS_MAX);
    layer->keys[layer->key_count] = name;
    return layer->key_count++;
}

/* ---- numbers and truths ---- */

/* The slot of the value, or the free one that is to be its. */
static uint32_t *value_slot(const Layer *layer, int64_t key, uint32_t form)
{
    uint32_t mask = (1u << layer->slot_bits) - 1;
    uint64_t hash = ((uint64_t)key ^ (uint64_t)form << 56) * UINT64_C(0x9E3779B97F4A7C15);
    for (uint32_t at = (uint32_t)(hash >> (64 - layer->slot_bits));; at = (at + 1) & mask) {
        uint32_t *slot = &layer->slots[at];
        if (*slot == 0 || (layer->entries[*slot - 1].key == key && layer->entries[*slot - 1].form == form))
            return slot;
    }
}

/* Half of the slots are taken: twice as many. */
static void slots_double(Layer *layer)
{
    uint32_t count = layer->entry_count;
    layer->slot_bits++;
    layer->slots = arena_zarray(layer->arena, uint32_t, 1u << layer->slot_bits);
    struct ValueEntry *entries = arena_array(layer->arena, struct ValueEntry, 1u << (layer->slot_bits - 1));
    memcpy(entries, layer->entries, count * sizeof *entries);
    layer->entries = entries;
    for (uint32_t i = 0; i < count; i++)
        *value_slot(layer, entries[i].key, entries[i].form) = i + 1;
}

/* Notes the value whose number is to be the next. */
static void slot_take(Layer *layer, uint32_t *slot, int64_t key, uint32_t form)
{
    layer->entries[layer->entry_count] = (struct ValueEntry){key, form, layer->value_count};
    *slot = ++layer->entry_count;
    if (layer->entry_count == 1u << (layer->slot_bits - 1))
        slots_double(layer);
}

/* A value of up to 28 bits, as most are: seven bytes in one number, in the order of bytes in memory. */
static uint8_t *small_put(uint8_t *at, uint32_t field, uint32_t n)
{
    uint32_t size = varint_size(n);
    uint32_t spread = (n & 0x7F) | (n & 0x3F80) << 1 | (n & 0x1FC000) << 2 | (n & 0xFE00000) << 3;
    spread |= 0x808080u & ((1u << (8 * (size - 1))) - 1);
    uint64_t bytes = LAYER_VALUES << 3 | PBF_BYTES | (1 + size) << 8 | (field << 3 | PBF_VARINT) << 16 |
                     (uint64_t)spread << 24;
    memcpy(at, &bytes, sizeof bytes);
    return at + 3 + size;
}

static void number_write(Pbf *values, int64_t key, uint32_t form)
{
    enum { HEAD = 3, SMALL = 1 << 28 };
    if (!pbf_room(values, HEAD + VARINT_MAX))
        return;
    uint8_t *at = values->ptr + values->len;
    if (form != FORM_DOUBLE && key >= 0 && key < SMALL) {
        at = small_put(at, form == FORM_BOOL ? VALUE_BOOL : VALUE_UINT, (uint32_t)key);
        values->len = (size_t)(at - values->ptr);
        return;
    }
    *at = LAYER_VALUES << 3 | PBF_BYTES;
    uint8_t *size = at + 1;
    at += HEAD;
    if (form == FORM_DOUBLE) {
        size[1] = VALUE_DOUBLE << 3 | PBF_FIXED64;
        memcpy(at, &key, sizeof key);
        at += sizeof key;
    } else if (key >= 0) {
        size[1] = VALUE_UINT << 3 | PBF_VARINT;
        at = varint_put(at, (uint64_t)key);
    } else {
        size[1] = VALUE_SINT << 3 | PBF_VARINT;
        at = varint_put(at, (uint64_t)key << 1 ^ UINT64_MAX);
    }
    *size = (uint8_t)(at - size - 1);
    values->len = (size_t)(at - values->ptr);
}

static uint32_t number_of(Layer *layer, int64_t key, uint32_t form)
{
    uint32_t *slot = value_slot(layer, key, form);
    if (*slot)
        return layer->entries[*slot - 1].number;
    number_write(&layer->values, key, form);
    slot_take(layer, slot, key, form);
    return layer->value_count++;
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
        enum { SHORT = 126 }; /* whose lengths take a byte each */
        *at++ = LAYER_VALUES << 3 | PBF_BYTES;
        if (text.len < SHORT) {
            *at++ = (uint8_t)(2 + text.len);
            *at++ = VALUE_STRING << 3 | PBF_BYTES;
            *at++ = (uint8_t)text.len;
        } else {
            at = varint_put(at, 1 + varint_size(text.len) + text.len);
            *at++ = VALUE_STRING << 3 | PBF_BYTES;
            at = varint_put(at, text.len);
        }
        values->len = (size_t)(bytes_put(at, text.ptr, text.len) - values->ptr);
    }
    return layer->value_count++;
}

uint32_t layer_text_at(Layer *layer, uint64_t place, Str text)
{
    uint32_t *slot = value_slot(layer, (int64_t)place, FORM_TEXT);
    if (*slot)
        return layer->entries[*slot - 1].number;
    slot_take(layer, slot, (int64_t)place, FORM_TEXT);
    return layer_text_once(layer, text);
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

uint8_t *layer_feature_begin(Layer *layer, uint32_t tags_size, size_t geometry_len)
{
    Pbf *features = &layer->features;
    assert(tags_size <= LAYER_KEYS_MAX * 4); /* its length takes one byte */
    size_t all = 2 + tags_size + 2 + 1 + varint_size(geometry_len) + geometry_len;
    if (!pbf_room(features, 1 + 2 * VARINT_MAX + all))
        return NULL;
    uint8_t *at = features->ptr + features->len;
    *at++ = LAYER_FEATURES << 3 | PBF_BYTES;
    at = varint_put(at, all);
    *at++ = FEATURE_TAGS << 3 | PBF_BYTES;
    *at++ = (uint8_t)tags_size;
    return at;
}

void layer_feature_end(Layer *layer, uint8_t *at, FeatureType type, const uint8_t *geometry,
                       size_t geometry_len)
{
    *at++ = FEATURE_TYPE << 3 | PBF_VARINT;
    *at++ = (uint8_t)type;
    *at++ = FEATURE_GEOMETRY << 3 | PBF_BYTES;
    at = varint_put(at, geometry_len);
    memcpy(at, geometry, geometry_len);
    layer->features.len = (size_t)(at - layer->features.ptr) + geometry_len;
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
