/* One geometry object of RFC 7946, read by hand: "type" and "coordinates" in either order, other members
 * passed over. */
#include "geo/maker.h"
#include <stdio.h>
#include <string.h>

enum { NESTING_MAX = 64 };

typedef struct Scan {
    const char *start, *at, *end;
} Scan;

static Err scan_fail(const Scan *scan, const char *want)
{
    char detail[160];
    snprintf(detail, sizeof detail, "%s expected at byte %td", want, scan->at - scan->start);
    return fail(ERR_GEOMETRY, "detail", detail, "example",
                "{\"type\":\"Point\",\"coordinates\":[113.1,22.5]}", NULL);
}

static char scan_peek(Scan *scan)
{
    while (scan->at < scan->end &&
           (*scan->at == ' ' || *scan->at == '\t' || *scan->at == '\n' || *scan->at == '\r'))
        scan->at++;
    return scan->at < scan->end ? *scan->at : '\0';
}

static Err scan_take(Scan *scan, char c)
{
    if (scan_peek(scan) != c || scan->at == scan->end)
        return scan_fail(scan, (char[2]){c, '\0'});
    scan->at++;
    return OK;
}

/* After an item of a list that `close` ends. */
static Err scan_more(Scan *scan, char close, bool *ret)
{
    char c = scan_peek(scan);
    if (c != ',' && c != close)
        return scan_fail(scan, close == ']' ? ", or ]" : ", or }");
    scan->at++;
    *ret = c == ',';
    return OK;
}

static Err scan_text(Scan *scan, Str *ret)
{
    TRY(scan_take(scan, '"'));
    const char *start = scan->at;
    for (; scan->at < scan->end && *scan->at != '"'; scan->at++) {
        if ((unsigned char)*scan->at < 0x20)
            return scan_fail(scan, "no control character");
        if (*scan->at == '\\' && ++scan->at == scan->end)
            break;
    }
    if (scan->at >= scan->end)
        return scan_fail(scan, "\"");
    *ret = (Str){start, (size_t)(scan->at - start)};
    scan->at++;
    return OK;
}

/* JSON is stricter than coordinate_read: no plus, no 01, a digit on both sides of the point. */
static Err scan_number(Scan *scan, int64_t *ret)
{
    char c = scan_peek(scan);
    const char *start = scan->at, *digit = c == '-' ? start + 1 : start;
    if (c == '+' || digit >= scan->end || *digit == '.' ||
        (*digit == '0' && digit + 1 < scan->end && digit[1] >= '0' && digit[1] <= '9'))
        return scan_fail(scan, "a number");
    const char *at = coordinate_read(start, scan->end, ret);
    if (!at || at[-1] == '.')
        return scan_fail(scan, "a number");
    scan->at = at;
    return OK;
}

static Err scan_word(Scan *scan)
{
    static const char *const words[] = {"null", "true", "false"};
    for (size_t i = 0; i < 3; i++) {
        size_t len = strlen(words[i]);
        if ((size_t)(scan->end - scan->at) >= len && memcmp(scan->at, words[i], len) == 0) {
            scan->at += len;
            return OK;
        }
    }
    int64_t n;
    return scan_number(scan, &n);
}

/* Passes over one value of any kind. */
static Err scan_value(Scan *scan, int depth)
{
    Str name;
    char c = scan_peek(scan);
    if (c == '"')
        return scan_text(scan, &name);
    if (c != '[' && c != '{')
        return scan_word(scan);
    if (depth == NESTING_MAX)
        return fail(ERR_LIMIT, "what", "nesting of JSON", "limit", num_c(NESTING_MAX), NULL);
    char close = c == '[' ? ']' : '}';
    scan->at++;
    if (scan_peek(scan) == close)
        return scan_take(scan, close);
    for (bool more = true; more;) {
        if (c == '{') {
            TRY(scan_text(scan, &name));
            TRY(scan_take(scan, ':'));
        }
        TRY(scan_value(scan, depth + 1));
        TRY(scan_more(scan, close, &more));
    }
    return OK;
}

static Err read_position(Scan *scan, Maker *maker)
{
    int64_t lon, lat;
    TRY(scan_take(scan, '['));
    TRY(scan_number(scan, &lon));
    TRY(scan_take(scan, ','));
    TRY(scan_number(scan, &lat));
    if (scan_peek(scan) != ']')
        return scan_fail(scan, "] (two coordinates are read)");
    scan->at++;
    return maker_point(maker, lon, lat);
}

static Err read_ring(Scan *scan, Maker *maker)
{
    TRY(scan_take(scan, '['));
    for (bool more = true; more;) {
        TRY(read_position(scan, maker));
        TRY(scan_more(scan, ']', &more));
    }
    return maker_ring_end(maker);
}

