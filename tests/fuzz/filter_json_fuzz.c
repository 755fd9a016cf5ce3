/* The same of CQL2 JSON. */
#include "filter_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size == 0)
        return 0;
    Kind kind = (Kind)(bytes[0] % KIND_COUNT);
    Audience audience = (Audience)(bytes[0] / KIND_COUNT % AUDIENCE_COUNT);
    Arena *arena = arena_new();
    const Filter *filter = NULL;
    Err err = filter_parse_json(arena, kind, audience, (Str){(const char *)bytes + 1, size - 1}, &filter);
    if (err != OK) {
        check_fault(err);
    } else {
        bind_to_nothing(arena, kind, filter);
        check_written(arena, kind, audience, filter);
    }
    arena_free(arena);
    return 0;
}
