#include "http/server.h"
#include "base/log.h"
#include "http/listen.h"
#include "http/pages.h"
#include "http/router.h"
#include <microhttpd.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct Server {
    App *app;
    ServerConfig config;
    struct MHD_Daemon *daemon;
    Workers *workers;
    Metrics *metrics;
    char address[LISTEN_TEXT_MAX];
    atomic_bool stopping;
    atomic_uint connections;
    atomic_uint running; /* requests between their first byte and their answer's last */
};

typedef enum Stage {
    STAGE_ARRIVED, /* headers are there, nothing has been looked at */
    STAGE_BODY,    /* accepted or refused; its body, if any, is coming */
    STAGE_WORKING, /* suspended, a worker has it */
    STAGE_ANSWERED /* the reply is complete and is to be sent */
} Stage;

/* One request and what the server needs to know of it. */
typedef struct Exchange {
    Server *server;
    struct MHD_Connection *connection;
    Stage stage;
    Str uri;
    const Route *route; /* NULL until found */
    Request req;
    Reply reply;
    int64_t start_ns, length;
    size_t swallowed;
    bool refused; /* reply holds why; the body is read and forgotten */
    int sent_status;
    size_t sent_bytes;
} Exchange;

/* ---- answering ---- */

static void give_fault(Exchange *ex, const Fault *fault)
{
    bool browser = fault->code == ERR_ROUTE_UNKNOWN && request_wants_page(&ex->req) &&
                   !str_starts(ex->req.path, "/api/") && !str_starts(ex->req.path, "/tiles/");
    if (browser && reply_page(&ex->req, &ex->reply, NULL)) {
        ex->reply.status = 404;
        ex->reply.private = true;
        return;
    }
    reply_fault(&ex->reply, &ex->req, fault);
}

static enum MHD_Result send_reply(Exchange *ex)
{
    Wire wire;
    ex->reply.close |= atomic_load(&ex->server->stopping);
    reply_finish(&ex->reply, &ex->req, &wire);
    struct MHD_Response *response = MHD_create_response_from_buffer(
        wire.body.len, (void *)(uintptr_t)wire.body.ptr, MHD_RESPMEM_PERSISTENT);
    if (!response)
        return MHD_NO;
    for (uint32_t i = 0; i < wire.header_count; i++)
        if (MHD_add_response_header(response, wire.headers[i].name.ptr, wire.headers[i].value.ptr) == MHD_NO)
            log_event(LOG_ERROR, "header refused", "name", wire.headers[i].name.ptr, NULL);
    enum MHD_Result queued = MHD_queue_response(ex->connection, (unsigned)wire.status, response);
    MHD_destroy_response(response);
    ex->sent_status = wire.status;
    ex->sent_bytes = str_is(ex->req.method, "HEAD") ? 0 : wire.body.len;
    return queued;
}

static Err run_handler(Exchange *ex)
{
    TRY(ex->route->handler(&ex->req, &ex->reply));
    return buf_check(&ex->req.out, "the answer");
}

static Err answer(Exchange *ex)
{
    Err err = run_handler(ex);
    if (err != OK) {
        Fault fault = *fault_last(); /* what answers may fail, too */
        give_fault(ex, &fault);
    }
    return err;
}

/* On a worker's thread. What only reads the atlas does not miss the ledger. */
static Err work(void *job, Store *store, Err store_err)
{
    Exchange *ex = job;
    Err err = ex->route->class == ROUTE_READ ? OK : store_err;
    ex->req.store = store;
    if (err == OK)
        err = answer(ex);
    else
        reply_fault(&ex->reply, &ex->req, fault_last());
    ex->req.store = NULL;
    ex->stage = STAGE_ANSWERED;
    MHD_resume_connection(ex->connection);
    return err;
}

static enum MHD_Result dispatch(Exchange *ex)
{
    Atlas *view;
    if (app_view(ex->server->app, ex->req.audience, &view) == OK)
        ex->req.view = view;
    bool takes_long = ex->route->takes_long && ex->route->takes_long(&ex->req);
    if (ex->route->class == ROUTE_READ && !takes_long) {
        (void)!answer(ex);
        ex->stage = STAGE_ANSWERED;
        return send_reply(ex);
    }
    ex->stage = STAGE_WORKING;
    MHD_suspend_connection(ex->connection);
    if (workers_add(ex->server->workers, ex) != OK) {
        reply_fault(&ex->reply, &ex->req, fault_last());
        ex->stage = STAGE_ANSWERED;
        MHD_resume_connection(ex->connection);
    }
    return MHD_YES;
}

/* ---- accepting ---- */

typedef struct Collected {
    Arena *arena;
    Header headers[GUARD_HEADERS_MAX + 1];
    uint32_t count;
} Collected;

static enum MHD_Result collect(void *user, enum MHD_ValueKind kind, const char *name, size_t name_len,
                               const char *value, size_t value_len)
{
    (void)kind;
    Collected *all = user;
    if (all->count > GUARD_HEADERS_MAX)
        return MHD_NO; /* one too many is enough to know */
    all->headers[all->count++] =
        (Header){str_copy(all->arena, (Str){name, name_len}),
                 str_copy(all->arena, (Str){value ? value : "", value ? value_len : 0})};
    return MHD_YES;
}