static Err read_part(Scan *scan, Maker *maker)
{
    TRY(scan_take(scan, '['));
    for (bool more = true; more;) {
        TRY(read_ring(scan, maker));
        TRY(scan_more(scan, ']', &more));
    }
    return maker_part_end(maker);
}

static Err read_parts(Scan *scan, Maker *maker)
{
    TRY(scan_take(scan, '['));
    for (bool more = true; more;) {
        TRY(read_part(scan, maker));
        TRY(scan_more(scan, ']', &more));
    }
    return OK;
}

/* Finds the two members that matter. `coordinates` is left standing before its value. */
static Err read_members(Scan *scan, Str *ret_type, Scan *ret_coordinates)
{
    bool has_type = false, has_coordinates = false;
    TRY(scan_take(scan, '{'));
    for (bool more = true; more;) {
        Str name;
        TRY(scan_text(scan, &name));
        TRY(scan_take(scan, ':'));
        if (str_is(name, "type")) {
            if (has_type)
                return scan_fail(scan, "only one type");
            has_type = true;
            TRY(scan_text(scan, ret_type));
        } else {
            bool wanted = str_is(name, "coordinates");
            if (wanted && has_coordinates)
                return scan_fail(scan, "only one coordinates");
            if (wanted)
                *ret_coordinates = *scan;
            has_coordinates |= wanted;
            TRY(scan_value(scan, 1));
        }
        TRY(scan_more(scan, '}', &more));
    }
    return has_type && has_coordinates ? OK : scan_fail(scan, "a geometry with type and coordinates");
}

Err geometry_from_geojson(Arena *arena, Str json, Geometry *ret)
{
    Scan scan = {json.ptr, json.ptr, json.ptr + json.len}, coordinates = scan;
    Str type = STR("");
    TRY(read_members(&scan, &type, &coordinates));
    scan_peek(&scan);
    if (scan.at != scan.end)
        return scan_fail(&scan, "the end");
    size_t brackets = 0;
    for (const char *at = coordinates.at; at < coordinates.end; at++)
        brackets += *at == '[';
    Maker maker;
    maker_start(&maker, arena, brackets);
    if (str_is(type, "Point"))
        TRY(read_position(&coordinates, &maker));
    else if (str_is(type, "Polygon"))
        TRY(read_part(&coordinates, &maker));
    else if (str_is(type, "MultiPolygon"))
        TRY(read_parts(&coordinates, &maker));
    else
        return fail(ERR_GEOMETRY, "detail", "the type is not Point, Polygon or MultiPolygon", "example",
                    "{\"type\":\"Point\",\"coordinates\":[113.1,22.5]}", NULL);
    return maker_finish(&maker, str_is(type, "Point") ? GEOM_POINT : GEOM_POLYGON, ret);
}

static void write_position(Buf *buf, Point point)
{
    char text[2 * COORDINATE_TEXT_MAX + 3];
    int len = 0;
    text[len++] = '[';
    len += coordinate_text(text + len, point.lon);
    text[len++] = ',';
    len += coordinate_text(text + len, point.lat);
    text[len++] = ']';
    buf_add(buf, text, (size_t)len);
}

static void write_part(Buf *buf, const Geometry *geometry, uint32_t part)
{
    uint32_t first = geometry_part_start(geometry, part);
    for (uint32_t r = first; r < geometry->part_ends[part]; r++) {
        buf_c(buf, r > first ? ",[" : "[[");
        uint32_t start = geometry_ring_start(geometry, r);
        for (uint32_t p = start; p < geometry->ring_ends[r]; p++) {
            if (p > start)
                buf_byte(buf, ',');
            write_position(buf, geometry->points[p]);
        }
        buf_byte(buf, ']');
    }
    buf_byte(buf, ']');
}

void geometry_geojson(Buf *buf, const Geometry *geometry)
{
    if (geometry->type == GEOM_NONE) {
        buf_c(buf, "null");
        return;
    }
    if (geometry->type == GEOM_POINT) {
        buf_c(buf, "{\"type\":\"Point\",\"coordinates\":");
        write_position(buf, geometry->points[0]);
        buf_byte(buf, '}');
        return;
    }
    bool several = geometry->part_count > 1;
    buf_c(buf, several ? "{\"type\":\"MultiPolygon\",\"coordinates\":["
                       : "{\"type\":\"Polygon\",\"coordinates\":");
    for (uint32_t p = 0; p < geometry->part_count; p++) {
        if (p)
            buf_byte(buf, ',');
        write_part(buf, geometry, p);
    }
    buf_c(buf, several ? "]}" : "}");
}
