#include "decode.h"
#include <string.h>

#define MUST(condition)                                                                                      \
    do {                                                                                                     \
        if (!(condition))                                                                                    \
            tile_decode_fails(__LINE__, #condition);                                                         \
    } while (0)

typedef struct In {
    const uint8_t *at, *end;
} In;

static uint64_t varint(In *in)
{
    uint64_t n;
    MUST(varint_read(&in->at, in->end, &n));
    return n;
}

static In bytes_of(In *in)
{
    uint64_t len = varint(in);
    MUST(len <= (uint64_t)(in->end - in->at));
    In inner = {in->at, in->at + len};
    in->at += len;
    return inner;
}

static Str text_of(In in)
{
    Str text = {(const char *)in.at, (size_t)(in.end - in.at)};
    MUST(str_utf8_valid(text));
    return text;
}

static TileTag value_of(In in)
{
    TileTag tag = {0};
    uint64_t head = varint(&in);
    switch (head) {
    case 1 << 3 | 2:
        tag.kind = 's';
        tag.text = text_of(bytes_of(&in));
        break;
    case 3 << 3 | 1:
        tag.kind = 'd';
        MUST(in.end - in.at == 8);
        memcpy(&tag.number, in.at, 8);
        in.at += 8;
        break;
    case 5 << 3:
        tag.kind = 'u';
        tag.number = (double)varint(&in);
        break;
    case 6 << 3: {
        uint64_t n = varint(&in);
        tag.kind = 'i';
        tag.number = (double)(int64_t)(n >> 1 ^ (0 - (n & 1)));
        break;
    }
    default:
        MUST(head == 7 << 3);
        tag.kind = 'b';
        tag.number = (double)varint(&in);
    }
    MUST(in.at == in.end);
    return tag;
}

static int32_t step(In *in)
{
    uint64_t n = varint(in);
    MUST(n <= UINT32_MAX);
    return (int32_t)((uint32_t)n >> 1 ^ (0 - ((uint32_t)n & 1)));
}

static void geometry_of(Arena *arena, In in, TileFeature *feature)
{
    size_t most = (size_t)(in.end - in.at) + 1;
    feature->points = arena_array(arena, TileXY, most);
    feature->ring_ends = arena_array(arena, uint32_t, most);
    TileXY cursor = {0, 0};
    while (in.at < in.end) {
        uint64_t command = varint(&in), count = command >> 3, id = command & 7;
        if (id == 7) {
            MUST(count == 1);
            MUST(feature->type == 3);
            feature->ring_ends[feature->ring_count++] = feature->point_count;
            continue;
        }
        MUST(id == 1 || id == 2);
        MUST(count >= 1);
        if (feature->type == 3)
            MUST(id == 1 ? count == 1 : count >= 2);
        for (uint64_t i = 0; i < count; i++) {
            int32_t dx = step(&in), dy = step(&in);
            MUST(id == 1 || dx != 0 || dy != 0); /* a LineTo goes somewhere */
            cursor.x += dx;
            cursor.y += dy;
            feature->points[feature->point_count++] = cursor;
        }
    }
    if (feature->type == 3)
        MUST(feature->ring_count > 0 && feature->ring_ends[feature->ring_count - 1] == feature->point_count);
}

static void feature_of(Arena *arena, In in, const Str *keys, const TileLayer *layer, const TileTag *values,
                       TileFeature *ret)
{
    In tags = {0}, geometry = {0};
    *ret = (TileFeature){0};
    while (in.at < in.end) {
        uint64_t head = varint(&in);
        if (head == (2 << 3 | 2))
            tags = bytes_of(&in);
        else if (head == 3 << 3)
            ret->type = (uint32_t)varint(&in);
        else if (head == (4 << 3 | 2))
            geometry = bytes_of(&in);
        else
            tile_decode_fails(__LINE__, "a field that features do not have");
    }
    while (tags.at < tags.end) {
        uint64_t key = varint(&tags), value = varint(&tags);
        MUST(key < layer->key_count && value < layer->value_count && ret->tag_count < TILE_TAGS_MAX);
        MUST(!tile_tag(ret, str_c(keys[key]))); /* no key twice */
        ret->tags[ret->tag_count] = values[value];
        ret->tags[ret->tag_count++].key = keys[key];
    }
    geometry_of(arena, geometry, ret);
}

TileLayer tile_decode(Arena *arena, Str bytes)
{
    In tile = {(const uint8_t *)bytes.ptr, (const uint8_t *)bytes.ptr + bytes.len};
    TileLayer layer = {0};
    MUST(varint(&tile) == (3 << 3 | 2));
    In whole = bytes_of(&tile), in = whole;
    MUST(tile.at == tile.end);
    Str *keys = arena_array(arena, Str, bytes.len);
    TileTag *values = arena_array(arena, TileTag, bytes.len);
    In *features = arena_array(arena, In, bytes.len);
    while (in.at < in.end) {
        uint64_t head = varint(&in);
        if (head == 15 << 3)
            layer.version = (uint32_t)varint(&in);
        else if (head == (1 << 3 | 2))
            layer.name = text_of(bytes_of(&in));
        else if (head == (2 << 3 | 2))
            features[layer.feature_count++] = bytes_of(&in);
        else if (head == (3 << 3 | 2))
            keys[layer.key_count++] = text_of(bytes_of(&in));
        else if (head == (4 << 3 | 2))
            values[layer.value_count++] = value_of(bytes_of(&in));
        else if (head == 5 << 3)
            layer.extent = (uint32_t)varint(&in);
        else
            tile_decode_fails(__LINE__, "a field that layers do not have");
    }
    layer.features = arena_array(arena, TileFeature, layer.feature_count);
    for (uint32_t i = 0; i < layer.feature_count; i++)
        feature_of(arena, features[i], keys, &layer, values, &layer.features[i]);
    return layer;
}

const TileTag *tile_tag(const TileFeature *feature, const char *key)
{
    for (uint32_t i = 0; i < feature->tag_count; i++)
        if (str_is(feature->tags[i].key, key))
            return &feature->tags[i];
    return NULL;
}

double tile_ring_area_twice(const TileFeature *feature, uint32_t ring)
{
    uint32_t start = ring ? feature->ring_ends[ring - 1] : 0, end = feature->ring_ends[ring];
    double sum = 0;
    for (uint32_t i = start; i < end; i++) {
        TileXY a = feature->points[i], b = feature->points[i + 1 < end ? i + 1 : start];
        sum += (double)a.x * b.y - (double)b.x * a.y;
    }
    return sum;
}
