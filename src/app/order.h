/* app/order.h: rows of a selection in order, a page of them. */
#pragma once
#include "atlas/filter.h"

typedef struct Order {
    const Atlas *atlas;
    Kind kind;
    int field; /* -1: by key alone */
    bool down;
} Order;

/* "field", "-field" for downward, "" for by key. ERR_FIELD_UNKNOWN, ERR_FIELD_NOT_FILTERABLE. */
MUST_USE Err order_parse(const Atlas *atlas, Kind kind, Str sort, Order *ret);

/* Of the `found` rows whose bits are set (a bitmap per segment) those from `skip` on, at most `limit`: by the
 * field, unknown ones last; then by key. In the arena; returns how many. */
uint32_t order_rows(Arena *arena, const Order *order, uint64_t *const *bits, uint32_t found, uint32_t skip,
                    uint32_t limit, RowRef **ret);
