/* A chain as SVG for print. Colours and shapes after the design's tokens: a state is told by colour, by shape
 * (bar, hatch, dash) and by a word, so that it holds on grey paper. */
#include "app/chain_graph.h"
#include <stdio.h>

enum {
    HEAD = 52, /* above the lanes: title and legend */
    FOOT = 32, /* below: as-of, what is illustrative */
    TYPE = 13,
    SMALL = 12,
    NAME_LINES_MAX = 2,
    LEGEND_STEP = 84,
    TAG_WIDTH = 84,
};

typedef struct Palette {
    const char *bg, *surface, *lane, *line, *line2, *text, *text2, *text3;
    const char *colour[4], *tint[4]; /* as the list strength: strong, growing, weak, gap */
} Palette;

static const Palette palettes[] = {
    [THEME_LIGHT] = {"#f4f5f2",
                     "#ffffff",
                     "#f6f7f4",
                     "#dde2dc",
                     "#8b9791",
                     "#16211d",
                     "#46544e",
                     "#5f6d67",
                     {"#0b6b5e", "#2a68b0", "#946000", "#b93a20"},
                     {"#e4f1ee", "#e8f0f9", "#f8f0df", "#fbebe6"}},
    [THEME_DARK] = {"#0d1311",
                    "#141c19",
                    "#19231f",
                    "#28332f",
                    "#6d7c76",
                    "#e9efec",
                    "#b3c0ba",
                    "#8d9c96",
                    {"#54c5b1", "#86b6f2", "#e2ab50", "#ff8a6b"},
                    {"#15302a", "#182a3e", "#30270f", "#371d16"}},
};

enum { STRONG, GROWING, WEAK, GAP };

typedef struct Svg {
    Buf *out;
    const ChainDrawing *drawing;
    const Palette *palette;
    Lang lang;
} Svg;

/* ---- text ---- */

static const char *said(const Svg *svg, const char *zh, const char *en)
{
    return svg->lang == LANG_ZH ? zh : en;
}

/* XML's five, and what XML 1.0 has no place for: controls, U+FFFE and U+FFFF. */
static void put_escaped(Buf *out, Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bool last_two = c == 0xEF && i + 2 < text.len && (unsigned char)text.ptr[i + 1] == 0xBF &&
                        (unsigned char)text.ptr[i + 2] >= 0xBE;
        if (c == '<')
            buf_c(out, "&lt;");
        else if (c == '>')
            buf_c(out, "&gt;");
        else if (c == '&')
            buf_c(out, "&amp;");
        else if (c == '"')
            buf_c(out, "&quot;");
        else if (c == '\'')
            buf_c(out, "&#39;");
        else if (c < 0x20 || c == 0x7F || last_two)
            buf_c(out, "\xEF\xBF\xBD");
        else
            buf_byte(out, (char)c);
        i += last_two ? 2 : 0;
    }
}

static void put_text(Svg *svg, int32_t x, int32_t y, int size, const char *colour, const char *more, Str text)
{
    buf_fmt(svg->out, "<text x=\"%d\" y=\"%d\" font-size=\"%d\" fill=\"%s\"%s>", x, y, size, colour, more);
    put_escaped(svg->out, text);
    buf_c(svg->out, "</text>\n");
}

#define BOLD  " font-weight=\"600\""
#define RIGHT " text-anchor=\"end\""

/* Bytes of the text that fit into `width`, ending between characters, at a space where there is one and the
 * text is Latin. */
static size_t fitting(Str text, int32_t width)
{
    int32_t tenth = 0;
    size_t at = 0, space = 0;
    while (at < text.len) {
        size_t len = 1;
        while (at + len < text.len && ((unsigned char)text.ptr[at + len] & 0xC0) == 0x80)
            len++;
        tenth += (unsigned char)text.ptr[at] >= 0xE0 ? 10 : 6;
        if (tenth * TYPE > width * 10)
            return space ? space : at;
        if (text.ptr[at] == ' ')
            space = at;
        at += len;
    }
    return text.len;
}

