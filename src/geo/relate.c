/* Polygons a and b are compared by their edges. What makes it exact and short: if no edge of b has a point
 * inside a, then each part of a lies wholly within b or apart from its inside, and one spot of it tells
 * which. */
#include "geo/area.h"

Area area_of(const Geometry *geometry)
{
    return (Area){.geometry = geometry, .box = geometry_box(geometry)};
}

/* ---- edges ---- */

EdgeWalk edge_walk(const Area *area, Box box)
{
    EdgeWalk walk = {.area = area, .box = box};
    const Grid *grid = area->grid;
    if (!grid)
        return walk;
    if (!box_meets(box, area->box)) {
        walk.north = 0;
        walk.y = 1;
        return walk;
    }
    walk.west = grid_x(grid, box.west);
    walk.east = grid_x(grid, box.east);
    walk.y = grid_y(grid, box.south);
    walk.north = grid_y(grid, box.north);
    walk.x = walk.west;
    uint32_t cell = walk.y * grid->across + walk.x;
    walk.at = cell ? grid->ends[cell - 1] : 0;
    walk.end = grid->ends[cell];
    return walk;
}

static bool next_in_grid(EdgeWalk *walk, uint32_t *ret)
{
    const Grid *grid = walk->area->grid;
    while (walk->y <= walk->north) {
        if (walk->at < walk->end) {
            *ret = grid->edges[walk->at++];
            return true;
        }
        if (++walk->x > walk->east) {
            walk->x = walk->west;
            if (++walk->y > walk->north)
                break;
        }
        uint32_t cell = walk->y * grid->across + walk->x;
        walk->at = cell ? grid->ends[cell - 1] : 0;
        walk->end = grid->ends[cell];
    }
    return false;
}

static bool next_of_all(EdgeWalk *walk, uint32_t *ret)
{
    const Geometry *geometry = walk->area->geometry;
    while (walk->at + 1 >= walk->end) { /* a ring's last point begins no edge */
        if (walk->ring == geometry->ring_count)
            return false;
        walk->at = geometry_ring_start(geometry, walk->ring);
        walk->end = geometry->ring_ends[walk->ring++];
    }
    *ret = walk->at++;
    return true;
}

bool edge_next(EdgeWalk *walk, Edge *ret)
{
    uint32_t at;
    while (walk->area->grid ? next_in_grid(walk, &at) : next_of_all(walk, &at)) {
        const Point *points = walk->area->geometry->points + at;
        *ret = (Edge){points[0], points[1]};
        if (box_meets(edge_box(*ret), walk->box))
            return true;
    }
    return false;
}

/* ---- spots ---- */

/* By the number of edges that a ray to the east crosses. */
static Location locate_among_all(const Area *area, Spot spot)
{
    bool inside = false;
    const Geometry *geometry = area->geometry;
    for (uint32_t r = 0; r < geometry->ring_count; r++)
        for (uint32_t i = geometry_ring_start(geometry, r); i + 1 < geometry->ring_ends[r]; i++) {
            Spot a = spot_of(geometry->points[i]), b = spot_of(geometry->points[i + 1]);
            if ((a.lat > spot.lat && b.lat > spot.lat) || (a.lat < spot.lat && b.lat < spot.lat))
                continue;
            int side = spot_side(a, b, spot);
            if (side == 0 && spot_between(a, b, spot))
                return ON_EDGE;
            if ((a.lat > spot.lat) != (b.lat > spot.lat) && (side > 0) == (b.lat > a.lat))
                inside = !inside;
        }
    return inside ? INSIDE : OUTSIDE;
}

Location area_locate(const Area *area, Spot spot)
{
    if (spot.lon < 2 * (int64_t)area->box.west || spot.lon > 2 * (int64_t)area->box.east ||
        spot.lat < 2 * (int64_t)area->box.south || spot.lat > 2 * (int64_t)area->box.north)
        return OUTSIDE;
    return area->grid ? grid_locate(area, spot) : locate_among_all(area, spot);
}

/* ---- edges and polygons ---- */

