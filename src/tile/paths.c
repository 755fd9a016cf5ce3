#include "tile/paths.h"

enum { LOW = -TILE_BUFFER, HIGH = TILE_EXTENT + TILE_BUFFER, PIXEL = 8 /* of a map drawn at 512 a tile */ };
enum { MOVE_TO = 1, LINE_TO = 2, CLOSE_PATH = 7 };

void paths_start(Paths *paths, Arena *arena, TileId tile)
{
    *paths = (Paths){.arena = arena, .frame = tile_frame(tile), .commands = {.arena = arena}};
}

static uint32_t command(uint32_t id, uint32_t count)
{
    return count << 3 | id;
}

static bool within(TilePoint at)
{
    return at.x >= LOW && at.x <= HIGH && at.y >= LOW && at.y <= HIGH;
}

bool paths_point(Paths *paths, Point point)
{
    TilePoint at = tile_frame_project(&paths->frame, point);
    if (!within(at))
        return false;
    paths->commands.len = 0;
    pbf_varint(&paths->commands, command(MOVE_TO, 1));
    pbf_varint(&paths->commands, zigzag32(at.x));
    pbf_varint(&paths->commands, zigzag32(at.y));
    return true;
}

/* ---- clipping: Sutherland & Hodgman 1974, one side of the square after another ---- */

typedef enum Side { SIDE_WEST, SIDE_EAST, SIDE_NORTH, SIDE_SOUTH, SIDES } Side;

static bool side_holds(Side side, TilePoint at)
{
    switch (side) {
    case SIDE_WEST:
        return at.x >= LOW;
    case SIDE_EAST:
        return at.x <= HIGH;
    case SIDE_NORTH:
        return at.y >= LOW;
    default:
        return at.y <= HIGH;
    }
}

/* p + (q - p) (limit - from) / (to - from), to the nearest whole. Differences are below 2^31, the product
 * below 2^62. */
static int32_t between(int32_t p, int32_t q, int32_t from, int32_t to, int32_t limit)
{
    int64_t over = ((int64_t)q - p) * ((int64_t)limit - from), under = (int64_t)to - from;
    int64_t half = (over < 0 ? -under : under) / 2;
    return (int32_t)(p + (over + half) / under);
}

/* Where the way from a to b crosses a side. The ends are put in order first, so that two plots that share the
 * edge in opposite directions get the same point. */
static TilePoint side_cross(Side side, TilePoint a, TilePoint b)
{
    bool upright = side == SIDE_WEST || side == SIDE_EAST;
    int32_t limit = side == SIDE_WEST || side == SIDE_NORTH ? LOW : HIGH;
    if (upright ? a.x > b.x : a.y > b.y) {
        TilePoint kept = a;
        a = b;
        b = kept;
    }
    if (upright)
        return (TilePoint){limit, between(a.y, b.y, a.x, b.x, limit)};
    return (TilePoint){between(a.x, b.x, a.y, b.y, limit), limit};
}

static uint32_t side_clip(Side side, const TilePoint *from, uint32_t count, TilePoint *to)
{
    uint32_t n = 0;
    TilePoint last = from[count - 1];
    bool last_held = side_holds(side, last);
    for (uint32_t i = 0; i < count; i++) {
        bool held = side_holds(side, from[i]);
        if (held != last_held)
            to[n++] = side_cross(side, last, from[i]);
        if (held)
            to[n++] = from[i];
        last = from[i];
        last_held = held;
    }
    return n;
}

typedef struct Extent {
    TilePoint low, high;
} Extent;

static const Extent no_extent = {{INT32_MAX, INT32_MAX}, {INT32_MIN, INT32_MIN}};

static void extent_add(Extent *extent, TilePoint at)
{
    extent->low.x = at.x < extent->low.x ? at.x : extent->low.x;
    extent->low.y = at.y < extent->low.y ? at.y : extent->low.y;
    extent->high.x = at.x > extent->high.x ? at.x : extent->high.x;
    extent->high.y = at.y > extent->high.y ? at.y : extent->high.y;
}