/* The name in as many lines as there are; what does not fit ends with … and is told whole by the title. */
static int32_t put_name(Svg *svg, int32_t x, int32_t y, int32_t width, int lines, Str name)
{
    for (int line = 0; line < lines && name.len; line++) {
        size_t len = fitting(name, width);
        bool last = line + 1 == lines && len < name.len;
        if (last)
            len = fitting(name, width - TYPE);
        buf_fmt(svg->out, "<text x=\"%d\" y=\"%d\" font-size=\"%d\" fill=\"%s\"" BOLD ">", x, y + 15 * line,
                TYPE, svg->palette->text);
        put_escaped(svg->out, str_trim((Str){name.ptr, len}));
        buf_c(svg->out, last ? "…</text>\n" : "</text>\n");
        name = (Str){name.ptr + len, name.len - len};
    }
    return y;
}

static Str name_of(const Svg *svg, Str zh, Str en, Str key)
{
    Str first = svg->lang == LANG_ZH ? zh : en, second = svg->lang == LANG_ZH ? en : zh;
    return first.len ? first : second.len ? second : key;
}

/* ---- strength ---- */

static const Code *strength_code(int strength)
{
    return &kind_info(KIND_SEGMENT)
                ->fields[field_index(KIND_SEGMENT, STR("strength"))]
                .codes->codes[strength];
}

static const char *strength_word(const Svg *svg, int strength)
{
    return said(svg, strength_code(strength)->label.zh, strength_code(strength)->label.en);
}

static void put_hatch(Svg *svg)
{
    buf_fmt(svg->out,
            "<defs><pattern id=\"weak\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
            "<rect width=\"6\" height=\"6\" fill=\"%s\"/>"
            "<path d=\"M-1 7 7 -1M-1 1 1 -1M5 7 7 5\" stroke=\"%s\" stroke-width=\"2\"/></pattern></defs>\n",
            svg->palette->surface, svg->palette->colour[WEAK]);
}

/* The bar at a segment's left edge: solid, hatched, or (a gap, or not known) none. */
static void put_bar(Svg *svg, int32_t x, int32_t y, int32_t height, int strength)
{
    if (strength < 0 || strength == GAP)
        return;
    buf_fmt(svg->out, "<rect x=\"%d\" y=\"%d\" width=\"5\" height=\"%d\" fill=\"%s\"/>\n", x, y, height,
            strength == WEAK ? "url(#weak)" : svg->palette->colour[strength]);
}

/* ---- parts ---- */

static void put_box(Svg *svg, const LayoutNode *node, int strength)
{
    const Palette *palette = svg->palette;
    bool gap = strength == GAP, strong = strength == STRONG;
    buf_fmt(svg->out,
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"%s\" stroke=\"%s\"%s/>\n",
            node->x, node->y, node->width, node->height,
            gap || strong ? palette->tint[strength] : palette->surface,
            gap ? palette->colour[GAP] : palette->line2,
            gap            ? " stroke-width=\"1.5\" stroke-dasharray=\"4 3\""
            : strength < 0 ? " stroke-opacity=\"0.6\""
                           : "");
}

/* "6 家"; where nobody makes, "拟建 1 家". */
static void put_firms(Svg *svg, const LayoutNode *node, const SegmentFirms *firms)
{
    char text[80];
    if (firms->makers == 0 && firms->planned == 0)
        return;
    if (firms->makers > 0)
        snprintf(text, sizeof text, said(svg, "%u 家", firms->makers == 1 ? "%u firm" : "%u firms"),
                 firms->makers);
    else
        snprintf(text, sizeof text, said(svg, "拟建 %u 家", "%u planned"), firms->planned);
    put_text(svg, node->x + node->width - 10, node->y + node->height - 10, SMALL, svg->palette->text2, RIGHT,
             str_of(text));
}

static void put_node(Svg *svg, uint32_t i)
{
    const ChainSegment *segment = &svg->drawing->graph.segments[i];
    const LayoutNode *node = &svg->drawing->layout.nodes[i];
    Str name = name_of(svg, segment->name_zh, segment->name_en, segment->key);
    buf_c(svg->out, "<g><title>");
    put_escaped(svg->out, name);
    buf_c(svg->out, "</title>\n");
    put_box(svg, node, segment->strength);
    put_bar(svg, node->x, node->y, node->height, segment->strength);
    put_name(svg, node->x + 12, node->y + 19, node->width - 18, svg->lang == LANG_EN ? NAME_LINES_MAX : 1,
             name);
    if (segment->strength >= 0)
        put_text(svg, node->x + 12, node->y + node->height - 10, SMALL,
                 svg->palette->colour[segment->strength], BOLD,
                 str_of(strength_word(svg, segment->strength)));
    put_firms(svg, node, &svg->drawing->firms[i]);
    buf_c(svg->out, "</g>\n");
}

