#include "http/pages.h"
#include "http/routes/routes.h"
#include "http/web_assets.h"
#include <string.h>

static const char *type_of(const char *name)
{
    static const struct {
        const char *ending, *type;
    } types[] = {
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json; charset=utf-8"},
        {".geojson", "application/geo+json; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".webp", "image/webp"},
        {".woff2", "font/woff2"},
        {".txt", "text/plain; charset=utf-8"},
        {".pbf", "application/x-protobuf"},
    };
    const char *ending = strrchr(name, '.');
    for (size_t i = 0; ending && i < sizeof types / sizeof *types; i++)
        if (strcmp(ending, types[i].ending) == 0)
            return types[i].type;
    return "application/octet-stream";
}

static bool reply_file(Reply *reply, Str name)
{
    const Embedded *file = embedded_find(web_assets, web_assets_count, name);
    if (!file)
        return false;
    reply_bytes(reply, type_of(file->name), file->plain);
    reply->gzip = file->gzip;
    reply->brotli = file->brotli;
    reply->etag = file->digest;
    return true;
}

bool reply_page(Reply *reply)
{
    return reply_file(reply, STR("index.html"));
}

static Err unknown(const Request *req)
{
    return fail(ERR_ROUTE_UNKNOWN, "path", str_c(req->path), NULL);
}

static Err get_page(Request *req, Reply *reply)
{
    return reply_page(reply) ? OK : unknown(req);
}

/* Names bear a hash of what is in them. */
static Err get_asset(Request *req, Reply *reply)
{
    Buf name;
    buf_init(&name, 300);
    buf_c(&name, "assets/");
    buf_str(&name, request_path(req, "asset"));
    bool found = !name.full && reply_file(reply, buf_view(&name));
    buf_done(&name);
    reply->immutable = true;
    return found ? OK : unknown(req);
}

static const Route routes[] = {
    {ROUTE_GET, "/", get_page, ROUTE_READ, .about = {"地图", "The map"}, .examples = {"/"},
     .any_params = true},
    {ROUTE_GET, "/match", get_page, ROUTE_READ, .about = {"选址", "The brief and its ranking"},
     .examples = {"/match"}, .any_params = true},
    {ROUTE_GET, "/assets/{asset}", get_asset, ROUTE_READ,
     .about = {"网页的文件，名中有内容的散列，一年内不变",
               "The pages' files; a name bears a hash of its content"},
     .errors = {ERR_ROUTE_UNKNOWN}, .examples = {"/assets/none.js"}},
};

const RouteList routes_pages = {routes, sizeof routes / sizeof *routes};
