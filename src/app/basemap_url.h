/* app/basemap_url.h: the addresses of a tile service, as a deployment writes them, checked before anybody
 * sees a map. */
#pragma once
#include "app/basemap.h"

typedef struct BasemapUrls {
    uint32_t count;
    const char *urls[BASEMAP_LAYERS_MAX]; /* {key} put in; lowest first */
    const char *hosts;                    /* " https://a.example https://b.example:8443", each once */
} BasemapUrls;

/* `text`: addresses with {z}, {x} and {y}, with spaces between. Texts in the arena. ERR_USAGE. */
MUST_USE Err basemap_urls_read(Arena *arena, const char *text, const char *key, BasemapUrls *ret);
