/* geo/tilemath.h: Web Mercator tiles (EPSG:3857, XYZ scheme). */
#pragma once
#include "base/err.h"
#include "geo/geometry.h"

enum { TILE_ZOOM_MAX = 22, TILE_EXTENT = 4096, TILE_BUFFER = 64 };

typedef struct TileId {
    uint32_t z, x, y;
} TileId;

MUST_USE Err tile_check(uint32_t z, uint32_t x, uint32_t y); /* ERR_TILE_RANGE */

/* The tile's box with its buffer, in 1e-7 degrees, rounded outward. */
Box tile_box(TileId tile, uint32_t buffer);

typedef struct TilePoint {
    int32_t x, y; /* 0 … TILE_EXTENT within the tile */
} TilePoint;

TilePoint tile_project(TileId tile, Point point);
