#include "app/chain_graph.h"
#include <stdlib.h>

/* ---- choices ---- */

Err node_size_named(Str name, NodeSize *ret)
{
    static const char *const names[] = {"zh", "en", "wall"};
    *ret = NODE_ZH;
    for (int i = 0; i < 3; i++)
        if (str_is(name, names[i]))
            *ret = (NodeSize)i;
    if (name.len == 0 || str_is(name, names[*ret]))
        return OK;
    return fail(ERR_PARAM, "param", "node", "value", str_c(name), "want", "zh, en, wall", "example", "zh",
                NULL);
}

Err svg_theme_named(Str name, SvgTheme *ret)
{
    *ret = str_is(name, "dark") ? THEME_DARK : THEME_LIGHT;
    if (name.len == 0 || str_is(name, "light") || str_is(name, "dark"))
        return OK;
    return fail(ERR_PARAM, "param", "theme", "value", str_c(name), "want", "light, dark", "example", "dark",
                NULL);
}

/* ---- sizes ---- */

enum { PADDING = 24 /* beside a name: bar, gaps */ };

/* Of a name in tenths of its type's size: a Chinese character is as wide as high, a Latin letter a little
 * more than half. */
static int32_t tenths(Str name)
{
    int32_t width = 0;
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        if (c >= 0xC0 || c < 0x80)
            width += c >= 0xE0 ? 10 : 6;
    }
    return width;
}

static int32_t clamp_even(int32_t n, int32_t least, int32_t most)
{
    n = n < least ? least : n > most ? most : n;
    return n + n % 2;
}

/* Columns are as wide as the longest name needs, within bounds; an English name may take two lines. */
static LayoutStyle style_for(const ChainGraph *graph, NodeSize size)
{
    static const LayoutStyle styles[] = {{0, 50, 36, 20, 36}, {156, 58, 36, 20, 36}, {0, 66, 36, 20, 44}};
    LayoutStyle style = styles[size];
    int32_t type = size == NODE_WALL ? 16 : 13, longest = 0;
    for (uint32_t i = 0; i < graph->segment_count; i++) {
        int32_t width = tenths(graph->segments[i].name_zh) * type / 10;
        longest = width > longest ? width : longest;
    }
    if (size != NODE_EN)
        style.node_width = clamp_even(longest + PADDING, type * 8, type * 12);
    return style;
}

/* ---- firms ---- */

typedef struct Firm {
    Str enterprise;
    uint32_t segment;
    bool planned, illustrative;
} Firm;

/* By segment, then enterprise; of one enterprise what it makes before what it plans. */
static int firm_cmp(const void *a, const void *b)
{
    const Firm *x = a, *y = b;
    if (x->segment != y->segment)
        return x->segment < y->segment ? -1 : 1;
    int by = str_cmp(x->enterprise, y->enterprise);
    return by ? by : x->planned - y->planned;
}

static Str cell(const Table *table, uint32_t row, const char *name)
{
    const Column *column = &table->columns[field_index(table->kind, str_of(name))];
    if (!column->values || !bits_get(column->known, row))
        return STR("");
    return column_entry(column, (uint32_t)column_stored(column, row));
}

static void note_fresh(ChainDrawing *drawing, const Table *table, uint32_t row)
{
    DateSpan as_of = table->fresh[row].as_of;
    if (!drawing->has_as_of || as_of.last > drawing->as_of.last)
        drawing->as_of = as_of;
    drawing->has_as_of = true;
}

static void count_firms(ChainDrawing *drawing, Firm *firms, uint32_t count)
{
    if (count > 1)
        qsort(firms, count, sizeof *firms, firm_cmp);
    for (uint32_t i = 0; i < count; i++) {
        SegmentFirms *on = &drawing->firms[firms[i].segment];
        on->illustrative |= firms[i].illustrative;
        drawing->illustrative |= firms[i].illustrative;
        if (i > 0 && firms[i - 1].segment == firms[i].segment &&
            str_eq(firms[i - 1].enterprise, firms[i].enterprise))
            continue;
        on->makers += !firms[i].planned;
        on->planned += firms[i].planned;
    }
}

static void read_firms(Arena *arena, const Atlas *atlas, ChainDrawing *drawing)
{
    uint32_t count = 0;
    Firm *firms = arena_array(arena, Firm, atlas_count(atlas, KIND_ROLE) + 1);
    for (uint32_t s = 0; s < atlas_segments(atlas); s++) {
        const Table *table = atlas_table(atlas, KIND_ROLE, s);
        for (uint32_t row = 0; row < table->rows; row++) {
            if (!bits_get(table->live, row))
                continue;
            uint32_t segment = chain_segment_find(&drawing->graph, cell(table, row, "segment"));
            if (segment == CHAIN_NOWHERE)
                continue;
            firms[count++] =
                (Firm){cell(table, row, "enterprise"), segment, str_is(cell(table, row, "type"), "planned"),
                       str_is(cell(table, row, "how"), "illustrative")};
            note_fresh(drawing, table, row);
        }
    }
    count_firms(drawing, firms, count);
}

