#include "store/identity.h"

enum { ID_BITS = 32 };

static const int64_t stored[KIND_COUNT] = {
    [KIND_SOURCE] = 1,         [KIND_REGION] = 2,     [KIND_PARK] = 3,         [KIND_FACILITY] = 4,
    [KIND_PARCEL] = 5,         [KIND_BUILDING] = 6,   [KIND_UNIT] = 7,         [KIND_ENTERPRISE] = 8,
    [KIND_CLUSTER] = 9,        [KIND_CHAIN] = 10,     [KIND_SEGMENT] = 11,     [KIND_FLOW] = 12,
    [KIND_ROLE] = 13,          [KIND_SUPPLY] = 14,    [KIND_PROJECT] = 15,     [KIND_MILESTONE] = 16,
    [KIND_AMOUNT] = 17,        [KIND_INDICATOR] = 18, [KIND_OBSERVATION] = 19, [KIND_PLAN] = 20,
    [KIND_INFRA_WORK] = 21,    [KIND_POLICY] = 22,    [KIND_COST] = 23,        [KIND_EVENT] = 24,
    [KIND_TRAIN_SERVICE] = 25,
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