static bool edges_meet(Edge x, Edge y)
{
    if (!box_meets(edge_box(x), edge_box(y)))
        return false;
    Spot a = spot_of(x.a), b = spot_of(x.b), c = spot_of(y.a), d = spot_of(y.b);
    int to_c = spot_side(a, b, c), to_d = spot_side(a, b, d);
    if (to_c == to_d && to_c != 0)
        return false;
    int to_a = spot_side(c, d, a), to_b = spot_side(c, d, b);
    return to_a != to_b || to_a == 0; /* in one line: their boxes meet */
}

/* Each passes through the other, not at an end of either. */
static bool edges_cross(Edge x, Edge y)
{
    Spot a = spot_of(x.a), b = spot_of(x.b), c = spot_of(y.a), d = spot_of(y.b);
    return spot_side(a, b, c) * spot_side(a, b, d) < 0 && spot_side(c, d, a) * spot_side(c, d, b) < 0;
}

/* How far along the edge a point of its line lies; only to be compared. */
static int64_t along(Edge edge, Point point)
{
    if (edge.a.lon != edge.b.lon)
        return edge.a.lon < edge.b.lon ? point.lon : -(int64_t)point.lon;
    return edge.a.lat < edge.b.lat ? point.lat : -(int64_t)point.lat;
}

/* The first corner of the area on the edge behind `from`; the edge's end if there is none. */
static Point next_corner(const Area *area, Edge edge, Point from)
{
    Edge other;
    Point next = edge.b;
    EdgeWalk walk = edge_walk(area, edge_box(edge));
    while (edge_next(&walk, &other)) { /* each corner begins an edge, which is listed where the corner lies */
        if (spot_side(spot_of(edge.a), spot_of(edge.b), spot_of(other.a)) == 0 &&
            spot_between(spot_of(edge.a), spot_of(edge.b), spot_of(other.a)) &&
            along(edge, other.a) > along(edge, from) && along(edge, other.a) < along(edge, next))
            next = other.a;
    }
    return next;
}

static Spot middle(Point a, Point b)
{
    return (Spot){(int64_t)a.lon + b.lon, (int64_t)a.lat + b.lat};
}

/* Has the edge a point inside the area? Where it crosses no edge of it, it lies wholly in, on or out of the
 * area between one corner on it and the next. */
static bool edge_enters(Edge edge, const Area *area)
{
    Edge other;
    if (!box_meets(edge_box(edge), area->box))
        return false;
    EdgeWalk walk = edge_walk(area, edge_box(edge));
    while (edge_next(&walk, &other))
        if (edges_cross(edge, other))
            return true;
    int64_t end = along(edge, edge.b);
    for (Point from = edge.a; along(edge, from) < end;) {
        Point to = next_corner(area, edge, from);
        if (area_locate(area, middle(from, to)) == INSIDE)
            return true;
        from = to;
    }
    return false;
}

static bool any_edge_enters(const Area *edges_of, const Area *area)
{
    Edge edge;
    EdgeWalk walk = edge_walk(edges_of, area->box);
    while (edge_next(&walk, &edge))
        if (edge_enters(edge, area))
            return true;
    return false;
}

/* Does the part of a lie within b, given that no edge of b enters it? A stretch of its outline without
 * corners of b tells; if it runs along an edge of b, whether both have their inside on the same side. */
static bool part_lies_in(const Geometry *a, uint32_t part, const Area *b)
{
    const Point *points = a->points + geometry_ring_start(a, geometry_part_start(a, part));
    while (points[0].lon == points[1].lon && points[0].lat == points[1].lat)
        points++; /* a ring has three different points */
    Edge edge = {points[0], points[1]}, other;
    Spot spot = middle(edge.a, next_corner(b, edge, edge.a));
    Location location = area_locate(b, spot);
    if (location != ON_EDGE)
        return location == INSIDE;
    EdgeWalk walk = edge_walk(b, edge_box(edge));
    while (edge_next(&walk, &other))
        if (spot_side(spot_of(other.a), spot_of(other.b), spot) == 0 &&
            spot_between(spot_of(other.a), spot_of(other.b), spot))
            return along(edge, other.b) > along(edge, other.a);
    return false;
}