static Err accept_request(Exchange *ex, const char *method, const char *version)
{
    Request *req = &ex->req;
    Collected *all = arena_new_of(req->arena, Collected);
    all->arena = req->arena;
    MHD_get_connection_values_n(ex->connection, MHD_HEADER_KIND, collect, all);
    req->method = str_copy(req->arena, str_of(method));
    GuardInput input = {str_of(version), req->method, ex->uri, all->headers, all->count};
    Err err = guard_check(&input, &ex->length);
    if (err != OK) {
        Fault fault = *fault_last();
        request_read_headers(req, all->headers, all->count);
        metrics_refused(ex->server->metrics);
        ex->length = -1; /* whatever it has, it is not to be read */
        ex->reply.close = true;
        fault_set(&fault);
        return err;
    }
    err = request_read_uri(req, ex->uri);
    Fault fault = *fault_last();
    request_read_headers(req, all->headers, all->count);
    fault_set(&fault);
    TRY(err);
    TRY(route_find(req, &ex->route));
    TRY(route_check_params(ex->route, req));
    if (ex->length > (int64_t)ex->route->body_max)
        return fail(ERR_BODY_SIZE, "limit", num_c((int64_t)ex->route->body_max), NULL);
    buf_init(&req->body, ex->route->body_max);
    return OK;
}

static bool waits_for_continue(const Exchange *ex)
{
    return request_header(&ex->req, "Expect").len > 0;
}

/* Headers are there. What is refused with a body behind it is answered when the body is over, so that the
 * client hears it; a body that must not be read, or that is still to be allowed, is answered at once and the
 * connection ends. */
static enum MHD_Result arrive(Exchange *ex, const char *method, const char *version)
{
    ex->stage = STAGE_BODY;
    if (accept_request(ex, method, version) == OK)
        return MHD_YES;
    bool malformed = ex->reply.close;
    Fault fault = *fault_last();
    give_fault(ex, &fault);
    ex->refused = true;
    if (malformed || ex->length > SERVER_SWALLOW_MAX || (ex->length != 0 && waits_for_continue(ex))) {
        ex->reply.close = true;
        ex->stage = STAGE_ANSWERED;
        return send_reply(ex);
    }
    ex->reply.close = ex->length != 0;
    return MHD_YES;
}

static enum MHD_Result take_body(Exchange *ex, const char *data, size_t *size)
{
    if (!ex->refused)
        buf_add(&ex->req.body, data, *size);
    if (!ex->refused && ex->req.body.full) {
        (void)!fail(ERR_BODY_SIZE, "limit", num_c((int64_t)ex->route->body_max), NULL);
        give_fault(ex, fault_last());
        ex->refused = true;
        ex->reply.close = true;
    }
    ex->swallowed += *size;
    *size = 0;
    return ex->swallowed > SERVER_SWALLOW_MAX ? MHD_NO : MHD_YES;
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *data, size_t *size,
                              void **state)
{
    (void)cls, (void)url;
    Exchange *ex = *state;
    ex->connection = connection;
    switch (ex->stage) {
    case STAGE_ARRIVED:
        return arrive(ex, method, version);
    case STAGE_BODY:
        if (*size)
            return take_body(ex, data, size);
        if (!ex->refused)
            return dispatch(ex);
        ex->stage = STAGE_ANSWERED;
        return send_reply(ex);
    case STAGE_WORKING:
        return MHD_YES;
    case STAGE_ANSWERED:
        return send_reply(ex);
    }
    return MHD_NO;
}

/* The address as it came is told once, before anything is read of the request; what is made here ends in
 * `completed`. */
static void *uri_arrived(void *cls, const char *uri, struct MHD_Connection *connection)
{
    Server *server = cls;
    Exchange *ex = heap_zalloc(sizeof *ex);
    ex->server = server;
    ex->connection = connection;
    ex->start_ns = clock_now_ns();
    request_init(&ex->req, server->app);
    ex->req.server = server;
    ex->uri = str_copy(ex->req.arena, str_of(uri));
    atomic_fetch_add(&server->running, 1);
    return ex;
}

static void log_request(const Exchange *ex, int64_t ns, bool whole)
{
    const RequestsLogged wanted = ex->server->config.log_requests;
    const bool failed = ex->sent_status >= 500 || (ex->sent_status == 400 && !ex->route);
    if (wanted == LOG_REQUESTS_NONE || (wanted == LOG_REQUESTS_ERRORS && !failed))
        return;
    char ms[32];
    snprintf(ms, sizeof ms, "%.3f", (double)ns / 1e6);
    log_event(ex->sent_status >= 500 ? LOG_WARN : LOG_INFO, "request", "request", ex->req.id, "method",
              str_c(ex->req.method), "path", str_c(ex->req.path), "route",
              ex->route ? ex->route->pattern : "none", "status", num_c(ex->sent_status), "bytes",
              num_c((int64_t)ex->sent_bytes), "ms", ms, "whole", whole ? "true" : "false", NULL);
}