/* Room for `count` points in both arrays; what stands in paths->ring stays. */
static void ring_room(Paths *paths, uint32_t count)
{
    if (count <= paths->room)
        return;
    uint32_t room = count + count / 2 + 64;
    TilePoint *ring = arena_array(paths->arena, TilePoint, room);
    if (paths->room)
        memcpy(ring, paths->ring, paths->room * sizeof *ring);
    paths->ring = ring;
    paths->clipped = arena_array(paths->arena, TilePoint, room);
    paths->room = room;
}

/* Clips paths->ring. Going out and coming back in adds two points and leaves out one or more, so that a pass
 * adds at most half of what there was. */
static uint32_t ring_clip(Paths *paths, uint32_t count, const Extent *extent)
{
    for (Side side = 0; side < SIDES && count > 0; side++) {
        if (side_holds(side, extent->low) && side_holds(side, extent->high))
            continue;
        ring_room(paths, count + count / 2 + 1);
        count = side_clip(side, paths->ring, count, paths->clipped);
        TilePoint *kept = paths->ring;
        paths->ring = paths->clipped;
        paths->clipped = kept;
    }
    return count;
}

/* ---- rings ---- */

static int64_t cross_of(TilePoint a, TilePoint b, TilePoint c)
{
    return ((int64_t)b.x - a.x) * ((int64_t)c.y - b.y) - ((int64_t)b.y - a.y) * ((int64_t)c.x - b.x);
}

/* Leaves out points on the straight way between their neighbours, those that fall together, and the spikes
 * that a clip leaves along the tile's edge. Starts anew at the ring's own end until nothing more falls. */
static uint32_t ring_tidy(TilePoint *ring, uint32_t count)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < count; i++) {
        while (n >= 2 && cross_of(ring[n - 2], ring[n - 1], ring[i]) == 0)
            n--;
        if (n == 0 || ring[n - 1].x != ring[i].x || ring[n - 1].y != ring[i].y)
            ring[n++] = ring[i];
    }
    uint32_t first = 0;
    while (n - first >= 3) {
        if (cross_of(ring[n - 2], ring[n - 1], ring[first]) == 0)
            n--;
        else if (cross_of(ring[n - 1], ring[first], ring[first + 1]) == 0)
            first++;
        else
            break;
    }
    memmove(ring, ring + first, (n - first) * sizeof *ring);
    return n - first;
}

static int64_t ring_area_twice_of(const TilePoint *ring, uint32_t count)
{
    int64_t sum = 0;
    for (uint32_t i = 1; i + 1 < count; i++)
        sum += ((int64_t)ring[i].x - ring[0].x) * ((int64_t)ring[i + 1].y - ring[0].y) -
               ((int64_t)ring[i + 1].x - ring[0].x) * ((int64_t)ring[i].y - ring[0].y);
    return sum;
}

/* Projects a ring without its closing point into paths->ring. */
static Extent ring_project(Paths *paths, const Point *points, uint32_t count)
{
    Extent extent = no_extent;
    ring_room(paths, count);
    for (uint32_t i = 0; i < count; i++) {
        paths->ring[i] = tile_frame_project(&paths->frame, points[i]);
        extent_add(&extent, paths->ring[i]);
    }
    return extent;
}

static void ring_write(Paths *paths, uint32_t count, bool outside, TilePoint *cursor)
{
    const TilePoint *ring = paths->ring;
    bool reverse = (ring_area_twice_of(ring, count) > 0) != outside;
    Pbf *out = &paths->commands;
    if (!pbf_room(out, (size_t)(count * 2 + 3) * 5))
        return;
    uint8_t *at = out->ptr + out->len;
    for (uint32_t i = 0; i < count; i++) {
        TilePoint point = ring[reverse ? count - 1 - i : i];
        if (i <= 1)
            at = varint_put(at, i == 0 ? command(MOVE_TO, 1) : command(LINE_TO, count - 1));
        at = varint_put(at, zigzag32(point.x - cursor->x));
        at = varint_put(at, zigzag32(point.y - cursor->y));
        *cursor = point;
    }
    at = varint_put(at, command(CLOSE_PATH, 1));
    out->len = (size_t)(at - out->ptr);
}

