#include "chain/layout.h"
#include "chain/layers.h"

enum {
    MARGIN = 8,
    LANE_PAD = 16, /* between a lane's edge and its columns */
    LANE_GAP = 4,  /* between lanes */
    BEND_HEIGHT = 2,
    BEND_GAP = 10,
    TRACK = 18,  /* from one return flow to the next below the lanes */
    RAIL = 4,    /* from one vertical of return flows to the next in a gap */
    GUTTER = 16, /* left of the lanes, at least */
    ENTRY = 8,   /* the level piece before an arrow */
};

typedef struct Drawing {
    const ChainGraph *graph;
    const LayoutStyle *style;
    Layers layers;
    int32_t *x; /* of each column's left edge */
    int32_t *y; /* of each node's middle */
    Layout *out;
    Arena *arena;
} Drawing;

/* ---- across ---- */

static uint32_t back_count(const Drawing *drawing, uint32_t column)
{
    uint32_t count = 0;
    for (uint32_t f = 0; f < drawing->graph->flow_count; f++) {
        const ChainFlow *flow = &drawing->graph->flows[f];
        count += drawing->layers.back[f] && flow->from != CHAIN_NOWHERE && flow->to != CHAIN_NOWHERE &&
                 drawing->layers.column[flow->to] == column;
    }
    return count;
}

static int32_t gutter(const Drawing *drawing)
{
    uint32_t back = back_count(drawing, 0);
    return back ? GUTTER + RAIL * (int32_t)(back < 12 ? back : 12) : 0;
}

static void place_columns(Drawing *drawing)
{
    const LayoutStyle *style = drawing->style;
    const Layers *layers = &drawing->layers;
    int32_t x = MARGIN + gutter(drawing);
    for (int s = 0; s < CHAIN_STAGES; s++) {
        LayoutLane *lane = &drawing->out->lanes[s];
        lane->x = x;
        x += LANE_PAD;
        for (uint32_t c = layers->first[s]; c < layers->first[s + 1]; c++) {
            drawing->x[c] = x;
            x += style->node_width + (c + 1 < layers->first[s + 1] ? style->column_gap : LANE_PAD);
        }
        lane->width = x - lane->x;
        x += LANE_GAP;
    }
    drawing->out->width = x - LANE_GAP + MARGIN;
}

/* ---- down ---- */

static void place_rows(Drawing *drawing)
{
    const Layers *layers = &drawing->layers;
    Layout *out = drawing->out;
    int32_t *heights = arena_array(drawing->arena, int32_t, layers->count + 1);
    int32_t top = MARGIN + drawing->style->lane_head, bottom = top + drawing->style->node_height;
    for (uint32_t v = 0; v < layers->count; v++)
        heights[v] = v < layers->real ? drawing->style->node_height : BEND_HEIGHT;
    layers_place(drawing->arena, layers, heights, drawing->style->row_gap, BEND_GAP, drawing->y);
    layers_settle(drawing->arena, layers, heights, drawing->style->row_gap, BEND_GAP, drawing->y);
    for (uint32_t v = 0; v < layers->count; v++) {
        drawing->y[v] += top;
        int32_t low = drawing->y[v] + heights[v] / 2;
        bottom = low > bottom ? low : bottom;
    }
    out->lane_y = MARGIN;
    out->lane_height = bottom + LANE_PAD - MARGIN;
    out->height = out->lane_y + out->lane_height + MARGIN;
}

static void place_nodes(Drawing *drawing)
{
    const Layers *layers = &drawing->layers;
    for (uint32_t v = 0; v < layers->real; v++) {
        int stage = drawing->graph->segments[v].stage;
        drawing->out->nodes[v] = (LayoutNode){
            .x = drawing->x[layers->column[v]],
            .y = drawing->y[v] - drawing->style->node_height / 2,
            .width = drawing->style->node_width,
            .height = drawing->style->node_height,
            .stage = stage,
            .step = (int)(layers->column[v] - layers->first[stage]),
        };
    }
}

/* ---- flows ---- */

static void add_point(LayoutEdge *edge, int32_t x, int32_t y)
{
    edge->points[edge->count++] = (LayoutPoint){x, y};
}

