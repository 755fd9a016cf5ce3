/* Whatever stands behind /tiles/ in an address, the way a request takes it: guard, splitting and decoding,
 * route, parameters, filter, tile. Refused with a code that the route says it has, or a tile that holds what
 * it should. */
#include "http/guard.h"
#include "http/router.h"
#include "tiles_fuzz.h"

/* What any address may be refused for, whatever its route. */
static bool refused_before(Err err)
{
    return err == ERR_REQUEST || err == ERR_ROUTE_UNKNOWN || err == ERR_PARAM_UNKNOWN || err == ERR_PARAM;
}

static bool told_of(const Route *route, Err err)
{
    for (int i = 0; i < ROUTE_ERRORS_MAX && route->errors[i] != OK; i++)
        if (route->errors[i] == err)
            return true;
    return refused_before(err);
}

static void answer(Request *req)
{
    const Route *route;
    Reply reply = {0};
    Err err = route_find(req, &route);
    if (err == OK)
        err = route_check_params(route, req);
    if (err != OK) {
        must(refused_before(err));
        return;
    }
    if (!str_starts(str_of(route->pattern), "/tiles/"))
        return;
    err = route->handler(req, &reply);
    if (err != OK) {
        must(told_of(route, err));
        return;
    }
    must(reply.status == (reply.body.len ? 200 : 204));
    Kind kind;
    TileId tile;
    const Filter *filter;
    must(request_kind(req, &kind) == OK && request_path_number(req, "z", &tile.z) == OK &&
         request_path_number(req, "x", &tile.x) == OK && request_path_number(req, "y", &tile.y) == OK);
    must(filter_parse(req->arena, kind, req->audience, request_text(req, "filter"), &filter) == OK);
    if (kind == KIND_PARCEL || kind == KIND_ENTERPRISE)
        tiles_check(req->arena, req->view, kind, tile, filter, reply.body);
    else
        must(reply.body.len == 0); /* the atlas has no others */
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const Header host = {STR("Host"), STR("lianpu.example")};
    Request req;
    request_init(&req, NULL);
    Buf uri;
    buf_init(&uri, GUARD_URI_MAX + 100);
    buf_c(&uri, "/tiles/");
    buf_add(&uri, bytes, size);
    int64_t length;
    GuardInput input = {STR("HTTP/1.1"), STR("GET"), buf_view(&uri), &host, 1};
    req.method = STR("GET");
    if (!uri.full && !memchr(bytes, 0, size) && guard_check(&input, &length) == OK) {
        req.view = atlas_ref(tiles_atlas());
        Err err = request_read_uri(&req, buf_view(&uri));
        if (err == OK)
            answer(&req);
        else
            must(refused_before(err));
    }
    buf_done(&uri);
    request_done(&req);
    return 0;
}
