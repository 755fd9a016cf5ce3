/* A payload of any bytes (the first chooses the kind): values or ERR_DB_CORRUPT; what is read packs and reads
 * back the same. */
#include "model/value.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static Value values[FIELDS_MAX], again[FIELDS_MAX];
    if (len == 0)
        return 0;
    Kind kind = (Kind)(bytes[0] % KIND_COUNT);
    Arena *arena = arena_new();
    Buf buf;
    buf_init(&buf, 16 * 1024 * 1024);
    if (unpack_values(arena, kind, (Str){(const char *)bytes + 1, len - 1}, values) == OK) {
        pack_values(&buf, kind, values);
        if (unpack_values(arena, kind, buf_view(&buf), again) != OK)
            abort();
        for (uint32_t f = 0; f < kind_info(kind)->field_count; f++)
            if (!value_eq(&kind_info(kind)->fields[f], &values[f], &again[f]))
                abort();
    }
    buf_done(&buf);
    arena_free(arena);
    return 0;
}
