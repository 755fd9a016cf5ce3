#include "app/chain_graph.h"
#include "http/routes/routes.h"

static Err get_graph(Request *req, Reply *reply)
{
    const Atlas *view;
    NodeSize size;
    TRY(node_size_named(request_text(req, "node"), &size));
    TRY(request_view(req, &view));
    JsonOut out = json_out(&req->out);
    TRY(query_chain_graph(req->arena, view, request_path(req, "id"), size, &out));
    reply_json(reply, req);
    return OK;
}

static Err get_picture(Request *req, Reply *reply)
{
    const Atlas *view;
    SvgTheme theme;
    TRY(svg_theme_named(request_text(req, "theme"), &theme));
    TRY(request_view(req, &view));
    TRY(query_chain_svg(req->arena, view, request_path(req, "id"), req->lang, theme, &req->out));
    reply_bytes(reply, "image/svg+xml", buf_view(&req->out));
    reply->by_language = true;
    return OK;
}

static const Route routes[] = {
    {ROUTE_GET, "/api/chain/{id}/graph", get_graph, ROUTE_READ,
     .about =
         {"一条产业链画在哪里：泳道、环节、供需线；回流在泳道之下（recycling），点与点等高为横线，不等高可画"
          "成曲线",
          "Where a chain is drawn: lanes, segments, flows; return flows (recycling) run below the lanes; "
          "between points of one height a line is level, else it may be drawn as a curve"},
     .params = {{"node", {"环节大小：zh、en 或 wall（大屏）", "size of segments: zh, en or wall"}, "zh"}},
     .errors = {ERR_ID_UNKNOWN, ERR_PARAM, ERR_LIMIT, ERR_NOT_READY},
     .examples = {"/api/chain/battery/graph", "/api/chain/battery/graph?node=wall"}},
    {ROUTE_GET, "/api/chain/{id}/graph.svg", get_picture, ROUTE_READ,
     .about = {"同一张图，供打印的 SVG", "The same as SVG, for print"},
     .params = {{"theme", {"light（不写即此）或 dark", "light (unless said) or dark"}, "light"}},
     .errors = {ERR_ID_UNKNOWN, ERR_PARAM, ERR_LIMIT, ERR_NOT_READY},
     .examples = {"/api/chain/battery/graph.svg?lang=zh", "/api/chain/battery/graph.svg?lang=en&theme=dark"}},
};

const RouteList routes_chains = {routes, sizeof routes / sizeof *routes};
