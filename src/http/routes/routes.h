/* http/routes/routes.h: one file per subject; each gives its list, and router.c joins them. The order is that
 * of looking: of two patterns that take a path the earlier one has it. */
#pragma once
#include "http/router.h"

extern const RouteList routes_health, routes_meta, routes_basemap, routes_match, routes_chains, routes_search,
    routes_entities, routes_tiles, routes_pages;
