/* The packed form: for each value a varint of tag << 3 | wire, then what the wire says:
 *     NUMBER  a zigzag varint
 *     SPAN    zigzag first day, varint of last - first
 *     BYTES   varint length, bytes
 *     LIST    varint count, then count times length and bytes
 *     STATE   varint of a ValueState other than unknown and known
 * A reader passes over tags it does not know by their wire, so old programs read what newer ones wrote. */
#include "model/value.h"
#include <assert.h>

enum { WIRE_NUMBER, WIRE_SPAN, WIRE_BYTES, WIRE_LIST, WIRE_STATE, WIRE_BITS = 3 };

enum { DAY_MIN = -25567, DAY_MAX = 84005 }; /* DATE_YEAR_MIN-01-01, DATE_YEAR_MAX-12-31 */

static const int wires[] = {
    [FIELD_TEXT] = WIRE_BYTES, [FIELD_NUM] = WIRE_NUMBER, [FIELD_BOOL] = WIRE_NUMBER,
    [FIELD_DATE] = WIRE_SPAN,  [FIELD_CODE] = WIRE_BYTES, [FIELD_CODES] = WIRE_LIST,
    [FIELD_REF] = WIRE_BYTES,  [FIELD_REFS] = WIRE_LIST,
};

static void put_key(Buf *buf, const Field *field, int wire)
{
    buf_varint(buf, (uint64_t)field->tag << WIRE_BITS | (uint64_t)wire);
}

static void put_bytes(Buf *buf, Str text)
{
    buf_varint(buf, text.len);
    buf_str(buf, text);
}

static void put_value(Buf *buf, const Field *field, const Value *value)
{
    put_key(buf, field, wires[field->type]);
    switch (wires[field->type]) {
    case WIRE_NUMBER:
        buf_zigzag(buf, value->num);
        break;
    case WIRE_SPAN:
        buf_zigzag(buf, value->date.first);
        buf_varint(buf, (uint64_t)((int64_t)value->date.last - value->date.first));
        break;
    case WIRE_BYTES:
        put_bytes(buf, value->text);
        break;
    default:
        buf_varint(buf, value->list.count);
        for (uint32_t i = 0; i < value->list.count; i++)
            put_bytes(buf, value->list.items[i]);
    }
}

void pack_values(Buf *buf, Kind kind, const Value *values)
{
    const KindInfo *info = kind_info(kind);
    for (uint32_t i = 0; i < info->field_count; i++) {
        const Field *field = &info->fields[i];
        if (values[i].state == VALUE_UNKNOWN)
            continue;
        assert(!field->derived);
        if (values[i].state == VALUE_KNOWN) {
            put_value(buf, field, &values[i]);
        } else {
            put_key(buf, field, WIRE_STATE);
            buf_varint(buf, values[i].state);
        }
    }
}

static bool read_bytes(const uint8_t **at, const uint8_t *end, Str *ret)
{
    uint64_t len;
    if (!varint_read(at, end, &len) || len > (uint64_t)(end - *at))
        return false;
    *ret = (Str){(const char *)*at, (size_t)len};
    *at += len;
    return true;
}

/* A field's own text: what pack_values was given had passed value_parse. */
static bool read_text(const uint8_t **at, const uint8_t *end, Str *ret)
{
    return read_bytes(at, end, ret) && ret->len > 0 && ret->len <= TEXT_MAX_BYTES && str_utf8_valid(*ret);
}

static bool read_number(const uint8_t **at, const uint8_t *end, const Field *field, int64_t *ret)
{
    if (!zigzag_read(at, end, ret) || *ret == INT64_MIN)
        return false;
    return field->type != FIELD_BOOL || *ret == 0 || *ret == 1;
}

