/* intake/geojson_reader.h: GeoJSON (RFC 7946), feature by feature: a FeatureCollection of any length, or one
 * Feature a line. Only one feature is in memory at a time. Features are numbered from 1. */
#pragma once
#include "intake/input.h"

enum { FEATURE_MAX_BYTES = 8 * 1024 * 1024, FEATURE_MEMBERS_MAX = 256 };

typedef struct Member {
    Str name, text; /* text as a CSV cell would have it: numbers plain, null empty, lists joined by ; */
    bool list;      /* it was written as a list */
} Member;

typedef struct Feature {
    Str id; /* the feature's own id; "" if it has none */
    const Member *members;
    uint32_t count;
    Str geometry; /* JSON text; "" if null or left out */
} Feature;

typedef struct GeojsonReader GeojsonReader;

GeojsonReader *geojson_new(Input *input); /* keeps the input; the caller closes it after geojson_free */
void geojson_free(GeojsonReader *reader); /* NULL is fine */

/* *ret_more false: the end. The feature's texts lie in `arena` or are valid until the next call. ERR_GEOJSON,
 * ERR_ENCODING, ERR_LIMIT; each says the feature as `row`. After an error there is no next feature. */
MUST_USE Err geojson_next(GeojsonReader *reader, Arena *arena, Feature *ret, bool *ret_more);
int64_t geojson_number(const GeojsonReader *reader);