static void route_forward(const Drawing *drawing, uint32_t f)
{
    const Layers *layers = &drawing->layers;
    uint32_t begin = span_begin(layers->path_ends, f), end = layers->path_ends[f];
    LayoutEdge *edge = &drawing->out->edges[f];
    edge->points = arena_array(drawing->arena, LayoutPoint, 2 * (end - begin));
    for (uint32_t i = begin; i < end; i++) {
        uint32_t v = layers->path[i];
        int32_t x = drawing->x[layers->column[v]];
        if (i > begin)
            add_point(edge, x, drawing->y[v]);
        if (i + 1 < end)
            add_point(edge, x + drawing->style->node_width, drawing->y[v]);
    }
}

/* Out of the supplier to the right, down to a track of its own below all lanes, left, and up just before the
 * taker's column: for the first column that is the gutter. */
static void route_back(const Drawing *drawing, uint32_t f, uint32_t number, uint32_t rail)
{
    const LayoutNode *from = &drawing->out->nodes[drawing->graph->flows[f].from];
    const LayoutNode *to = &drawing->out->nodes[drawing->graph->flows[f].to];
    LayoutEdge *edge = &drawing->out->edges[f];
    int32_t room = LANE_PAD - ENTRY;
    bool first = drawing->layers.column[drawing->graph->flows[f].to] == 0;
    int32_t out = from->x + from->width + ENTRY;
    int32_t in = first ? drawing->out->lanes[0].x - ENTRY - RAIL * (int32_t)(rail % 12)
                       : to->x - ENTRY - (RAIL * (int32_t)rail) % room;
    int32_t track = drawing->out->lane_y + drawing->out->lane_height + TRACK * (int32_t)(number + 1);
    edge->points = arena_array(drawing->arena, LayoutPoint, 6);
    add_point(edge, from->x + from->width, from->y + from->height / 2);
    add_point(edge, out, from->y + from->height / 2);
    add_point(edge, out, track);
    add_point(edge, in, track);
    add_point(edge, in, to->y + to->height / 2);
    add_point(edge, to->x, to->y + to->height / 2);
}

static void route_flows(Drawing *drawing)
{
    const Layers *layers = &drawing->layers;
    uint32_t back = 0;
    uint32_t *rails = arena_zarray(drawing->arena, uint32_t, layers->columns + 1);
    for (uint32_t f = 0; f < drawing->graph->flow_count; f++) {
        const ChainFlow *flow = &drawing->graph->flows[f];
        drawing->out->edges[f] = (LayoutEdge){.back = layers->back[f]};
        if (flow->from == CHAIN_NOWHERE || flow->to == CHAIN_NOWHERE)
            continue;
        if (layers->back[f])
            route_back(drawing, f, back++, rails[layers->column[flow->to]]++);
        else
            route_forward(drawing, f);
    }
    drawing->out->height += TRACK * (int32_t)back;
}

/* Lines of one supplier share their way, unless that costs more than an eighth of the crossings. */
static uint32_t order_columns(Drawing *drawing)
{
    Layers shared, apart;
    layers_build(drawing->arena, drawing->graph, true, &shared);
    layers_build(drawing->arena, drawing->graph, false, &apart);
    uint32_t crossings = layers_order(drawing->arena, &shared);
    uint32_t fewer = layers_order(drawing->arena, &apart);
    bool share = 8 * (uint64_t)fewer >= 7 * (uint64_t)crossings;
    drawing->layers = share ? shared : apart;
    return share ? crossings : fewer;
}

void chain_layout(Arena *arena, const ChainGraph *graph, const LayoutStyle *style, Layout *ret)
{
    Drawing drawing = {.graph = graph, .style = style, .out = ret, .arena = arena};
    *ret = (Layout){
        .nodes = arena_zarray(arena, LayoutNode, graph->segment_count + 1),
        .edges = arena_zarray(arena, LayoutEdge, graph->flow_count + 1),
    };
    ret->crossings = order_columns(&drawing);
    drawing.x = arena_array(arena, int32_t, drawing.layers.columns + 1);
    drawing.y = arena_array(arena, int32_t, drawing.layers.count + 1);
    place_columns(&drawing);
    place_rows(&drawing);
    place_nodes(&drawing);
    route_flows(&drawing);
}
