/* http/server.h: the server: libmicrohttpd with epoll threads for what the atlas answers, suspended
 * connections and workers for what needs the ledger, limits for everything.
 *
 * A request's way: its address as it came (uri callback), guard, route, body, handler (at once, or by a
 * worker), reply. */
#pragma once
#include "app/app.h"
#include "http/metrics.h"

enum {
    SERVER_THREADS = 2,
    SERVER_CONNECTIONS_MAX = 1000,
    SERVER_BACKLOG = 512,
    SERVER_IDLE_S = 30, /* a connection that says nothing is closed */
    SERVER_CONNECTION_BYTES =
        128 * 1024, /* headers and buffers of each connection: the longest address, and as it is parsed. The
                       library clears them after every request: 256 KiB took 3 us of it */
    SERVER_DRAIN_MS = 10 * 1000, /* how long a stop waits for running requests */
    SERVER_SWALLOW_MAX =
        128 * 1024 * 1024, /* of a body that is too large: read and forgotten, so that the client hears why */
};

typedef struct Server Server;

/* "127.0.0.1:8787", "[::1]:8787"; port 0 takes a free one. Keeps app. ERR_LISTEN (in use, not allowed, no
 * such address). */
MUST_USE Err server_start(App *app, const char *address, Server **ret);
const char *server_address(const Server *server); /* with the port it has */

/* Stops accepting, lets running requests end (SERVER_DRAIN_MS at most), closes. Frees it. */
void server_stop(Server *server);

/* For routes/health.c. */
bool server_stopping(const Server *server);
void server_metrics(const Server *server, App *app, Buf *out);