/* Segments have no index by chain, but are few: those of the graph are found again by key. */
static void read_freshness(const Atlas *atlas, ChainDrawing *drawing)
{
    RowRef at;
    for (uint32_t i = 0; i < drawing->graph.segment_count; i++)
        if (atlas_find(atlas, KIND_SEGMENT, drawing->graph.segments[i].key, &at) == OK)
            note_fresh(drawing, atlas_table(atlas, KIND_SEGMENT, at.segment), at.row);
}

Err chain_draw(Arena *arena, const Atlas *atlas, Str id, NodeSize size, ChainDrawing *ret)
{
    ChainDrawing drawing = {0};
    TRY(chain_graph_read(arena, atlas, id, &drawing.graph));
    drawing.style = style_for(&drawing.graph, size);
    drawing.firms = arena_zarray(arena, SegmentFirms, drawing.graph.segment_count + 1);
    read_freshness(atlas, &drawing);
    read_firms(arena, atlas, &drawing);
    chain_layout(arena, &drawing.graph, &drawing.style, &drawing.layout);
    *ret = drawing;
    return OK;
}

/* ---- JSON ---- */

static void out_member(JsonOut *out, const char *name, int64_t n)
{
    out_name(out, name);
    out_int(out, n);
}

static const char *stage_name(int stage)
{
    return kind_info(KIND_SEGMENT)->fields[field_index(KIND_SEGMENT, STR("stage"))].codes->codes[stage].code;
}

static void out_lanes(JsonOut *out, const Layout *layout)
{
    out_name(out, "lanes");
    out_array(out);
    for (int s = 0; s < CHAIN_STAGES; s++) {
        out_object(out);
        out_name(out, "stage");
        out_c(out, stage_name(s));
        out_member(out, "x", layout->lanes[s].x);
        out_member(out, "y", layout->lane_y);
        out_member(out, "width", layout->lanes[s].width);
        out_member(out, "height", layout->lane_height);
        out_object_end(out);
    }
    out_array_end(out);
}

static void out_nodes(JsonOut *out, const ChainDrawing *drawing)
{
    out_name(out, "nodes");
    out_array(out);
    for (uint32_t i = 0; i < drawing->graph.segment_count; i++) {
        const LayoutNode *node = &drawing->layout.nodes[i];
        out_object(out);
        out_name(out, "segment");
        out_str(out, drawing->graph.segments[i].key);
        out_member(out, "x", node->x);
        out_member(out, "y", node->y);
        out_member(out, "width", node->width);
        out_member(out, "height", node->height);
        out_name(out, "stage");
        out_c(out, stage_name(node->stage));
        out_member(out, "step", node->step);
        out_member(out, "enterprises", drawing->firms[i].makers);
        out_member(out, "planned", drawing->firms[i].planned);
        out_name(out, "illustrative");
        out_bool(out, drawing->firms[i].illustrative);
        out_object_end(out);
    }
    out_array_end(out);
}

static void out_points(JsonOut *out, const LayoutEdge *edge)
{
    out_name(out, "points");
    out_array(out);
    for (uint32_t i = 0; i < edge->count; i++) {
        out_array(out);
        out_int(out, edge->points[i].x);
        out_int(out, edge->points[i].y);
        out_array_end(out);
    }
    out_array_end(out);
}

static void out_edges(JsonOut *out, const ChainDrawing *drawing)
{
    out_name(out, "edges");
    out_array(out);
    for (uint32_t f = 0; f < drawing->graph.flow_count; f++) {
        const ChainFlow *flow = &drawing->graph.flows[f];
        const LayoutEdge *edge = &drawing->layout.edges[f];
        if (edge->count == 0)
            continue;
        out_object(out);
        out_name(out, "flow");
        out_str(out, flow->key);
        out_name(out, "from");
        out_str(out, flow->from_key);
        out_name(out, "to");
        out_str(out, flow->to_key);
        out_points(out, edge);
        out_name(out, "recycling");
        out_bool(out, edge->back);
        out_object_end(out);
    }
    out_array_end(out);
}

Err query_chain_graph(Arena *arena, const Atlas *atlas, Str id, NodeSize size, JsonOut *out)
{
    ChainDrawing drawing;
    TRY(chain_draw(arena, atlas, id, size, &drawing));
    out_object(out);
    out_name(out, "id");
    out_str(out, drawing.graph.key);
    out_member(out, "width", drawing.layout.width);
    out_member(out, "height", drawing.layout.height);
    out_member(out, "crossings", drawing.layout.crossings);
    out_lanes(out, &drawing.layout);
    out_nodes(out, &drawing);
    out_edges(out, &drawing);
    out_object_end(out);
    return OK;
}
