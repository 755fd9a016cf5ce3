#include "http/route_doc.h"
#include "app/counts.h"
#include "app/page_text.h"
#include "app/query.h"
#include "app/table_file.h"
#include "base/json.h"
#include "http/reply.h"
#include "match/match.h"
#include "tile/tile.h"
#include <string.h>

static const char *method_name(const Route *route)
{
    return route->method == ROUTE_POST ? "POST" : "GET";
}

static void write_params(const Route *route, Buf *out)
{
    if (!route->params[0].name)
        return;
    buf_c(out, "\n| parameter | 含义 | meaning | example |\n|---|---|---|---|\n");
    for (int i = 0; i < ROUTE_PARAMS_MAX && route->params[i].name; i++) {
        const RouteParam *param = &route->params[i];
        buf_fmt(out, "| `%s` | %s | %s | `%s` |\n", param->name, param->about.zh, param->about.en,
                param->example);
    }
}

static void write_errors(const Route *route, Buf *out)
{
    if (route->errors[0] == OK)
        return;
    buf_c(out, "\nErrors: ");
    for (int i = 0; i < ROUTE_ERRORS_MAX && route->errors[i] != OK; i++)
        buf_fmt(out, "%s`%s` %d", i ? ", " : "", err_name(route->errors[i]), status_of(route->errors[i]));
    buf_c(out, ".\n");
}

static void write_route(const Route *route, Buf *out)
{
    buf_fmt(
        out, "\n## %s %s\n\n%s。\n%s. %s\n", method_name(route), route->pattern, route->about.zh,
        route->about.en,
        route->class == ROUTE_WORK ? "Goes to the ledger; a full queue answers 503 at once."
        : route->takes_long
            ? "Answered from the atlas; what may take long waits in the queue, and a full one answers 503 "
              "at once."
            : "Answered from the atlas.");
    if (route->body_max)
        buf_fmt(out, "\nBody: at most %zu bytes.\n", route->body_max);
    write_params(route, out);
    write_errors(route, out);
    if (route->examples[0])
        buf_fmt(out, "\nExample: `%s`\n", route->examples[0]);
}

static void write_limits(Buf *out)
{
    const struct {
        const char *what;
        int64_t limit;
    } limits[] = {
        {"bytes of an address", GUARD_URI_MAX},
        {"headers", GUARD_HEADERS_MAX},
        {"bytes of a header", GUARD_HEADER_BYTES_MAX},
        {"bytes of a filter", FILTER_BYTES_MAX},
        {"nesting of a filter", FILTER_DEPTH_MAX},
        {"bytes of a brief", BRIEF_BYTES_MAX},
        {"conditions of a brief", BRIEF_CONDITIONS_MAX - 1}, /* what is on offer is one too */
        {"weighted terms of a brief", BRIEF_TERMS_MAX},
        {"sites listed", BRIEF_TOP_MAX},
        {"rows of a list", LIST_LIMIT_MAX},
        {"numbers added up in one list", COUNTS_SUMS_MAX},
        {"rows of an exported file", FILE_ROWS_MAX},
        {"rows of a list that is read without scripts", PAGE_ROWS_MAX},
        {"bytes of a tile", TILE_BYTES_MAX},
        {"bytes of an answer", REPLY_BYTES_MAX},
    };
    buf_c(out, "\n## Limits\n\n| what | at most |\n|---|---|\n");
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        buf_fmt(out, "| %s | %lld |\n", limits[i].what, (long long)limits[i].limit);
}

static void write_codes(Buf *out)
{
    buf_c(out,
          "\n## Error codes\n\nEvery sentence comes in Chinese and English; `args` holds what it names.\n\n"
          "| code | status | 中文 | English |\n|---|---|---|---|\n");
    for (int code = 1; code < ERR_COUNT; code++)
        buf_fmt(out, "| `%s` | %d | %s | %s |\n", err_name((Err)code), status_of((Err)code),
                sentence_template((Err)code, LANG_ZH), sentence_template((Err)code, LANG_EN));
}

void routes_markdown(Buf *out)
{
    buf_c(out, "# HTTP\n\n"
               "Made by `lianpu api-doc` from the table of routes; do not edit.\n\n"
               "Answers are UTF-8 JSON unless said. Numbers are plain decimals in the field's own unit "
               "(`area_m2`: m²; "
               "`price_fen_m2`: fen per m²). Dates are text and may be partial (`2023-06`). The same "
               "question over the same data "
               "gives the same bytes; every GET has an `ETag` and answers `If-None-Match` with 304. `gzip` "
               "and `br` by "
               "`Accept-Encoding`. HEAD is answered wherever GET is.\n\n"
               "An error is `{\"error\": {\"code\", \"sentence\", \"args\"}, \"request\"}`; its sentence is "
               "in the language of "
               "`?lang=zh|en`, else of `Accept-Language`, else Chinese. `X-Request-Id` is taken if given and "
               "always answered.\n\n"
               "A thing that the caller may not see is answered as one that does not exist.\n");
    for (uint32_t n = 0; n < route_count(); n++)
        write_route(route_at(n), out);
    write_limits(out);
    write_codes(out);
}

void routes_json(Buf *buf)
{
    JsonOut out = json_out(buf);
    out_array(&out);
    for (uint32_t n = 0; n < route_count(); n++) {
        const Route *route = route_at(n);
        out_object(&out);
        out_name(&out, "method");
        out_c(&out, method_name(route));
        out_name(&out, "pattern");
        out_c(&out, route->pattern);
        out_name(&out, "class");
        out_c(&out, route->class == ROUTE_WORK ? "work" : "read");
        out_name(&out, "body_max");
        out_int(&out, (int64_t)route->body_max);
        out_name(&out, "params");
        out_array(&out);
        for (int i = 0; i < ROUTE_PARAMS_MAX && route->params[i].name; i++) {
            out_object(&out);
            out_name(&out, "name");
            out_c(&out, route->params[i].name);
            out_name(&out, "example");
            out_c(&out, route->params[i].example);
            out_object_end(&out);
        }
        out_array_end(&out);
        out_name(&out, "examples");
        out_array(&out);
        for (int i = 0; i < ROUTE_EXAMPLES_MAX && route->examples[i]; i++)
            out_c(&out, route->examples[i]);
        out_array_end(&out);
        out_object_end(&out);
    }
    out_array_end(&out);
    buf_byte(buf, '\n');
}