static bool read_span(const uint8_t **at, const uint8_t *end, DateSpan *ret)
{
    int64_t first;
    uint64_t days;
    if (!zigzag_read(at, end, &first) || !varint_read(at, end, &days) || first < DAY_MIN || first > DAY_MAX ||
        days > (uint64_t)(DAY_MAX - first))
        return false;
    *ret = (DateSpan){(int32_t)first, (int32_t)(first + (int64_t)days)};
    return true;
}

static bool read_list(Arena *arena, const uint8_t **at, const uint8_t *end, Value *ret)
{
    uint64_t count;
    if (!varint_read(at, end, &count) || count == 0 || count > LIST_MAX)
        return false;
    Str *items = arena_array(arena, Str, count);
    for (uint64_t i = 0; i < count; i++)
        if (!read_text(at, end, &items[i]))
            return false;
    ret->list.items = items;
    ret->list.count = (uint32_t)count;
    return true;
}

static bool read_value(Arena *arena, const uint8_t **at, const uint8_t *end, const Field *field, int wire,
                       Value *ret)
{
    uint64_t state;
    if (wire == WIRE_STATE) {
        if (!varint_read(at, end, &state) || (state != VALUE_NOT_APPLICABLE && state != VALUE_WITHHELD))
            return false;
        ret->state = (ValueState)state;
        return true;
    }
    if (wire != wires[field->type])
        return false;
    ret->state = VALUE_KNOWN;
    switch (wire) {
    case WIRE_NUMBER:
        return read_number(at, end, field, &ret->num);
    case WIRE_SPAN:
        return read_span(at, end, &ret->date);
    case WIRE_BYTES:
        return read_text(at, end, &ret->text);
    default:
        return read_list(arena, at, end, ret);
    }
}

static bool pass_over(const uint8_t **at, const uint8_t *end, int wire)
{
    uint64_t n, count = 1;
    Str text;
    switch (wire) {
    case WIRE_SPAN:
        return varint_read(at, end, &n) && varint_read(at, end, &n);
    case WIRE_NUMBER:
    case WIRE_STATE:
        return varint_read(at, end, &n);
    case WIRE_LIST:
        if (!varint_read(at, end, &count))
            return false;
        break;
    case WIRE_BYTES:
        break;
    default:
        return false;
    }
    for (; count > 0; count--) /* each takes a byte at least, so the bytes bound the count */
        if (!read_bytes(at, end, &text))
            return false;
    return true;
}

/* Values stand in the order of the table, so the next field is looked for behind the last one. */
static int field_of_tag(const KindInfo *info, uint64_t tag, uint32_t from)
{
    for (uint32_t n = 0; n < info->field_count; n++) {
        uint32_t i = from + n < info->field_count ? from + n : from + n - info->field_count;
        if (info->fields[i].tag == tag)
            return (int)i;
    }
    return -1;
}

static bool unpack(Arena *arena, const KindInfo *info, Str packed, Value *values)
{
    const uint8_t *at = (const uint8_t *)packed.ptr, *end = at + packed.len;
    uint32_t from = 0;
    while (at < end) {
        uint64_t key;
        if (!varint_read(&at, end, &key))
            return false;
        int wire = (int)(key & ((1 << WIRE_BITS) - 1));
        int i = field_of_tag(info, key >> WIRE_BITS, from);
        if (i < 0) {
            if (!pass_over(&at, end, wire))
                return false;
            continue;
        }
        if (info->fields[i].derived || values[i].state != VALUE_UNKNOWN ||
            !read_value(arena, &at, end, &info->fields[i], wire, &values[i]))
            return false;
        from = (uint32_t)i + 1;
    }
    return true;
}

Err unpack_values(Arena *arena, Kind kind, Str packed, Value *ret_values)
{
    const KindInfo *info = kind_info(kind);
    for (uint32_t i = 0; i < info->field_count; i++)
        ret_values[i] = (Value){.state = VALUE_UNKNOWN};
    if (unpack(arena, info, packed, ret_values))
        return OK;
    return fail(ERR_DB_CORRUPT, "path", "", "detail", "a record's payload is not readable", "kind",
                info->name, NULL);
}
