#include "app/query.h"
#include "http/routes/routes.h"

static Err get_meta(Request *req, Reply *reply)
{
    const Atlas *view;
    TRY(request_view(req, &view));
    JsonOut out = json_out(&req->out);
    query_meta(app_config(req->app), req->view, &out);
    reply_json(reply, req);
    return OK;
}

static Err get_model(Request *req, Reply *reply)
{
    JsonOut out = json_out(&req->out);
    query_model(req->audience, &out);
    reply_json(reply, req);
    return OK;
}

static const Route routes[] = {
    {ROUTE_GET, "/api/meta", get_meta, ROUTE_READ,
     .about = {"名称、审图号、数据截至、范围、各类多少条",
               "Name, map approval number, latest as-of, extent, how many of each kind"},
     .errors = {ERR_NOT_READY}, .examples = {"/api/meta"}},
    {ROUTE_GET, "/api/model", get_model, ROUTE_READ,
     .about = {"有哪些类，各有哪些项，单位、码表", "The kinds, their fields with units, the code lists"},
     .examples = {"/api/model"}},
};

const RouteList routes_meta = {routes, sizeof routes / sizeof *routes};
