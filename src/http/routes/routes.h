/* http/routes/routes.h: one file per subject; each gives its list, and router.c joins them. The order is that
 * of looking: of two patterns that take a path the earlier one has it. */
#pragma once
#include "http/router.h"

extern const RouteList routes_health, routes_meta, routes_basemap, routes_match, routes_chains, routes_search,
    routes_entities, routes_tiles, routes_pages;

/* Of every address that takes a filter. */
#define FILTER_LANG_PARAM                                                                                    \
    {                                                                                                        \
        "filter-lang",                                                                                       \
            {"filter 的写法：cql2-text（不写即是）或 cql2-json",                                             \
             "how the filter is written: cql2-text (if it is left out) or cql2-json"},                       \
            "cql2-text"                                                                                      \
    }
#define FILTER_ERRORS                                                                                        \
    ERR_FILTER_SYNTAX, ERR_FILTER_JSON, ERR_FILTER_DEPTH, ERR_FILTER_TYPE, ERR_FILTER_OPERATOR,              \
        ERR_FILTER_COST, ERR_JSON, ERR_GEOMETRY, ERR_RANGE, ERR_FIELD_UNKNOWN, ERR_FIELD_NOT_FILTERABLE,     \
        ERR_LIMIT
