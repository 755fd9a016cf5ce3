/* app/pmtiles.h: a PMTiles file (specification version 3) as it is served: opened read-only, its head
 * checked, read in ranges. What lies inside is the browser's to read. */
#pragma once
#include "base/str.h"
#include "geo/box.h"

typedef struct PmTiles {
    int fd;
    uint64_t bytes;
    char tag[33]; /* another file under the same path has another */
    bool vector;  /* Mapbox vector tiles; else pictures */
    int min_zoom, max_zoom;
    Box box;
} PmTiles;

/* ERR_FILE_OPEN; ERR_FILE_READ: no PMTiles file, of another version, cut short, or packed in a way that
 * browsers cannot read. */
MUST_USE Err pmtiles_open(const char *path, PmTiles *ret);
void pmtiles_close(PmTiles *file);

/* Appends `len` bytes from `at`, both within the file. ERR_FILE_READ, also if it has become shorter. */
MUST_USE Err pmtiles_read(const PmTiles *file, uint64_t at, size_t len, Buf *out);
