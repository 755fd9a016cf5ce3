#include "http/request.h"
#include "base/hash.h"
#include <assert.h>
#include <stdio.h>

void request_init(Request *req, App *app)
{
    *req = (Request){
        .arena = arena_new(), .app = app, .audience = AUDIENCE_PUBLIC, .method = STR(""), .path = STR("")};
    buf_init(&req->body, 0);
    buf_init(&req->out, REPLY_BYTES_MAX);
    unique_hex(req->id);
}

void request_done(Request *req)
{
    atlas_unref(req->view);
    buf_done(&req->body);
    buf_done(&req->out);
    arena_free(req->arena);
}

static int hex(char c)
{
    return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

/* guard_check has seen that every % has its two digits. */
static Str decode(Arena *arena, Str from, bool plus_is_space)
{
    char *to = arena_alloc(arena, from.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < from.len; i++) {
        char c = from.ptr[i];
        if (c == '%') {
            c = (char)(hex(from.ptr[i + 1]) * 16 + hex(from.ptr[i + 2]));
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        to[len++] = c;
    }
    to[len] = '\0';
    return (Str){to, len};
}

/* A parameter given twice is an error, but the others are read all the same: one of them may say the language
 * of it. */
static Err read_query(Request *req, Str query)
{
    const Pair *twice = NULL;
    while (query.len) {
        Str value = str_cut(&query, '&');
        if (value.len == 0)
            continue;
        Str name = str_cut(&value, '=');
        if (req->query_count == REQUEST_PARAMS_MAX)
            return fail(ERR_REQUEST, "detail", "there are too many parameters", NULL);
        Pair pair = {decode(req->arena, name, true), decode(req->arena, value, true)};
        if (!str_utf8_valid(pair.name) || !str_utf8_valid(pair.value))
            return fail(ERR_REQUEST, "detail", "the address is not UTF-8", NULL);
        if (request_has(req, str_c(pair.name)))
            twice = arena_copy(req->arena, &pair, sizeof pair);
        else
            req->query[req->query_count++] = pair;
    }
    if (twice)
        return fail(ERR_PARAM, "param", str_c(twice->name), "value", str_c(twice->value), "want",
                    "given once", NULL);
    return OK;
}

Err request_read_uri(Request *req, Str uri)
{
    Str query = str_copy(req->arena, uri);
    req->path = str_cut(&query, '?');
    Str rest = {req->path.ptr + 1, req->path.len - 1};
    size_t slashes = 1;
    for (size_t i = 0; i < rest.len; i++)
        slashes += rest.ptr[i] == '/';
    if (slashes > REQUEST_SEGMENTS_MAX)
        return fail(ERR_ROUTE_UNKNOWN, "path", str_c(req->path), NULL);
    for (size_t i = 0; i < slashes; i++) {
        Str segment = decode(req->arena, str_cut(&rest, '/'), false);
        if (!str_utf8_valid(segment))
            return fail(ERR_REQUEST, "detail", "the address is not UTF-8", NULL);
        req->segments[req->segment_count++] = segment;
    }
    return read_query(req, query);
}

static bool id_is_plain(Str id)
{
    for (size_t i = 0; i < id.len; i++) {
        char c = id.ptr[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
                     c == '_' || c == '.';
        if (!plain)
            return false;
    }
    return id.len > 0 && id.len <= REQUEST_ID_BYTES;
}

void request_read_headers(Request *req, const Header *headers, uint32_t count)
{
    req->headers = headers;
    req->header_count = count;
    Str id = request_header(req, "X-Request-Id");
    if (id_is_plain(id))
        snprintf(req->id, sizeof req->id, STR_FMT, STR_ARG(id));
    req->lang = lang_of(request_has(req, "lang") ? request_text(req, "lang")
                                                 : request_header(req, "Accept-Language"));
}

Str request_header(const Request *req, const char *name)
{
    return header_find(req->headers, req->header_count, name);
}

bool request_wants_page(const Request *req)
{
    Str accept = request_header(req, "Accept");
    return str_starts(str_trim(str_cut(&accept, ',')), "text/html");
}

Str request_path(const Request *req, const char *hole)
{
    for (uint32_t i = 0; i < req->path_count; i++)
        if (str_is(req->path_values[i].name, hole))
            return req->path_values[i].value;
    assert(0 && "a hole the route does not have");
    return STR("");
}

Err request_kind(const Request *req, Kind *ret)
{
    if (kind_named(request_path(req, "kind"), ret) != OK)
        return fail(ERR_ROUTE_UNKNOWN, "path", str_c(req->path), NULL);
    return OK;
}

Err request_path_number(const Request *req, const char *hole, uint32_t *ret)
{
    Str text = request_path(req, hole);
    int64_t n;
    if (!str_int(text, &n) || text.ptr[0] == '+' || n < 0 || n > UINT32_MAX)
        return fail(ERR_PARAM, "param", hole, "value", str_c(text), "want", "a whole number", "example", "10",
                    NULL);
    *ret = (uint32_t)n;
    return OK;
}

static const Pair *find(const Request *req, const char *name)
{
    for (uint32_t i = 0; i < req->query_count; i++)
        if (str_is(req->query[i].name, name))
            return &req->query[i];
    return NULL;
}

bool request_has(const Request *req, const char *name)
{
    return find(req, name) != NULL;
}

Str request_text(const Request *req, const char *name)
{
    const Pair *pair = find(req, name);
    return pair ? pair->value : STR("");
}

Err request_int(const Request *req, const char *name, int64_t min, int64_t max, int64_t otherwise,
                int64_t *ret)
{
    const Pair *pair = find(req, name);
    int64_t n = otherwise;
    if (pair && (!str_int(pair->value, &n) || n < min || n > max)) {
        char want[FAULT_TEXT_MAX];
        snprintf(want, sizeof want, "a whole number from %lld to %lld", (long long)min, (long long)max);
        return fail(ERR_PARAM, "param", name, "value", str_c(pair->value), "want", want, "example",
                    num_c(otherwise), NULL);
    }
    *ret = n;
    return OK;
}

Err request_view(const Request *req, const Atlas **ret)
{
    if (!req->view)
        return fail(ERR_NOT_READY, "what", "the atlas", NULL);
    *ret = req->view;
    return OK;
}
