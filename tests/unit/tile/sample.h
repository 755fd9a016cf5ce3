/* A small atlas for the tests of tiles. */
#pragma once
#include "tile/tile.h"

/* Begins a base segment of the public in this test's folder. */
AtlasBuild *sample_begin(void);
void sample_parcel(AtlasBuild *build, const char *key, const char *wkt, const char *land_use,
                   const char *land_state, int64_t area_hundredths); /* NULL, NULL and 0: unknown */
void sample_park(AtlasBuild *build, const char *key, const char *wkt,
                 const char *tiers); /* tiers joined by ; */
Atlas *sample_finish(AtlasBuild *build);

/* The tile as bytes in the arena. */
Str sample_tile(Arena *arena, const Atlas *atlas, Kind kind, TileId tile, const Filter *filter);