static void completed(void *cls, struct MHD_Connection *connection, void **state,
                      enum MHD_RequestTerminationCode why)
{
    (void)connection;
    Server *server = cls;
    Exchange *ex = *state;
    if (!ex)
        return;
    if (ex->sent_status) {
        int64_t ns = clock_now_ns() - ex->start_ns;
        metrics_count(server->metrics, ex->route ? (int)route_number(ex->route) : -1, ex->sent_status, ns,
                      ex->sent_bytes);
        log_request(ex, ns, why == MHD_REQUEST_TERMINATED_COMPLETED_OK);
    }
    request_done(&ex->req);
    free(ex);
    *state = NULL;
    atomic_fetch_sub(&server->running, 1);
}

static void connection_changed(void *cls, struct MHD_Connection *connection, void **state,
                               enum MHD_ConnectionNotificationCode code)
{
    (void)connection, (void)state;
    Server *server = cls;
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        atomic_fetch_add(&server->connections, 1);
    else
        atomic_fetch_sub(&server->connections, 1);
}

static void mhd_log(void *cls, const char *fmt, va_list ap)
{
    (void)cls;
    char text[512];
    vsnprintf(text, sizeof text, fmt, ap);
    text[strcspn(text, "\n")] = '\0';
    log_event(LOG_DEBUG, "http library", "text", text, NULL);
}

/* ---- the server ---- */

/* The library's own strictness stays off: the guard refuses all that it would, with a sentence, where 0.9.75
 * sends the head of its refusals twice. */
static Err start_daemon(Server *server, int listener)
{
    const struct MHD_OptionItem options[] = {
        {MHD_OPTION_LISTEN_SOCKET, listener, NULL},
        {MHD_OPTION_THREAD_POOL_SIZE, server->config.threads, NULL},
        {MHD_OPTION_STRICT_FOR_CLIENT, 0, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, server->config.connections, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, server->config.idle_s, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, SERVER_CONNECTION_BYTES, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    const unsigned flags =
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC | MHD_USE_ERROR_LOG;
    server->daemon = MHD_start_daemon(flags, 0, NULL, NULL, handle, server, MHD_OPTION_EXTERNAL_LOGGER,
                                      mhd_log, NULL, MHD_OPTION_ARRAY, options, MHD_OPTION_URI_LOG_CALLBACK,
                                      uri_arrived, server, MHD_OPTION_NOTIFY_CONNECTION, connection_changed,
                                      server, MHD_OPTION_NOTIFY_COMPLETED, completed, server, MHD_OPTION_END);
    return server->daemon ? OK
                          : fail(ERR_LISTEN, "address", server->address, "detail",
                                 "the server could not be started", NULL);
}

Err server_start(App *app, const ServerConfig *config, Server **ret)
{
    Server *server = heap_zalloc(sizeof *server);
    server->app = app;
    server->config = *config;
    server->config.address = NULL;
    server->metrics = metrics_new();
    server->config.connections = listen_room(config->connections);
    if (server->config.connections < config->connections)
        log_event(LOG_WARN, "fewer connections than told", "connections", num_c(server->config.connections),
                  "told", num_c(config->connections), "detail", "more files may not be open (RLIMIT_NOFILE)",
                  NULL);
    int listener = -1;
    Err err = listen_open(config->address, (int)config->backlog, &listener, server->address);
    if (err == OK)
        err = workers_new(app, config->workers, work, &server->workers);
    if (err == OK)
        err = start_daemon(server, listener);
    if (err == OK) {
        *ret = server;
        return OK;
    }
    Fault fault = *fault_last();
    if (listener >= 0)
        close(listener);
    workers_free(server->workers);
    metrics_free(server->metrics);
    free(server);
    fault_set(&fault);
    return err;
}

const char *server_address(const Server *server)
{
    return server->address;
}

bool server_stopping(const Server *server)
{
    return atomic_load(&server->stopping);
}

void server_metrics(const Server *server, App *app, Buf *out)
{
    MetricGauges gauges = {.queue = workers_queued(server->workers),
                           .queue_max = server->config.workers.queue,
                           .connections_max = server->config.connections,
                           .ledger = server->config.metrics_ledger};
    gauges.connections = atomic_load(&server->connections);
    app_stats(app, &gauges.app);
    metrics_write(server->metrics, &gauges, out);
}

static void wait_idle(Server *server, int ms)
{
    const struct timespec nap = {0, 5 * 1000 * 1000};
    for (int64_t end = clock_now_ns() + ms * INT64_C(1000000);
         atomic_load(&server->running) && clock_now_ns() < end;)
        nanosleep(&nap, NULL);
}

void server_stop(Server *server)
{
    if (!server)
        return;
    atomic_store(&server->stopping, true);
    MHD_socket listener = MHD_quiesce_daemon(server->daemon);
    if (listener != MHD_INVALID_SOCKET)
        close(listener);
    wait_idle(server, (int)server->config.drain_s * 1000);
    workers_free(
        server->workers); /* resumes whatever was suspended: the library must find nothing suspended */
    MHD_stop_daemon(server->daemon);
    metrics_free(server->metrics);
    free(server);
}
