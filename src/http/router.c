#include "http/router.h"
#include "http/routes/routes.h"
#include <assert.h>
#include <string.h>

static const RouteList *const lists[] = {
    &routes_health, &routes_meta,     &routes_basemap, &routes_match, &routes_chains,
    &routes_search, &routes_entities, &routes_tiles,   &routes_pages,
};

enum { LISTS = sizeof lists / sizeof *lists };

uint32_t route_count(void)
{
    uint32_t count = 0;
    for (int i = 0; i < LISTS; i++)
        count += lists[i]->count;
    return count;
}

const Route *route_at(uint32_t n)
{
    for (int i = 0; i < LISTS; i++) {
        if (n < lists[i]->count)
            return &lists[i]->routes[n];
        n -= lists[i]->count;
    }
    return NULL;
}

uint32_t route_number(const Route *route)
{
    uint32_t before = 0;
    for (int i = 0; i < LISTS; i++) {
        if (route >= lists[i]->routes && route < lists[i]->routes + lists[i]->count)
            return before + (uint32_t)(route - lists[i]->routes);
        before += lists[i]->count;
    }
    assert(0 && "a route that is in no list");
    return 0;
}

static bool is_page(Str segment)
{
    for (int k = 0; k < KIND_COUNT; k++)
        if (str_is(segment, kind_info((Kind)k)->page))
            return true;
    return false;
}

/* One segment against its pattern: a literal, "{id}", or "{y}.mvt". A {page} is one that a kind has. */
static bool segment_fits(Request *req, Str pattern, Str segment)
{
    if (pattern.len == 0 || pattern.ptr[0] != '{')
        return str_eq(pattern, segment);
    Str tail = pattern;
    Str name = str_cut(&tail, '}');
    if (segment.len <= tail.len || memcmp(segment.ptr + segment.len - tail.len, tail.ptr, tail.len) != 0)
        return false;
    segment.len -= tail.len;
    if (str_eq((Str){name.ptr + 1, name.len - 1}, STR("page")) && !is_page(segment))
        return false;
    assert(req->path_count < REQUEST_HOLES_MAX);
    req->path_values[req->path_count++] = (Pair){{name.ptr + 1, name.len - 1}, segment};
    return true;
}

static bool path_fits(Request *req, const char *pattern)
{
    Str rest = str_of(pattern + 1);
    uint32_t at = 0;
    req->path_count = 0;
    do {
        Str want = str_cut(&rest, '/');
        if (at == req->segment_count || !segment_fits(req, want, req->segments[at]))
            return false;
        at++;
    } while (rest.len);
    return at == req->segment_count;
}

static bool method_fits(const Route *route, Str method)
{
    if (route->method == ROUTE_POST)
        return str_is(method, "POST");
    return str_is(method, "GET") || str_is(method, "HEAD");
}

Err route_find(Request *req, const Route **ret)
{
    bool get = false, post = false;
    for (uint32_t n = 0; n < route_count(); n++) {
        const Route *route = route_at(n);
        if (!path_fits(req, route->pattern))
            continue;
        if (method_fits(route, req->method)) {
            *ret = route;
            return OK;
        }
        *(route->method == ROUTE_POST ? &post : &get) = true;
    }
    req->path_count = 0;
    if (!get && !post)
        return fail(ERR_ROUTE_UNKNOWN, "path", str_c(req->path), NULL);
    const char *allowed = get && post ? "GET, HEAD, POST" : get ? "GET, HEAD" : "POST";
    return fail(ERR_METHOD, "method", str_c(req->method), "path", str_c(req->path), "allowed", allowed, NULL);
}

static const char *known_params(const Route *route)
{
    static _Thread_local char known[FAULT_TEXT_MAX];
    known[0] = '\0';
    for (int i = 0; i < ROUTE_PARAMS_MAX && route->params[i].name; i++) {
        strncat(known, route->params[i].name, sizeof known - strlen(known) - 1);
        strncat(known, ", ", sizeof known - strlen(known) - 1);
    }
    strncat(known, "lang", sizeof known - strlen(known) - 1);
    return known;
}

Err route_check_params(const Route *route, const Request *req)
{
    if (route->any_params)
        return OK;
    for (uint32_t p = 0; p < req->query_count; p++) {
        Str name = req->query[p].name;
        bool known = str_is(name, "lang");
        for (int i = 0; i < ROUTE_PARAMS_MAX && route->params[i].name; i++)
            known |= str_is(name, route->params[i].name);
        if (!known)
            return fail(ERR_PARAM_UNKNOWN, "param", str_c(name), "known", known_params(route), NULL);
    }
    return OK;
}