static bool polygon_within(const Area *a, const Area *b)
{
    if (!box_holds(b->box, a->box) || any_edge_enters(b, a))
        return false;
    for (uint32_t p = 0; p < a->geometry->part_count; p++)
        if (!part_lies_in(a->geometry, p, b))
            return false;
    return true;
}

static bool insides_meet(const Area *a, const Area *b)
{
    if (any_edge_enters(b, a) || any_edge_enters(a, b))
        return true;
    for (uint32_t p = 0; p < a->geometry->part_count; p++)
        if (part_lies_in(a->geometry, p, b))
            return true;
    for (uint32_t p = 0; p < b->geometry->part_count; p++)
        if (part_lies_in(b->geometry, p, a))
            return true;
    return false;
}

static bool any_part_begins_in(const Geometry *a, const Area *b)
{
    for (uint32_t p = 0; p < a->part_count; p++)
        if (area_locate(b, spot_of(a->points[geometry_ring_start(a, geometry_part_start(a, p))])) != OUTSIDE)
            return true;
    return false;
}

static bool polygons_meet(const Area *a, const Area *b)
{
    Edge edge, other;
    if (any_part_begins_in(a->geometry, b)) /* with a grid that is soon told */
        return true;
    EdgeWalk walk = edge_walk(a, b->box);
    while (edge_next(&walk, &edge)) {
        EdgeWalk near = edge_walk(b, edge_box(edge));
        while (edge_next(&near, &other))
            if (edges_meet(edge, other))
                return true;
    }
    return any_part_begins_in(b->geometry, a);
}

/* ---- relations ---- */

static bool polygons_relate(Relation relation, const Area *a, const Area *b)
{
    switch (relation) {
    case RELATE_INTERSECTS:
        return polygons_meet(a, b);
    case RELATE_WITHIN:
        return polygon_within(a, b);
    case RELATE_CONTAINS:
        return polygon_within(b, a);
    case RELATE_EQUALS:
        return polygon_within(a, b) && polygon_within(b, a);
    case RELATE_TOUCHES:
        return polygons_meet(a, b) && !insides_meet(a, b);
    case RELATE_OVERLAPS:
        break;
    }
    return insides_meet(a, b) && !polygon_within(a, b) && !polygon_within(b, a);
}

/* At least one is a point. */
static bool points_relate(Relation relation, const Area *a, const Area *b)
{
    bool both = a->geometry->type == GEOM_POINT && b->geometry->type == GEOM_POINT;
    Point at = a->geometry->points[0];
    if (both)
        return relation != RELATE_TOUCHES && relation != RELATE_OVERLAPS &&
               at.lon == b->geometry->points[0].lon && at.lat == b->geometry->points[0].lat;
    bool first = a->geometry->type == GEOM_POINT;
    Location location = first ? area_locate(b, spot_of(at)) : area_locate(a, spot_of(b->geometry->points[0]));
    switch (relation) {
    case RELATE_INTERSECTS:
        return location != OUTSIDE;
    case RELATE_WITHIN:
        return first && location == INSIDE;
    case RELATE_CONTAINS:
        return !first && location == INSIDE;
    case RELATE_TOUCHES:
        return location == ON_EDGE;
    case RELATE_EQUALS:
    case RELATE_OVERLAPS:
        break;
    }
    return false;
}

static bool areas_relate(Relation relation, const Area *a, const Area *b)
{
    if (!box_meets(a->box, b->box))
        return false;
    bool polygons = a->geometry->type == GEOM_POLYGON && b->geometry->type == GEOM_POLYGON;
    return polygons ? polygons_relate(relation, a, b) : points_relate(relation, a, b);
}

bool geometry_relates(Relation relation, const Geometry *a, const Geometry *b)
{
    if (a->type == GEOM_NONE || b->type == GEOM_NONE)
        return false;
    Area of_a = area_of(a), of_b = area_of(b);
    return areas_relate(relation, &of_a, &of_b);
}

bool region_relates(Relation relation, const Geometry *shape, const Region *region)
{
    if (shape->type == GEOM_NONE || region->area.geometry->type == GEOM_NONE)
        return false;
    Area area = area_of(shape);
    return areas_relate(relation, &area, &region->area);
}
