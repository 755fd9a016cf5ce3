#include "geo/maker.h"
#include <stdio.h>
#include <string.h>

/* Where the reader stands. Every function moves `at` and stops at `end`. */
typedef struct Wkt {
    const char *start, *at, *end;
    Maker maker;
} Wkt;

static void skip_space(Wkt *wkt)
{
    while (wkt->at < wkt->end &&
           (*wkt->at == ' ' || *wkt->at == '\t' || *wkt->at == '\n' || *wkt->at == '\r'))
        wkt->at++;
}

static Err wkt_fail(const Wkt *wkt, const char *want)
{
    char detail[160];
    snprintf(detail, sizeof detail, "%s expected at byte %td", want, wkt->at - wkt->start);
    return fail(ERR_GEOMETRY, "detail", detail, "example", "POINT(113.1 22.5)", NULL);
}

static bool take(Wkt *wkt, char c)
{
    skip_space(wkt);
    if (wkt->at == wkt->end || *wkt->at != c)
        return false;
    wkt->at++;
    return true;
}

static Err read_open(Wkt *wkt)
{
    return take(wkt, '(') ? OK : wkt_fail(wkt, "(");
}

/* After an item: true if a comma says that another follows. */
static Err read_more(Wkt *wkt, bool *ret)
{
    skip_space(wkt);
    char c = wkt->at < wkt->end ? *wkt->at : '\0';
    if (c != ',' && c != ')')
        return wkt_fail(wkt, ", or )");
    wkt->at++;
    *ret = c == ',';
    return OK;
}

static Err read_point(Wkt *wkt)
{
    int64_t lon, lat;
    skip_space(wkt);
    const char *at = coordinate_read(wkt->at, wkt->end, &lon);
    if (!at)
        return wkt_fail(wkt, "a number");
    wkt->at = at;
    skip_space(wkt);
    if (wkt->at == at || !(at = coordinate_read(wkt->at, wkt->end, &lat)))
        return wkt_fail(wkt, "a space and a number");
    wkt->at = at;
    return maker_point(&wkt->maker, lon, lat);
}

static Err read_ring(Wkt *wkt)
{
    TRY(read_open(wkt));
    for (bool more = true; more;) {
        TRY(read_point(wkt));
        TRY(read_more(wkt, &more));
    }
    return maker_ring_end(&wkt->maker);
}

static Err read_part(Wkt *wkt)
{
    TRY(read_open(wkt));
    for (bool more = true; more;) {
        TRY(read_ring(wkt));
        TRY(read_more(wkt, &more));
    }
    return maker_part_end(&wkt->maker);
}

static bool take_word(Wkt *wkt, const char *word)
{
    skip_space(wkt);
    size_t len = strlen(word);
    if ((size_t)(wkt->end - wkt->at) < len)
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = wkt->at[i];
        if ((c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c) != word[i])
            return false;
    }
    wkt->at += len;
    return true;
}

static Err read_body(Wkt *wkt, GeometryType *ret)
{
    if (take_word(wkt, "SRID=") && !take_word(wkt, "4326;"))
        return wkt_fail(wkt, "4326;");
    if (take_word(wkt, "POINT")) {
        *ret = GEOM_POINT;
        TRY(read_open(wkt));
        TRY(read_point(wkt));
        return take(wkt, ')') ? OK : wkt_fail(wkt, ") (two coordinates are read)");
    }
    *ret = GEOM_POLYGON;
    if (take_word(wkt, "POLYGON"))
        return read_part(wkt);
    if (!take_word(wkt, "MULTIPOLYGON"))
        return wkt_fail(wkt, "POINT, POLYGON or MULTIPOLYGON");
    TRY(read_open(wkt));
    for (bool more = true; more;) {
        TRY(read_part(wkt));
        TRY(read_more(wkt, &more));
    }
    return OK;
}

Err geometry_from_wkt(Arena *arena, Str text, Geometry *ret)
{
    size_t commas = 0;
    for (size_t i = 0; i < text.len; i++)
        commas += text.ptr[i] == ',';
    Wkt wkt = {.start = text.ptr, .at = text.ptr, .end = text.ptr + text.len};
    maker_start(&wkt.maker, arena, commas + 1);
    GeometryType type = GEOM_NONE;
    TRY(read_body(&wkt, &type));
    skip_space(&wkt);
    if (wkt.at != wkt.end)
        return wkt_fail(&wkt, "the end");
    return maker_finish(&wkt.maker, type, ret);
}

static void write_point(Buf *buf, Point point)
{
    char text[2 * COORDINATE_TEXT_MAX];
    int len = coordinate_text(text, point.lon);
    text[len++] = ' ';
    len += coordinate_text(text + len, point.lat);
    buf_add(buf, text, (size_t)len);
}

static void write_part(Buf *buf, const Geometry *geometry, uint32_t part)
{
    buf_byte(buf, '(');
    for (uint32_t r = geometry_part_start(geometry, part); r < geometry->part_ends[part]; r++) {
        buf_c(buf, r > geometry_part_start(geometry, part) ? ",(" : "(");
        for (uint32_t p = geometry_ring_start(geometry, r); p < geometry->ring_ends[r]; p++) {
            if (p > geometry_ring_start(geometry, r))
                buf_byte(buf, ',');
            write_point(buf, geometry->points[p]);
        }
        buf_byte(buf, ')');
    }
    buf_byte(buf, ')');
}

void geometry_wkt(Buf *buf, const Geometry *geometry)
{
    if (geometry->type == GEOM_NONE)
        return;
    if (geometry->type == GEOM_POINT) {
        buf_c(buf, "POINT(");
        write_point(buf, geometry->points[0]);
        buf_byte(buf, ')');
        return;
    }
    bool several = geometry->part_count > 1;
    buf_c(buf, several ? "MULTIPOLYGON(" : "POLYGON");
    for (uint32_t p = 0; p < geometry->part_count; p++) {
        if (p)
            buf_byte(buf, ',');
        write_part(buf, geometry, p);
    }
    if (several)
        buf_byte(buf, ')');
}
