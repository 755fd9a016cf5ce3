#include "http/routes/routes.h"
#include "http/server.h"

static const char TEXT[] = "text/plain; charset=utf-8";

static void say(Reply *reply, int status, Str text)
{
    reply_bytes(reply, TEXT, text);
    reply->status = status;
    reply->private = true;
}

static Err get_health(Request *req, Reply *reply)
{
    (void)req;
    say(reply, 200, STR("ok\n"));
    return OK;
}

static Err get_ready(Request *req, Reply *reply)
{
    bool ready = req->view && !server_stopping(req->server);
    say(reply, ready ? 200 : 503, ready ? STR("ready\n") : STR("not ready\n"));
    reply->retry_s = ready ? 0 : 1;
    return OK;
}

static Err get_metrics(Request *req, Reply *reply)
{
    server_metrics(req->server, req->app, &req->out);
    say(reply, 200, buf_view(&req->out));
    reply->type = "text/plain; version=0.0.4; charset=utf-8";
    return OK;
}

static const Route routes[] = {
    {ROUTE_GET, "/healthz", get_health, ROUTE_READ, .about = {"进程在运行", "The process is running"},
     .examples = {"/healthz"}},
    {ROUTE_GET, "/readyz", get_ready, ROUTE_READ,
     .about = {"可以应答：图集已就绪，也没有在停机；否则 503",
               "It can answer: there is an atlas, and it is not stopping; else 503"},
     .examples = {"/readyz"}},
    {ROUTE_GET, "/metrics", get_metrics, ROUTE_READ,
     .about = {"Prometheus 格式的运行指标；没有一个数随非公开数据而变，除非打开了 metrics-ledger",
               "Figures of its running, for Prometheus; none of them changes with what is not public, unless "
               "metrics-ledger is on"},
     .examples = {"/metrics"}},
};

const RouteList routes_health = {routes, sizeof routes / sizeof *routes};
