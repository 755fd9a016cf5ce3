#include "app/query.h"
#include "app/table_file.h"
#include "http/routes/routes.h"

enum { LINKS_DEFAULT = 20 };

static Err get_list(Request *req, Reply *reply)
{
    const Atlas *view;
    ListQuery query = {.filter = request_text(req, "filter"),
                       .filter_lang = request_text(req, "filter-lang"),
                       .bbox = request_text(req, "bbox"),
                       .sort = request_text(req, "sort"),
                       .facets = request_text(req, "facets"),
                       .sum = request_text(req, "sum"),
                       .range = request_text(req, "range")};
    int64_t limit, offset;
    TRY(request_kind(req, &query.kind));
    TRY(request_int(req, "limit", 0, LIST_LIMIT_MAX, LIST_LIMIT_DEFAULT, &limit));
    TRY(request_int(req, "offset", 0, LIST_OFFSET_MAX, 0, &offset));
    TRY(request_view(req, &view));
    query.limit = (uint32_t)limit;
    query.offset = (uint32_t)offset;
    JsonOut out = json_out(&req->out);
    TRY(query_list(req->arena, view, &query, &out));
    reply_json(reply, req);
    return OK;
}

static Err get_file(Request *req, Reply *reply, TableFormat format)
{
    const Atlas *view;
    ListQuery query = {.filter = request_text(req, "filter"),
                       .filter_lang = request_text(req, "filter-lang"),
                       .bbox = request_text(req, "bbox"),
                       .sort = request_text(req, "sort")};
    TRY(request_kind(req, &query.kind));
    TRY(request_view(req, &view));
    TRY(table_file(req->arena, req->store, view, &query, format, &req->out));
    reply_bytes(reply,
                format == TABLE_CSV ? "text/csv; charset=utf-8" : "application/geo+json; charset=utf-8",
                buf_view(&req->out));
    Buf name;
    buf_init(&name, 100);
    buf_fmt(&name, "%s.%s", kind_info(query.kind)->page, format == TABLE_CSV ? "csv" : "geojson");
    reply->file_name = str_copy(req->arena, buf_view(&name)).ptr;
    buf_done(&name);
    return OK;
}

static Err get_csv(Request *req, Reply *reply)
{
    return get_file(req, reply, TABLE_CSV);
}

static Err get_geojson(Request *req, Reply *reply)
{
    return get_file(req, reply, TABLE_GEOJSON);
}

/* One that the caller may not see answers 404, as if it did not exist: 403 would reveal it. */
static Err get_entity(Request *req, Reply *reply)
{
    const Atlas *view;
    Kind kind;
    TRY(request_kind(req, &kind));
    TRY(request_view(req, &view));
    JsonOut out = json_out(&req->out);
    TRY(query_entity(req->arena, view, kind, request_path(req, "id"), &out));
    reply_json(reply, req);
    return OK;
}

static Err get_links(Request *req, Reply *reply)
{
    const Atlas *view;
    Kind kind;
    int64_t limit;
    TRY(request_kind(req, &kind));
    TRY(request_int(req, "limit", 0, LIST_LIMIT_MAX, LINKS_DEFAULT, &limit));
    TRY(request_view(req, &view));
    JsonOut out = json_out(&req->out);
    TRY(query_links(req->arena, view, kind, request_path(req, "id"), (uint32_t)limit, &out));
    reply_json(reply, req);
    return OK;
}

static Err get_why(Request *req, Reply *reply)
{
    const Atlas *view;
    Kind kind;
    TRY(request_kind(req, &kind));
    TRY(request_view(req, &view));
    JsonOut out = json_out(&req->out);
    TRY(query_why(req->arena, req->store, view, kind, request_path(req, "id"), request_text(req, "field"),
                  &out));
    reply_json(reply, req);
    return OK;
}

