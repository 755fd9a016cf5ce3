/* app/chain_graph.h: a chain as it is drawn: for the page as places (JSON), for print as a picture (SVG).
 * Both come from one layout (chain/layout.h), and from what the atlas's audience may see. */
#pragma once
#include "app/sentence.h"
#include "base/json.h"
#include "chain/layout.h"

/* How large the segments are drawn: for Chinese names, for English ones, for a wall. */
typedef enum NodeSize { NODE_ZH, NODE_EN, NODE_WALL } NodeSize;

MUST_USE Err node_size_named(Str name, NodeSize *ret); /* "" is zh; ERR_PARAM */

typedef enum SvgTheme { THEME_LIGHT, THEME_DARK } SvgTheme;

MUST_USE Err svg_theme_named(Str name, SvgTheme *ret); /* "" is light; ERR_PARAM */

/* Who is on a segment: enterprises that make (or lead) there, and those that plan to; each counted once. */
typedef struct SegmentFirms {
    uint32_t makers, planned;
    bool illustrative; /* one of them at least */
} SegmentFirms;

typedef struct ChainDrawing {
    ChainGraph graph;
    LayoutStyle style;
    Layout layout;
    SegmentFirms *firms; /* as graph.segments */
    bool has_as_of;
    DateSpan as_of; /* the latest of its segments, flows and roles */
    bool illustrative;
} ChainDrawing;

/* chain_graph_read's errors. */
MUST_USE Err chain_draw(Arena *arena, const Atlas *atlas, Str id, NodeSize size, ChainDrawing *ret);

/* The layout as JSON, as docs/api.md tells. */
MUST_USE Err query_chain_graph(Arena *arena, const Atlas *atlas, Str id, NodeSize size, JsonOut *out);

/* The same drawn: text as text, no script, nothing from outside; strength told by colour, by shape and in
 * words. */
MUST_USE Err query_chain_svg(Arena *arena, const Atlas *atlas, Str id, Lang lang, SvgTheme theme, Buf *out);
