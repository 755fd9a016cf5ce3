#include "tile/pbf.h"
#include "tile/tile.h"

bool pbf_grow(Pbf *pbf, size_t more)
{
    if (pbf->full || more > TILE_BYTES_MAX - pbf->len) {
        pbf->full = true;
        return false;
    }
    size_t cap = pbf->cap ? pbf->cap * 2 : 1024;
    while (cap < pbf->len + more)
        cap *= 2;
    uint8_t *ptr = arena_alloc(pbf->arena, cap);
    if (pbf->len)
        memcpy(ptr, pbf->ptr, pbf->len);
    pbf->ptr = ptr;
    pbf->cap = cap;
    return true;
}
