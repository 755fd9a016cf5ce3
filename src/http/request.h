/* http/request.h: one request as a handler sees it: decoded path and query, the body, and the view it reads
 * through. Knows nothing of the HTTP library. Belongs to one thread at a time; everything in it lives as long
 * as it does. */
#pragma once
#include "app/app.h"
#include "app/sentence.h"
#include "http/guard.h"
#include "model/model.h"

enum {
    REQUEST_SEGMENTS_MAX = 8,
    REQUEST_HOLES_MAX = 4,
    REQUEST_PARAMS_MAX = 64, /* a brief's page has one a condition */
    REQUEST_ID_BYTES = 64,
    REPLY_BYTES_MAX = 32 * 1024 * 1024,
};

typedef struct Pair {
    Str name, value;
} Pair;

typedef struct Request {
    Arena *arena;
    App *app;
    const struct Server *server; /* metrics and state, for routes/health.c; NULL in unit tests */
    Atlas *view;                 /* what this audience may see; NULL until the first atlas is there */
    Store *store;                /* a worker's own connection; NULL in READ routes */
    Audience audience;
    Str method, path; /* the path as it came, without the query */
    Str segments[REQUEST_SEGMENTS_MAX];
    uint32_t segment_count;
    Pair path_values[REQUEST_HOLES_MAX];
    uint32_t path_count;
    Pair query[REQUEST_PARAMS_MAX];
    uint32_t query_count;
    const Header *headers;
    uint32_t header_count;
    Buf body, out; /* out: what the handler writes; both freed with the request */
    Lang lang;
    char id[REQUEST_ID_BYTES + 1];
} Request;

void request_init(Request *req, App *app);
void request_done(Request *req); /* drops the view, frees arena and buffers */

/* Splits and decodes the address, which guard_check has passed. ERR_REQUEST (not UTF-8, too many parts),
 * ERR_PARAM (the same parameter twice). */
MUST_USE Err request_read_uri(Request *req, Str uri);

/* Language, request id and the like, from the headers. Keeps `headers`. */
void request_read_headers(Request *req, const Header *headers, uint32_t count);

Str request_header(const Request *req, const char *name); /* "" if there is none */
bool request_wants_page(const Request *req);              /* a browser that navigates: text/html first */

/* The segment a hole took. Asserts that the route has it. */
Str request_path(const Request *req, const char *hole);
MUST_USE Err request_kind(const Request *req, Kind *ret); /* of {kind}; an unknown one is ERR_ROUTE_UNKNOWN */
MUST_USE Err request_path_number(const Request *req, const char *hole, uint32_t *ret); /* ERR_PARAM */

bool request_has(const Request *req, const char *name);
Str request_text(const Request *req, const char *name); /* "" if it was not given */

/* A whole number; `otherwise` if it was not given. ERR_PARAM if it is none or not within min … max. */
MUST_USE Err request_int(const Request *req, const char *name, int64_t min, int64_t max, int64_t otherwise,
                         int64_t *ret);

/* A choice; ERR_NOT_READY while there is no atlas yet. */
MUST_USE Err request_view(const Request *req, const Atlas **ret);