static bool touches_gap(const ChainGraph *graph, const ChainFlow *flow)
{
    return graph->segments[flow->from].strength == GAP || graph->segments[flow->to].strength == GAP;
}

/* Level runs are straight; a change of height is a curve that begins and ends level. Return flows keep their
 * corners. */
static void put_line(Svg *svg, const LayoutEdge *edge)
{
    const LayoutPoint *p = edge->points;
    buf_fmt(svg->out, "M%d %d", p[0].x, p[0].y);
    for (uint32_t i = 1; i < edge->count; i++) {
        int32_t middle = (p[i - 1].x + p[i].x) / 2;
        if (edge->back || p[i].y == p[i - 1].y)
            buf_fmt(svg->out, "L%d %d", p[i].x, p[i].y);
        else
            buf_fmt(svg->out, "C%d %d %d %d %d %d", middle, p[i - 1].y, middle, p[i].y, p[i].x, p[i].y);
    }
}

static void put_arrow(Svg *svg, LayoutPoint at, const char *colour)
{
    buf_fmt(svg->out, "<path d=\"M%d %dl-6 -3.5v7z\" fill=\"%s\"/>\n", at.x, at.y, colour);
}

static void put_return_name(Svg *svg, const ChainFlow *flow, const LayoutEdge *edge)
{
    Str name = name_of(svg, flow->name_zh, flow->name_en, STR(""));
    LayoutPoint low = edge->points[2], far = edge->points[3];
    char halo[120];
    if (name.len == 0)
        return;
    snprintf(halo, sizeof halo,
             " text-anchor=\"middle\" paint-order=\"stroke\" stroke=\"%s\" stroke-width=\"5\"",
             svg->palette->bg);
    put_text(svg, (low.x + far.x) / 2, low.y + 4, SMALL, svg->palette->text2, halo, name);
}

static void put_flow(Svg *svg, uint32_t f)
{
    const ChainGraph *graph = &svg->drawing->graph;
    const LayoutEdge *edge = &svg->drawing->layout.edges[f];
    if (edge->count == 0)
        return;
    bool gap = touches_gap(graph, &graph->flows[f]);
    const char *colour = gap ? svg->palette->colour[GAP] : svg->palette->line2;
    buf_c(svg->out, "<path d=\"");
    put_line(svg, edge);
    buf_fmt(svg->out, "\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.25\"%s/>\n", colour,
            gap          ? " stroke-dasharray=\"4 3\""
            : edge->back ? " stroke-dasharray=\"8 4\""
                         : "");
    if (edge->back) {
        put_arrow(svg, edge->points[edge->count - 1], colour);
        put_return_name(svg, &graph->flows[f], edge);
    }
}

static void put_lanes(Svg *svg)
{
    const Layout *layout = &svg->drawing->layout;
    const CodeList *stages = kind_info(KIND_SEGMENT)->fields[field_index(KIND_SEGMENT, STR("stage"))].codes;
    for (int s = 0; s < CHAIN_STAGES; s++) {
        const LayoutLane *lane = &layout->lanes[s];
        buf_fmt(svg->out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"%s\"/>\n",
                lane->x, layout->lane_y, lane->width, layout->lane_height, svg->palette->lane);
        put_text(svg, lane->x + 12, layout->lane_y + 23, 14, svg->palette->text, BOLD,
                 str_of(said(svg, stages->codes[s].label.zh, stages->codes[s].label.en)));
    }
}

/* ---- head and foot ---- */

