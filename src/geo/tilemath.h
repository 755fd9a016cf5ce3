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

/* The same projection for many points of one tile: constants once, then a few multiplications a point. */
typedef struct TileFrame {
    double lon_scale, lon_offset; /* x = lon × lon_scale + lon_offset */
    double near;       /* y from the series this near the middle, else from the formula; 1e-7 degrees */
    double lat_middle; /* 1e-7 degrees */
    double series[5];  /* y about the middle, in powers of degrees × 1e7 */
    double y_scale, y_offset;
} TileFrame;

TileFrame tile_frame(TileId tile);
TilePoint tile_frame_project(const TileFrame *frame, Point point);

/* Is all of the box so near the tile's middle that the series holds for it? */
static inline bool tile_frame_near(const TileFrame *frame, Box box)
{
    return box.south - frame->lat_middle > -frame->near && box.north - frame->lat_middle < frame->near;
}
