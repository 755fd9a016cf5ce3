#include "app/query.h"
#include "http/routes/routes.h"
#include "tile/tile.h"

static Err get_tile(Request *req, Reply *reply)
{
    const Atlas *view;
    const Filter *filter;
    Kind kind;
    TileId tile;
    TRY(request_kind(req, &kind));
    if (kind_info(kind)->geometry == GEOMETRY_NONE)
        return fail(ERR_ROUTE_UNKNOWN, "path", str_c(req->path), NULL);
    TRY(request_path_number(req, "z", &tile.z));
    TRY(request_path_number(req, "x", &tile.x));
    TRY(request_path_number(req, "y", &tile.y));
    TRY(tile_check(tile.z, tile.x, tile.y));
    TRY(request_view(req, &view));
    TRY(query_filter(req->arena, view, kind, request_text(req, "filter"), request_text(req, "filter-lang"),
                     &filter));
    TRY(tile_encode(req->arena, view, kind, tile, filter, &req->out));
    reply_bytes(reply, "application/vnd.mapbox-vector-tile", buf_view(&req->out));
    if (reply->body.len == 0)
        reply->status = 204;
    return OK;
}

static const Route routes[] = {
    {ROUTE_GET, "/tiles/{kind}/{z}/{x}/{y}.mvt", get_tile, ROUTE_READ,
     .about = {"一张矢量瓦片，图层名为类名；没有内容时 204",
               "One vector tile, its layer named for the kind; 204 when it is empty"},
     .params = {{"filter", {"CQL2 文本", "CQL2 text"}, "land_use='M2'"}, FILTER_LANG_PARAM},
     .errors = {ERR_TILE_RANGE, ERR_PARAM, FILTER_ERRORS, ERR_NOT_READY},
     .examples = {"/tiles/parcel/9/416/222.mvt", "/tiles/region/8/208/111.mvt", "/tiles/park/9/416/222.mvt"}},
};

const RouteList routes_tiles = {routes, sizeof routes / sizeof *routes};
