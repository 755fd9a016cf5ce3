/* tests/fuzz/geometry_fuzz.h: what the fuzzers of the three forms of geometry share. Whatever the bytes:
 * refused, or a geometry that is written and read back the same. */
#pragma once
#include "geo/geometry.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static inline int fuzz_geometry(Str bytes, Err (*read)(Arena *, Str, Geometry *),
                                void (*write)(Buf *, const Geometry *))
{
    Arena *arena = arena_new();
    Geometry geometry, again;
    if (read(arena, bytes, &geometry) == OK) {
        Buf first, second;
        buf_init(&first, 64 * 1024 * 1024);
        buf_init(&second, 64 * 1024 * 1024);
        write(&first, &geometry);
        if (read(arena, buf_view(&first), &again) != OK)
            __builtin_trap();
        write(&second, &again);
        if (!str_eq(buf_view(&first), buf_view(&second)))
            __builtin_trap();
        Point anchor = geometry_anchor(&geometry);
        if (geometry.type == GEOM_POLYGON && !geometry_contains(&geometry, anchor))
            __builtin_trap();
        if (!(geometry_area_m2(&geometry) >= 0) || !geometry_touches_box(&geometry, geometry_box(&geometry)))
            __builtin_trap();
        if (geometry_check(&geometry) != OK && geometry.type == GEOM_POINT)
            __builtin_trap();
        buf_done(&first);
        buf_done(&second);
    }
    arena_free(arena);
    return 0;
}
