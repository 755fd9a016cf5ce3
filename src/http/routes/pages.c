#include "http/pages.h"
#include "app/html.h"
#include "app/query.h"
#include "app/words.h"
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

/* Copies up to the mark, which it passes over. False if there is none. */
static bool copy_to(Buf *out, Str *rest, const char *mark)
{
    const char *found = memmem(rest->ptr, rest->len, mark, strlen(mark));
    if (!found)
        return false;
    buf_add(out, rest->ptr, (size_t)(found - rest->ptr));
    rest->len -= (size_t)(found - rest->ptr) + strlen(mark);
    rest->ptr = found + strlen(mark);
    return true;
}

bool reply_page(Request *req, Reply *reply, const PageText *page)
{
    const Embedded *file = embedded_find(web_assets, web_assets_count, STR("index.html"));
    if (!file)
        return false;
    Str rest = file->plain;
    buf_clear(&req->out);
    bool whole = copy_to(&req->out, &rest, "[[lang]]");
    buf_c(&req->out, req->lang == LANG_ZH ? "zh-CN" : "en");
    whole = whole && copy_to(&req->out, &rest, "[[title]]");
    if (page) {
        buf_str(&req->out, buf_view(&page->title));
        buf_c(&req->out, " · ");
    }
    html_text(&req->out, str_of(label_of(req->lang, app_name(app_config(req->app)))));
    whole = whole && copy_to(&req->out, &rest, "[[content]]");
    if (page)
        buf_str(&req->out, buf_view(&page->body));
    buf_str(&req->out, rest);
    reply_bytes(reply, "text/html; charset=utf-8", buf_view(&req->out));
    reply->by_language = true;
    return whole;
}

static Err unknown(const Request *req)
{
    return fail(ERR_ROUTE_UNKNOWN, "path", str_c(req->path), NULL);
}

/* A page that needs nothing but the atlas. While there is none the page says itself that there is nothing
 * yet. */
static Err reply_made(Request *req, Reply *reply, void (*make)(PageText *, Arena *, const Atlas *, Lang))
{
    const Atlas *view;
    PageText page;
    if (request_view(req, &view) != OK)
        return reply_page(req, reply, NULL) ? OK : unknown(req);
    page_text_init(&page);
    make(&page, req->arena, view, req->lang);
    bool made = reply_page(req, reply, &page);
    page_text_done(&page);
    return made ? OK : unknown(req);
}

static Err get_home(Request *req, Reply *reply)
{
    return reply_made(req, reply, page_home);
}

static Err get_match(Request *req, Reply *reply)
{
    return reply_made(req, reply, page_match);
}

static Err get_compare(Request *req, Reply *reply)
{
    return reply_made(req, reply, page_compare);
}

static Err get_about(Request *req, Reply *reply)
{
    return reply_made(req, reply, page_about);
}

static Err kind_of_page(const Request *req, Kind *ret)
{
    Str page = request_path(req, "page");
    for (int k = 0; k < KIND_COUNT; k++) {
        if (str_is(page, kind_info((Kind)k)->page)) {
            *ret = (Kind)k;
            return OK;
        }
    }
    return unknown(req);
}

static Err get_list_page(Request *req, Reply *reply)
{
    const Atlas *view;
    Kind kind = KIND_COUNT;
    PageText page;
    TRY(kind_of_page(req, &kind));
    TRY(request_view(req, &view));
    page_text_init(&page);
    page_list(&page, req->arena, view, req->lang, kind);
    bool made = reply_page(req, reply, &page);
    page_text_done(&page);
    return made ? OK : unknown(req);
}

/* One that the caller may not see: the page, with 404, as of one that does not exist. */
static Err get_one_page(Request *req, Reply *reply)
{
    const Atlas *view;
    Kind kind = KIND_COUNT;
    PageText page;
    TRY(kind_of_page(req, &kind));
    TRY(request_view(req, &view));
    page_text_init(&page);
    Err err = page_one(&page, req->arena, view, req->store, req->lang, kind, request_path(req, "id"));
    bool gone = err == ERR_ID_UNKNOWN;
    if ((err == OK || gone) && reply_page(req, reply, gone ? NULL : &page)) {
        reply->status = gone ? 404 : 200;
        reply->private = gone;
        err = OK;
    } else if (err == OK) {
        err = unknown(req); /* no pages were built in */
    }
    page_text_done(&page);
    return err;
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
    {ROUTE_GET, "/", get_home, ROUTE_READ, .about = {"地图", "The map"}, .examples = {"/"},
     .any_params = true},
    {ROUTE_GET, "/match", get_match, ROUTE_READ, .about = {"选址", "The brief and its ranking"},
     .examples = {"/match"}, .any_params = true},
    {ROUTE_GET, "/compare", get_compare, ROUTE_READ, .about = {"对比", "Up to four places side by side"},
     .examples = {"/compare"}, .any_params = true},
    {ROUTE_GET, "/about-data", get_about, ROUTE_READ, .about = {"数据与来源", "The data and who said it"},
     .examples = {"/about-data"}, .any_params = true},
    {ROUTE_GET, "/assets/{asset}", get_asset, ROUTE_READ,
     .about = {"网页的文件，名中有内容的散列，一年内不变",
               "The pages' files; a name bears a hash of its content"},
     .errors = {ERR_ROUTE_UNKNOWN}, .examples = {"/assets/none.js"}},
    {ROUTE_GET, "/{page}", get_list_page, ROUTE_READ,
     .about = {"一类的列表；没有脚本也可读", "The list of a kind; readable without scripts too"},
     .errors = {ERR_ROUTE_UNKNOWN, ERR_NOT_READY}, .examples = {"/parks", "/indicators?lang=en", "/chains"},
     .any_params = true},
    {ROUTE_GET, "/{page}/{id}", get_one_page, ROUTE_WORK,
     .about = {"一条的页面，没有脚本也可读；没有这一条时状态为 404",
               "The page of one, readable without scripts too; its status is 404 if there is none"},
     .errors = {ERR_ROUTE_UNKNOWN, ERR_BUSY, ERR_NOT_READY}, .examples = {"/regions/440705", "/parks/none"},
     .any_params = true},
};

const RouteList routes_pages = {routes, sizeof routes / sizeof *routes};
