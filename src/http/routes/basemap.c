#include "app/basemap.h"
#include "http/routes/routes.h"
#include <stdio.h>
#include <string.h>

static Err unknown(const Request *req)
{
    return fail(ERR_ROUTE_UNKNOWN, "path", str_c(req->path), NULL);
}

static Err get_ground(Request *req, Reply *reply)
{
    Str name = request_path(req, "file");
    const Embedded *file = basemap_ground(name);
    if (!file)
        return unknown(req);
    bool shapes = name.len > 8 && memcmp(name.ptr + name.len - 8, ".geojson", 8) == 0;
    reply_bytes(reply, shapes ? "application/geo+json; charset=utf-8" : "text/plain; charset=utf-8",
                file->plain);
    reply->gzip = file->gzip;
    reply->brotli = file->brotli;
    reply->etag = file->digest;
    reply->immutable = str_is(request_text(req, "v"), file->digest);
    return OK;
}

/* Digits alone: a sign would be another range. */
static bool number(Str text, uint64_t *ret)
{
    int64_t n;
    if (text.len == 0 || text.ptr[0] < '0' || text.ptr[0] > '9' || !str_int(text, &n))
        return false;
    *ret = (uint64_t)n;
    return true;
}

typedef struct Span {
    uint64_t at, len;
} Span;

/* What "bytes=…" asks for, of `bytes` in all (RFC 9110 §14.1.2); at most BASEMAP_RANGE_MAX of it. False if
 * that is no range, more than one, or has nothing of the file. */
static bool span_of(Str text, uint64_t bytes, Span *ret)
{
    if (!str_starts(text, "bytes=") || !memchr(text.ptr, '-', text.len))
        return false;
    Str last = {text.ptr + 6, text.len - 6};
    Str first = str_cut(&last, '-');
    uint64_t from = 0, to = bytes - 1, n = 0;
    if (first.len == 0) { /* the last n bytes */
        if (!number(last, &n) || n == 0)
            return false;
        from = n < bytes ? bytes - n : 0;
    } else {
        if (!number(first, &from) || (last.len && !number(last, &to)) || to < from || from >= bytes)
            return false;
        to = to < bytes ? to : bytes - 1;
    }
    uint64_t len = to - from + 1;
    *ret = (Span){from, len < BASEMAP_RANGE_MAX ? len : BASEMAP_RANGE_MAX};
    return true;
}

static const char *range_text(Request *req, const Span *span, uint64_t bytes)
{
    char *text = arena_alloc(req->arena, 80);
    if (span)
        snprintf(text, 80, "bytes %llu-%llu/%llu", (unsigned long long)span->at,
                 (unsigned long long)(span->at + span->len - 1), (unsigned long long)bytes);
    else
        snprintf(text, 80, "bytes */%llu", (unsigned long long)bytes);
    return text;
}

/* A part of another file than the one asked about is of no use: then the whole is wanted (RFC 9110 §13.1.5).
 */
static bool wants_part(const Request *req, const char *tag)
{
    Str known = request_header(req, "If-Range");
    char quoted[48];
    snprintf(quoted, sizeof quoted, "\"%s\"", tag);
    return request_header(req, "Range").len && (known.len == 0 || str_is(known, quoted));
}

static Err refuse_span(Request *req, Reply *reply, uint64_t bytes)
{
    Err err = fail(ERR_PARAM, "param", "Range", "value", str_c(request_header(req, "Range")), "want",
                   "one range within the file", "example", "bytes=0-16383", NULL);
    reply_fault(reply, req, fault_last());
    reply->status = 416;
    reply->range = range_text(req, NULL, bytes);
    return err == ERR_PARAM ? OK : err;
}

static Err get_file(Request *req, Reply *reply)
{
    const Basemap *basemap = app_config(req->app)->basemap;
    uint64_t bytes = basemap_file_bytes(basemap);
    if (bytes == 0)
        return unknown(req);
    const char *tag = basemap_file_tag(basemap);
    bool part = wants_part(req, tag);
    Span span = {0, bytes};
    if (part && !span_of(request_header(req, "Range"), bytes, &span))
        return refuse_span(req, reply, bytes);
    if (span.len > BASEMAP_RANGE_MAX)
        return fail(ERR_REQUEST, "detail", "this file is read in parts: send a Range header", NULL);
    TRY(basemap_file_read(basemap, span.at, (size_t)span.len, &req->out));
    reply_bytes(reply, "application/vnd.pmtiles", buf_view(&req->out));
    reply->status = part ? 206 : 200;
    reply->ranges = true;
    reply->range = part ? range_text(req, &span, bytes) : NULL;
    reply->etag = tag;
    reply->immutable = str_is(request_text(req, "v"), tag);
    return OK;
}

#define V                                                                                                    \
    {                                                                                                        \
        "v",                                                                                                 \
            {"内容的散列；对得上时一年内不变",                                                               \
             "the content's digest; when it fits, the answer never changes"},                                \
            "0"                                                                                              \
    }

static const Route routes[] = {
    {ROUTE_GET, "/basemap/pmtiles", get_file, ROUTE_READ,
     .about = {"部署者自己的底图（PMTiles），按 Range 分段读；没有时 404",
               "The deployment's own base map (PMTiles), by ranges; 404 if there is none"},
     .params = {V}, .errors = {ERR_ROUTE_UNKNOWN, ERR_REQUEST, ERR_PARAM, ERR_FILE_READ},
     .examples = {"/basemap/pmtiles"}},
    {ROUTE_GET, "/basemap/{file}", get_ground, ROUTE_READ,
     .about = {"地图的底：陆地、水面、河流、地名，各一个 GeoJSON 文件，各有许可证（README.md）",
               "The ground of the map: land, water, rivers, places, a GeoJSON file each, each under its "
               "licence (README.md)"},
     .params = {V}, .errors = {ERR_ROUTE_UNKNOWN},
     .examples = {"/basemap/land.geojson", "/basemap/water.geojson", "/basemap/README.md"}},
};

#undef V

const RouteList routes_basemap = {routes, sizeof routes / sizeof *routes};
