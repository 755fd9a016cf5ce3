#include "store/identity.h"

enum { ID_BITS = 32 };

static const int64_t stored[KIND_COUNT] = {
    [KIND_SOURCE] = 1, [KIND_REGION] = 2, [KIND_PARK] = 3, [KIND_FACILITY] = 4, [KIND_PARCEL] = 5,
};

int64_t kind_stored(Kind kind)
{
    return stored[kind];
}

Err kind_of_stored(int64_t number, Kind *ret)
{
    for (int k = 0; k < KIND_COUNT; k++) {
        if (stored[k] == number) {
            *ret = (Kind)k;
            return OK;
        }
    }
    return fail(ERR_DB_CORRUPT, "path", "", "detail", "a kind this program does not know", NULL);
}

int64_t entity_id_floor(Kind kind)
{
    return stored[kind] << ID_BITS;
}

int64_t entity_id_ceiling(Kind kind)
{
    return ((stored[kind] + 1) << ID_BITS) - 1;
}

Err entity_id_kind(int64_t entity, Kind *ret)
{
    return kind_of_stored(entity >> ID_BITS, ret);
}
