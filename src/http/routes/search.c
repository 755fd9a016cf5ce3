#include "app/search.h"
#include "atlas/names.h"
#include "http/routes/routes.h"

static Err get_search(Request *req, Reply *reply)
{
    const Atlas *view;
    int64_t limit;
    TRY(request_int(req, "limit", 1, SEARCH_LIMIT_MAX, SEARCH_LIMIT_DEFAULT, &limit));
    TRY(request_view(req, &view));
    JsonOut out = json_out(&req->out);
    TRY(query_search(req->arena, view, request_text(req, "q"), request_text(req, "kinds"), (uint32_t)limit,
                     &out));
    reply_json(reply, req);
    return OK;
}

static const Route routes[] = {
    {ROUTE_GET, "/api/search", get_search, ROUTE_READ,
     .about =
         {"按名称、别名、曾用名、拼音（全拼、首字母、混写）、编号查找各类事物，繁简、大小写不分；每类按匹配"
          "程度排，企业再按注册资本；太多时 `total` 是至少的数，另有 `total_is_least`",
          "Things of all kinds by name, other or former name, pinyin (whole, initials, mixed) or code, "
          "whatever the script or case; of each kind the best match first, of enterprises then the largest "
          "by capital. `total` is at least so many where there is `total_is_least`. `matched` says by what, "
          "and where in its text, in UTF-16 units"},
     .params = {{"q", {"要找的，1 到 100 字", "what is sought, 1 to 100 characters"}, "fengshanhu"},
                {"limit", {"每类至多几条，最多 50", "at most how many of each kind, up to 50"}, "8"},
                {"kinds",
                 {"只找哪几类，逗号分隔", "of which kinds only, separated by commas"},
                 "park,enterprise"}},
     .errors = {ERR_PARAM, ERR_LIMIT, ERR_KIND_UNKNOWN, ERR_NOT_READY},
     .examples = {"/api/search?q=%E6%96%B0%E4%BC%9A", "/api/search?q=xinhui&limit=3",
                  "/api/search?q=xh&kinds=region", "/api/search?q=4407"}},
};

const RouteList routes_search = {routes, sizeof routes / sizeof *routes};
