#include "geometry_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    return fuzz_geometry((Str){(const char *)bytes, size}, geometry_from_wkt, geometry_wkt);
}
