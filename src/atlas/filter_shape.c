/* Places in filters: what may stand there, and which node it becomes. */
#include "atlas/filter_build.h"

const char *const place_op_names[PLACE_OPS] = {"S_INTERSECTS", "S_WITHIN",   "S_CONTAINS", "S_EQUALS",
                                               "S_TOUCHES",    "S_OVERLAPS", "S_DISJOINT", "S_CROSSES"};

Err build_has_place(const Compiler *compiler)
{
    const KindInfo *info = kind_info(compiler->kind);
    if (info->geometry == GEOMETRY_NONE)
        return fail(ERR_FIELD_UNKNOWN, "field", "geometry", "kind", info->name, "hint", "", NULL);
    return OK;
}

/* The box as a polygon. ERR_GEOMETRY if it is a line or a point: those have no inside to be in. */
static Err box_shape(Arena *arena, Box box, Geometry *ret)
{
    if (box.west == box.east || box.south == box.north)
        return fail(ERR_GEOMETRY, "detail", "the box has no area", "example", "BBOX(112.0,21.4,113.4,22.9)",
                    NULL);
    Point corners[] = {{box.west, box.south},
                       {box.east, box.south},
                       {box.east, box.north},
                       {box.west, box.north},
                       {box.west, box.south}};
    uint32_t ring_end = 5, part_end = 1;
    *ret = (Geometry){GEOM_POLYGON,
                      5,
                      1,
                      1,
                      arena_copy(arena, corners, sizeof corners),
                      arena_copy(arena, &ring_end, sizeof ring_end),
                      arena_copy(arena, &part_end, sizeof part_end)};
    return OK;
}

static Err place_node(Compiler *compiler, Relation relation, const PlaceLiteral *place, const Filter **ret)
{
    Arena *arena = compiler->arena;
    if (++compiler->nodes > FILTER_NODES_MAX)
        return fail(ERR_LIMIT, "what", "filter", "limit", num_c(FILTER_NODES_MAX), NULL);
    if (place->is_box && relation == RELATE_INTERSECTS) {
        *ret = filter_box(arena, place->box);
        return OK;
    }
    Geometry *shape = arena_copy(arena, &place->shape, sizeof *shape);
    if (place->is_box)
        TRY(box_shape(arena, place->box, shape));
    compiler->corners += shape->point_count;
    if (compiler->corners > FILTER_CORNERS_MAX)
        return fail(ERR_LIMIT, "what", "corners of the polygons in a filter", "limit",
                    num_c(FILTER_CORNERS_MAX), NULL);
    TRY(geometry_check(shape));
    Filter *node = filter_node(arena, SHAPE_PLACE, 0);
    node->relation = relation;
    node->place = shape;
    node->place_is_box = place->is_box;
    *ret = node;
    return OK;
}

Err build_place(Compiler *compiler, PlaceOp op, const PlaceLiteral *place, bool place_first,
                const Filter **ret)
{
    if (op == PLACE_CROSSES) /* whatever the row's shape: no two of points and polygons do */
        return build_truth(compiler, false, ret);
    if (place_first && (op == PLACE_WITHIN || op == PLACE_CONTAINS))
        op = op == PLACE_WITHIN ? PLACE_CONTAINS : PLACE_WITHIN;
    if (op != PLACE_DISJOINT)
        return place_node(compiler, (Relation)op, place, ret);
    const Filter **part = arena_array(compiler->arena, const Filter *, 1);
    TRY(place_node(compiler, RELATE_INTERSECTS, place, part));
    return build_join(compiler, SHAPE_NOT, part, 1, ret);
}

_Static_assert((int)PLACE_INTERSECTS == (int)RELATE_INTERSECTS && (int)PLACE_OVERLAPS == (int)RELATE_OVERLAPS,
               "the first place operators are the relations");