static const Route routes[] = {
    {ROUTE_GET, "/api/{kind}", get_list, ROUTE_READ,
     .about = {"一类中符合条件的，先是确定符合的，再是可能符合的；可附按值计数",
               "Those of a kind that a filter is true of, then those it may be true of; with counts by value "
               "if asked for"},
     .params = {{"filter", {"CQL2 文本", "CQL2 text"}, "land_use IN ('M1','M2') AND area_m2 >= 100000"},
                FILTER_LANG_PARAM,
                {"bbox", {"西,南,东,北，度", "west,south,east,north in degrees"}, "112.0,21.4,113.4,22.9"},
                {"sort", {"排序项，前加 - 为降序", "a field; - before it: downward"}, "-area_m2"},
                {"limit", {"至多几条，最多 200", "at most how many, up to 200"}, "50"},
                {"offset", {"跳过几条，最多 10000", "how many to skip, up to 10000"}, "0"},
                {"facets",
                 {"按哪些项计数，逗号分隔", "fields to count by, separated by commas"},
                 "land_use,land_state,region"},
                {"sum",
                 {"把哪些数字相加，逗号分隔，最多 4 项", "numbers to add up, separated by commas, up to 4"},
                 "area_m2"},
                {"range",
                 {"要哪些数字的最小与最大，逗号分隔，最多 4 项",
                  "numbers whose least and greatest are wanted, separated by commas, up to 4"},
                 "price_fen_m2"}},
     .errors = {FILTER_ERRORS, ERR_PARAM, ERR_NOT_READY},
     .examples = {"/api/parcel?limit=200&facets=land_use,land_state,region,park", "/api/park?sort=name_zh",
                  "/api/region", "/api/facility?filter=type%3D%27port%27", "/api/source",
                  "/api/parcel?limit=0&facets=park&sum=area_m2&range=price_fen_m2"}},
    {ROUTE_GET, "/api/{kind}/{id}", get_entity, ROUTE_READ,
     .about = {"一条，连同图形；行不是示例而其中有示例值时，sample 列出这些项（也可有 geometry）",
               "One, with its geometry. Where a row is no sample data but values of it are, `sample` names "
               "their fields (and `geometry`)"},
     .errors = {ERR_ID_UNKNOWN, ERR_NOT_READY}, .examples = {"/api/region/440705"}},
    {ROUTE_GET, "/export/{kind}.csv", get_csv, ROUTE_WORK,
     .about = {"列表成 CSV：条件确定符合的，至多 20000 行，每行写明来源和截至，sample "
               "列出示例值的项；像公式的文字前加 '",
               "A list as CSV: what the filter is true of, up to 20,000 rows, each with its sources and "
               "as-of, and in `sample` the fields whose value is sample data; a text that looks like a "
               "formula begins with '"},
     .params = {{"filter", {"CQL2 文本", "CQL2 text"}, "land_use='M2'"},
                FILTER_LANG_PARAM,
                {"bbox", {"西,南,东,北，度", "west,south,east,north in degrees"}, "112.0,21.4,113.4,22.9"},
                {"sort", {"排序项，前加 - 为降序", "a field; - before it: downward"}, "-area_m2"}},
     .errors = {FILTER_ERRORS, ERR_PARAM, ERR_BUSY, ERR_NOT_READY},
     .examples = {"/export/region.csv", "/export/source.csv"}},
    {ROUTE_GET, "/export/{kind}.geojson", get_geojson, ROUTE_WORK,
     .about = {"列表成 GeoJSON（RFC 7946），规则同上", "A list as GeoJSON (RFC 7946), by the same rules"},
     .params = {{"filter", {"CQL2 文本", "CQL2 text"}, "land_use='M2'"},
                FILTER_LANG_PARAM,
                {"bbox", {"西,南,东,北，度", "west,south,east,north in degrees"}, "112.0,21.4,113.4,22.9"},
                {"sort", {"排序项，前加 - 为降序", "a field; - before it: downward"}, "-area_m2"}},
     .errors = {FILTER_ERRORS, ERR_PARAM, ERR_BUSY, ERR_NOT_READY},
     .examples = {"/export/facility.geojson?filter=type%3D%27port%27"}},
    {ROUTE_GET, "/api/{kind}/{id}/links", get_links, ROUTE_READ,
     .about = {"各类中指向它的：属于它的、在它那里的",
               "What refers to it, kind by kind: what is its own, what is there"},
     .params = {{"limit", {"每类至多几条，最多 200", "at most how many of each, up to 200"}, "20"}},
     .errors = {ERR_ID_UNKNOWN, ERR_PARAM, ERR_NOT_READY}, .examples = {"/api/region/440705/links?limit=3"}},
    {ROUTE_GET, "/api/{kind}/{id}/why", get_why, ROUTE_WORK,
     .about = {"每个值是谁说的、截至何时，别的说法为何没有采用",
               "Who said each value, as of when, and why what else was said was not used"},
     .params = {{"field", {"只问这一项", "only this field"}, "area_m2"}},
     .errors = {ERR_ID_UNKNOWN, ERR_FIELD_UNKNOWN, ERR_BUSY, ERR_NOT_READY},
     .examples = {"/api/region/440705/why", "/api/region/440705/why?field=name_zh"}},
};

const RouteList routes_entities = {routes, sizeof routes / sizeof *routes};
