/* geo/box.h: rectangles in 1e-7 degrees, edges included. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

typedef struct Box {
    int32_t west, south, east, north;
} Box;

static inline bool box_meets(Box a, Box b)
{
    return a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north;
}

static inline bool box_holds(Box outer, Box inner)
{
    return outer.west <= inner.west && inner.east <= outer.east && outer.south <= inner.south &&
           inner.north <= outer.north;
}

static inline Box box_join(Box a, Box b)
{
    return (Box){a.west < b.west ? a.west : b.west, a.south < b.south ? a.south : b.south,
                 a.east > b.east ? a.east : b.east, a.north > b.north ? a.north : b.north};
}

static inline bool box_valid(Box a)
{
    return a.west <= a.east && a.south <= a.north;
}
