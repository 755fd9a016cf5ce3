/* app/basemap.h: what lies under the map. The ground is part of the program (data/basemap: land, water,
 * rivers, names of places). A deployment can put one base map of its own in its place: raster tiles that the
 * browser fetches from a service, or a PMTiles file that this server reads. Read-only once opened; any
 * thread. */
#pragma once
#include "base/embed.h"
#include "base/json.h"

enum {
    BASEMAP_URL_MAX = 2000,
    BASEMAP_LAYERS_MAX = 4, /* addresses in one --basemap-url */
    BASEMAP_ZOOM_MAX = 22,
    BASEMAP_RANGE_MAX = 16 * 1024 * 1024, /* bytes in one answer */
};

/* As the command line gives them; NULL: not given. */
typedef struct BasemapOptions {
    const char *file;   /* a PMTiles file */
    const char *url;    /* addresses with {z}, {x}, {y}, and {key} if need be; spaces between, lowest first */
    const char *datum;  /* wgs84, cgcs2000; gcj02 is refused with the reason */
    const char *credit; /* shown on the map */
    const char *key;    /* what {key} stands for */
} BasemapOptions;

typedef struct Basemap Basemap;

/* Copies. *ret is NULL if neither file nor url is given. ERR_USAGE says which option is wrong and what it
 * should be; ERR_FILE_OPEN, ERR_FILE_READ say what is wrong with the file. */
MUST_USE Err basemap_open(const BasemapOptions *options, Basemap **ret);
void basemap_close(Basemap *basemap); /* NULL is fine */

/* The hosts that the browser has to be allowed, each with a space before it; "" if none, and for NULL. */
const char *basemap_hosts(const Basemap *basemap);

/* What /api/meta says: {"layers": […], "credit", "datum", "under": null or the deployment's own}. */
void basemap_json(const Basemap *basemap, JsonOut *out);

/* A file of the ground, "land.geojson"; NULL if there is none of that name. */
const Embedded *basemap_ground(Str name);

/* The PMTiles file: its length, 0 if there is none, and a tag that changes when it is another. */
uint64_t basemap_file_bytes(const Basemap *basemap);
const char *basemap_file_tag(const Basemap *basemap);

/* Appends `len` bytes from `at`, both within the file. ERR_FILE_READ. */
MUST_USE Err basemap_file_read(const Basemap *basemap, uint64_t at, size_t len, Buf *out);