static void put_legend(Svg *svg, int32_t right)
{
    for (int s = STRONG; s <= GAP; s++) {
        int32_t x = right - LEGEND_STEP * (GAP + 1 - s);
        if (s == GAP)
            buf_fmt(svg->out,
                    "<rect x=\"%d\" y=\"21\" width=\"12\" height=\"12\" rx=\"3\" fill=\"%s\" stroke=\"%s\" "
                    "stroke-dasharray=\"3 2\"/>\n",
                    x, svg->palette->tint[GAP], svg->palette->colour[GAP]);
        else
            buf_fmt(svg->out, "<rect x=\"%d\" y=\"21\" width=\"12\" height=\"12\" rx=\"3\" fill=\"%s\"/>\n",
                    x, s == WEAK ? "url(#weak)" : svg->palette->colour[s]);
        put_text(svg, x + 18, 31, SMALL, svg->palette->text2, "", str_of(strength_word(svg, s)));
    }
}

/* The dashed tag that samples carry everywhere. */
static void put_sample_tag(Svg *svg, int32_t right)
{
    if (!svg->drawing->illustrative)
        return;
    buf_fmt(svg->out,
            "<rect x=\"%d\" y=\"16\" width=\"%d\" height=\"22\" rx=\"4\" fill=\"none\" stroke=\"%s\" "
            "stroke-dasharray=\"3 2\"/>\n",
            right - TAG_WIDTH, TAG_WIDTH, svg->palette->text3);
    put_text(svg, right - TAG_WIDTH / 2, 31, SMALL, svg->palette->text2, " text-anchor=\"middle\"",
             str_of(said(svg, "示例数据", "Sample data")));
}

static void put_foot(Svg *svg, int32_t y)
{
    Buf text;
    buf_init(&text, 1000);
    const ChainDrawing *drawing = svg->drawing;
    buf_fmt(&text, said(svg, "%u 个环节，%u 条供需关系", "%u segments, %u flows"),
            drawing->graph.segment_count, drawing->graph.flow_count);
    if (drawing->has_as_of) {
        buf_c(&text, said(svg, "；数据截至 ", "; as of "));
        buf_date(&text, drawing->as_of);
    }
    if (drawing->illustrative)
        buf_c(&text, said(svg, "；企业数和由它而来的强弱含示例数据",
                          "; counts of firms, and strengths that follow from them, contain sample data"));
    put_text(svg, 8, y, SMALL, svg->palette->text3, "", buf_view(&text));
    buf_done(&text);
}

static void put_picture(Svg *svg)
{
    const ChainDrawing *drawing = svg->drawing;
    const Layout *layout = &drawing->layout;
    int32_t least = 8 + 4 * LEGEND_STEP + 240, width = layout->width > least ? layout->width : least;
    int32_t height = HEAD + layout->height + FOOT;
    Str title = name_of(svg, drawing->graph.name_zh, drawing->graph.name_en, drawing->graph.key);
    buf_fmt(svg->out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
            "xml:lang=\"%s\" role=\"img\" font-family=\"'Inter Variable','PingFang SC','Microsoft YaHei',"
            "'Noto Sans SC Variable','Noto Sans CJK SC',sans-serif\">\n<title>",
            width, height, width, height, lang_name(svg->lang));
    put_escaped(svg->out, title);
    buf_c(svg->out, "</title>\n");
    put_hatch(svg);
    buf_fmt(svg->out, "<rect width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", width, height, svg->palette->bg);
    put_text(svg, 8, 34, 20, svg->palette->text, BOLD, title);
    put_legend(svg, width);
    put_sample_tag(svg, width - LEGEND_STEP * (GAP + 1) - 24);
    buf_fmt(svg->out, "<g transform=\"translate(0 %d)\">\n", HEAD);
    put_lanes(svg);
    for (uint32_t f = 0; f < drawing->graph.flow_count; f++)
        put_flow(svg, f);
    for (uint32_t i = 0; i < drawing->graph.segment_count; i++)
        put_node(svg, i);
    buf_c(svg->out, "</g>\n");
    put_foot(svg, height - 12);
    buf_c(svg->out, "</svg>\n");
}

Err query_chain_svg(Arena *arena, const Atlas *atlas, Str id, Lang lang, SvgTheme theme, Buf *out)
{
    ChainDrawing drawing;
    TRY(chain_draw(arena, atlas, id, lang == LANG_EN ? NODE_EN : NODE_ZH, &drawing));
    Svg svg = {.out = out, .drawing = &drawing, .palette = &palettes[theme], .lang = lang};
    put_picture(&svg);
    return buf_check(out, "the answer");
}
