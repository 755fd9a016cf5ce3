#include "match/match.h"
#include "app/query.h"
#include "http/routes/routes.h"
#include <string.h>

static Err post_match(Request *req, Reply *reply)
{
    const Atlas *view;
    Str type = request_header(req, "Content-Type");
    if (!str_is_caseless(str_trim(str_cut(&type, ';')), "application/json"))
        return fail(ERR_BODY_TYPE, "want", "application/json", NULL);
    TRY(request_view(req, &view));
    JsonOut out = json_out(&req->out);
    TRY(query_match(req->arena, req->view, buf_view(&req->body), &out));
    reply_json(reply, req);
    return OK;
}

/* Putting plots together may take some hundred times as long as a ranking. A backslash may spell the member
 * in another way. */
static bool puts_plots_together(const Request *req)
{
    Str body = buf_view(&req->body);
    return body.len && (memmem(body.ptr, body.len, "\"assemble\"", strlen("\"assemble\"")) ||
                        memchr(body.ptr, '\\', body.len));
}

static const Route routes[] = {
    {ROUTE_POST, "/api/match", post_match, ROUTE_READ, .takes_long = puts_plots_together,
     .body_max = BRIEF_BYTES_MAX,
     .about = {"选址：条件与权重 → 排好序、说明了理由的地块；请求与回答的每一项见 docs/api-match.md",
               "A brief → ranked, explained sites; docs/api-match.md tells every member"},
     .errors = {ERR_BRIEF, ERR_CONTRADICTION, ERR_VALUE, ERR_UNIT, FILTER_ERRORS, ERR_ID_UNKNOWN,
                ERR_BODY_TYPE, ERR_BODY_SIZE, ERR_NOT_READY, ERR_BUSY},
     .examples =
         {"{\"where\":[{\"field\":\"land_use\",\"in\":[\"M1\",\"M2\"]},{\"field\":\"area_m2\",\"min\":20000},"
          "{\"field\":\"power_left_kva\",\"min\":5000},{\"field\":\"port_m\",\"max\":60000}],"
          "\"weigh\":[{\"field\":\"price_fen_m2\",\"weight\":30,\"better\":\"less\"},"
          "{\"field\":\"area_m2\",\"weight\":20,\"better\":\"more\"}],\"top\":50}",
          "{\"where\":[],\"taken\":true,\"top\":200}",
          "{\"where\":[{\"field\":\"area_m2\",\"min\":400000}],\"assemble\":{\"gap_m\":30,\"max_plots\":12}"
          "}"}},
};

const RouteList routes_match = {routes, sizeof routes / sizeof *routes};
