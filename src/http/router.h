/* http/router.h: the one table of routes. The server answers from it, docs/api.md is written from it, and the
 * secrecy test crawls it: a route cannot exist beside it. */
#pragma once
#include "http/reply.h"
#include "http/request.h"
#include "model/model.h"

typedef Err RouteHandler(Request *req, Reply *reply);

typedef enum RouteMethod { ROUTE_GET, ROUTE_POST } RouteMethod;

/* READ: only the atlas, answered at once on the server's own threads. WORK: the ledger, by a worker with a
 * connection. */
typedef enum RouteClass { ROUTE_READ, ROUTE_WORK } RouteClass;

/* Of a READ route: this request may take so long that it would hold up the others on the server's thread; a
 * worker answers it, and a full queue refuses it. Asked when the body is there. */
typedef bool RouteLong(const Request *req);

typedef struct RouteParam {
    const char *name;
    Label about;
    const char *example;
} RouteParam;

enum { ROUTE_PARAMS_MAX = 12, ROUTE_ERRORS_MAX = 24, ROUTE_EXAMPLES_MAX = 6 };

typedef struct Route {
    RouteMethod method;
    const char
        *pattern; /* "/api/{kind}/{id}": a hole takes one segment, or what stands before a dot: "{y}.mvt" */
    RouteHandler *handler;
    RouteClass class;
    RouteLong *takes_long;               /* NULL: never */
    size_t body_max;                     /* bytes; POST */
    Label about;                         /* what it gives */
    RouteParam params[ROUTE_PARAMS_MAX]; /* of the query; all others are refused. Ends with a NULL name */
    Err errors[ROUTE_ERRORS_MAX];        /* what it may answer besides; ends with OK */
    const char
        *examples[ROUTE_EXAMPLES_MAX]; /* whole paths, for the document and the crawl; of a POST: its body */
    bool any_params; /* a page keeps its state in the query and reads it itself: none is refused */
} Route;

typedef struct RouteList {
    const Route *routes;
    uint32_t count;
} RouteList;

uint32_t route_count(void);
const Route *route_at(uint32_t n);
uint32_t route_number(const Route *route); /* 0 … route_count() - 1 */

/* Fills the request's path values. HEAD finds what GET finds. ERR_ROUTE_UNKNOWN, or ERR_METHOD with the
 * allowed ones. */
MUST_USE Err route_find(Request *req, const Route **ret);

/* ERR_PARAM_UNKNOWN for a query parameter the route does not have; `lang` is everywhere, a page has any. */
MUST_USE Err route_check_params(const Route *route, const Request *req);