/* The ring in hand. */
static RingResult ring_finish(Paths *paths, uint32_t count, const Extent *extent, bool outside,
                              TilePoint *cursor)
{
    if (extent->high.x < LOW || extent->low.x > HIGH || extent->high.y < LOW || extent->low.y > HIGH)
        return RING_ELSEWHERE;
    if (!within(extent->low) || !within(extent->high))
        count = ring_clip(paths, count, extent);
    count = ring_tidy(paths->ring, count);
    if (count < 3 || ring_area_twice_of(paths->ring, count) == 0)
        return RING_VANISHED;
    ring_write(paths, count, outside, cursor);
    return RING_DRAWN;
}

/* Returns whether anything was written. */
static bool ring_add(Paths *paths, const Geometry *polygon, uint32_t ring, bool outside, TilePoint *cursor)
{
    uint32_t start = geometry_ring_start(polygon, ring), count = polygon->ring_ends[ring] - start - 1;
    Extent extent = ring_project(paths, polygon->points + start, count);
    return ring_finish(paths, count, &extent, outside, cursor) == RING_DRAWN;
}

RingResult paths_ring(Paths *paths, const int32_t *x, const int32_t *y, uint32_t count)
{
    Extent extent = no_extent;
    TilePoint cursor = {0, 0};
    ring_room(paths, count);
    for (uint32_t i = 0; i < count; i++) {
        paths->ring[i] = (TilePoint){x[i], y[i]};
        extent_add(&extent, paths->ring[i]);
    }
    paths->commands.len = 0;
    return ring_finish(paths, count, &extent, true, &cursor);
}

/* For a polygon that left no ring: did all of it shrink to nothing, so that no other tile has it either? Then
 * a pixel stands for it in the tiles that hold its middle. */
static bool pixel_add(Paths *paths, const Geometry *polygon)
{
    enum { FAR = 64 * TILE_EXTENT, HALF = PIXEL / 2 };
    Extent whole = no_extent;
    for (uint32_t p = 0, ring = 0; p < polygon->part_count; ring = polygon->part_ends[p++]) {
        uint32_t start = geometry_ring_start(polygon, ring), count = polygon->ring_ends[ring] - start - 1;
        Extent extent = ring_project(paths, polygon->points + start, count);
        extent_add(&whole, extent.low);
        extent_add(&whole, extent.high);
        if (whole.low.x < -FAR || whole.low.y < -FAR || whole.high.x > FAR || whole.high.y > FAR)
            return false;
        count = ring_tidy(paths->ring, count);
        if (count >= 3 && ring_area_twice_of(paths->ring, count) != 0)
            return false;
    }
    TilePoint middle = {(whole.low.x + whole.high.x) / 2, (whole.low.y + whole.high.y) / 2};
    if (!within(middle))
        return false;
    ring_room(paths, 4);
    paths->ring[0] = (TilePoint){middle.x - HALF, middle.y - HALF};
    paths->ring[1] = (TilePoint){middle.x + HALF, middle.y - HALF};
    paths->ring[2] = (TilePoint){middle.x + HALF, middle.y + HALF};
    paths->ring[3] = (TilePoint){middle.x - HALF, middle.y + HALF};
    TilePoint cursor = {0, 0};
    ring_write(paths, 4, true, &cursor);
    return true;
}

bool paths_polygon(Paths *paths, const Geometry *polygon)
{
    TilePoint cursor = {0, 0};
    bool any = false;
    paths->commands.len = 0;
    for (uint32_t p = 0, ring = 0; p < polygon->part_count; ring = polygon->part_ends[p++]) {
        if (!ring_add(paths, polygon, ring, true, &cursor))
            continue;
        any = true;
        for (uint32_t hole = ring + 1; hole < polygon->part_ends[p]; hole++)
            ring_add(paths, polygon, hole, false, &cursor);
    }
    return any || pixel_add(paths, polygon);
}
