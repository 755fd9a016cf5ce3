/* http/server.h: the server: libmicrohttpd with epoll threads for what the atlas answers, suspended
 * connections and workers for what needs the ledger, limits for everything.
 *
 * A request's way: its address as it came (uri callback), guard, route, body, handler (at once, or by a
 * worker), reply. */
#pragma once
#include "app/app.h"
#include "http/metrics.h"
#include "http/workers.h"

enum {
    SERVER_THREADS_MAX = 64,
    SERVER_CONNECTIONS_MAX = 60000,
    SERVER_CONNECTION_BYTES =
        128 * 1024, /* headers and buffers of each connection: the longest address, and as it is parsed. The
                       library clears them after every request: 256 KiB took 3 us of it */
    SERVER_SWALLOW_MAX =
        128 * 1024 * 1024, /* of a body that is too large: read and forgotten, so that the client hears why */
};

typedef struct Server Server;

/* A line in the log when a request has ended: of none; of those that failed on this side (500 and above) or
 * that the guard refused; of all. */
typedef enum RequestsLogged { LOG_REQUESTS_NONE, LOG_REQUESTS_ERRORS, LOG_REQUESTS_ALL } RequestsLogged;

typedef struct ServerConfig {
    const char *address;  /* "127.0.0.1:8787", "[::1]:8787"; port 0 takes a free one */
    uint32_t threads;     /* 1 … SERVER_THREADS_MAX */
    uint32_t connections; /* open at a time, at most SERVER_CONNECTIONS_MAX */
    uint32_t backlog;     /* waiting to be accepted */
    uint32_t idle_s;      /* a connection that says nothing for so long is closed */
    uint32_t drain_s;     /* how long a stop waits for running requests */
    WorkersLimits workers;
    bool metrics_ledger; /* /metrics also counts commits, whatever they hold: not for everybody */
    RequestsLogged log_requests;
} ServerConfig;

/* Keeps app, copies config but for the address. ERR_LISTEN (in use, not allowed, no such address). */
MUST_USE Err server_start(App *app, const ServerConfig *config, Server **ret);
const char *server_address(const Server *server); /* with the port it has */

/* Stops accepting, lets running requests end (drain_s at most), closes. Frees it. */
void server_stop(Server *server);

/* For routes/health.c. */
bool server_stopping(const Server *server);
void server_metrics(const Server *server, App *app, Buf *out);
