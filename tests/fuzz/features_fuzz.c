/* A GeoJSON file of any bytes: features or an error; what is read is UTF-8. */
#include "intake/geojson_reader.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    Input *input = input_of((Str){(const char *)bytes, len}, "fuzz");
    GeojsonReader *reader = geojson_new(input);
    Arena *arena = arena_new();
    Feature feature;
    bool more = true;
    while (geojson_next(reader, arena, &feature, &more) == OK && more) {
        if (feature.count > FEATURE_MEMBERS_MAX || !str_utf8_valid(feature.id) ||
            !str_utf8_valid(feature.geometry))
            abort();
        for (uint32_t i = 0; i < feature.count; i++)
            if (!str_utf8_valid(feature.members[i].name) || !str_utf8_valid(feature.members[i].text))
                abort();
        arena_reset(arena);
    }
    arena_free(arena);
    geojson_free(reader);
    input_close(input);
    return 0;
}
