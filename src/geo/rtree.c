/* Layout: header; the boxes of all nodes, leaves first, then each level above, the root last; then the rows
 * of the leaves. Node i of a level covers nodes 16 i … 16 i + 15 of the level below, so that nothing points
 * anywhere, and what lies below a node is one run of leaves. */
#include "geo/rtree.h"
#include <stdlib.h>
#include <string.h>

enum { FANOUT = 16, FANOUT_BITS = 4, LEVELS_MAX = 9 };

typedef struct Header {
    char magic[8];
    uint32_t rows, items, nodes, spare;
} Header;

static const char magic[8] = "LPRTREE1";
static const Box no_box = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN};

/* Where each level's nodes begin; level 0 are the leaves. starts[levels] is the count of all. */
typedef struct Levels {
    uint32_t count;
    uint64_t starts[LEVELS_MAX + 1];
} Levels;

static Levels levels_of(uint32_t items)
{
    Levels levels = {0, {0}};
    for (uint64_t width = items; width > 0; width = (width + FANOUT - 1) / FANOUT) {
        levels.starts[levels.count + 1] = levels.starts[levels.count] + width;
        levels.count++;
        if (width == 1)
            break;
    }
    return levels;
}

/* x, y → distance along a Hilbert curve of 16 levels: at each level the quadrant gives two bits, and the axes
 * are turned to what the curve looks like inside it (Wikipedia, "Hilbert curve", xy2d). */
static uint32_t hilbert(uint32_t x, uint32_t y)
{
    uint32_t d = 0;
    for (uint32_t s = 1u << 15; s > 0; s >>= 1) {
        uint32_t right = (x & s) > 0, up = (y & s) > 0;
        d += s * s * ((3 * right) ^ up);
        if (!up) {
            if (right) {
                x = 0xFFFF - x;
                y = 0xFFFF - y;
            }
            uint32_t kept = x;
            x = y;
            y = kept;
        }
    }
    return d;
}

uint32_t hilbert_of(Point point)
{
    uint64_t x = (uint64_t)((int64_t)point.lon + 180LL * DEGREE) * 0x10000 / (360LL * DEGREE);
    uint64_t y = (uint64_t)((int64_t)point.lat + 90LL * DEGREE) * 0x10000 / (180LL * DEGREE);
    return hilbert(x < 0xFFFF ? (uint32_t)x : 0xFFFF, y < 0xFFFF ? (uint32_t)y : 0xFFFF);
}

typedef struct Item {
    uint32_t order, row;
} Item;

/* Stable, by three digits of 11 bits. */
static void sort_items(Item *items, Item *spare, uint32_t count)
{
    enum { DIGIT = 11, BUCKETS = 1 << DIGIT };
    for (int shift = 0; shift < 32; shift += DIGIT) {
        uint32_t ends[BUCKETS] = {0}, sum = 0;
        for (uint32_t i = 0; i < count; i++)
            ends[items[i].order >> shift & (BUCKETS - 1)]++;
        for (uint32_t b = 0; b < BUCKETS; b++) {
            uint32_t n = ends[b];
            ends[b] = sum;
            sum += n;
        }
        for (uint32_t i = 0; i < count; i++)
            spare[ends[items[i].order >> shift & (BUCKETS - 1)]++] = items[i];
        Item *kept = items;
        items = spare;
        spare = kept;
    }
    memcpy(spare, items, count * sizeof *items); /* an odd number of passes ended in the other array */
}

/* The items in Hilbert order of their boxes' middles, on a grid over what they all cover. */
static Item *items_in_order(const Box *boxes, uint32_t count, uint32_t *ret_items)
{
    Item *items = heap_alloc(2 * (size_t)count * sizeof *items);
    Box all = no_box;
    uint32_t n = 0;
    for (uint32_t row = 0; row < count; row++)
        if (boxes[row].west <= boxes[row].east) {
            all = box_join(all, boxes[row]);
            items[n++].row = row;
        }
    double wide = 2 * ((double)all.east - all.west), high = 2 * ((double)all.north - all.south);
    double per_lon = wide > 0 ? 0xFFFF / wide : 0, per_lat = high > 0 ? 0xFFFF / high : 0;
    for (uint32_t i = 0; i < n; i++) {
        Box box = boxes[items[i].row];
        double x = ((double)box.west + box.east - 2.0 * all.west) * per_lon;
        double y = ((double)box.south + box.north - 2.0 * all.south) * per_lat;
        items[i].order = hilbert((uint32_t)x, (uint32_t)y);
    }
    sort_items(items, items + count, n);
    *ret_items = n;
    return items;
}

static uint64_t size_of(uint32_t items, const Levels *levels)
{
    uint64_t size = sizeof(Header) + levels->starts[levels->count] * sizeof(Box) + items * sizeof(uint32_t);
    return (size + 7) / 8 * 8;
}

void rtree_build(Arena *arena, const Box *boxes, uint32_t count, RTree *ret)
{
    uint32_t n = 0;
    Item *items = items_in_order(boxes, count, &n);
    Levels levels = levels_of(n);
    uint64_t size = size_of(n, &levels);
    char *bytes = arena_zalloc(arena, size);
    Header header = {.rows = count, .items = n, .nodes = (uint32_t)levels.starts[levels.count]};
    memcpy(header.magic, magic, sizeof magic);
    memcpy(bytes, &header, sizeof header);
    Box *nodes = (Box *)(void *)(bytes + sizeof header);
    uint32_t *rows = (uint32_t *)(void *)(nodes + header.nodes);
    for (uint32_t i = 0; i < n; i++) {
        nodes[i] = boxes[items[i].row];
        rows[i] = items[i].row;
    }
    free(items);
    for (uint32_t level = 1; level < levels.count; level++)
        for (uint64_t i = levels.starts[level]; i < levels.starts[level + 1]; i++) {
            uint64_t at = levels.starts[level - 1] + (i - levels.starts[level]) * FANOUT;
            uint64_t end = at + FANOUT < levels.starts[level] ? at + FANOUT : levels.starts[level];
            Box box = no_box;
            for (; at < end; at++)
                box = box_join(box, nodes[at]);
            nodes[i] = box;
        }
    *ret = (RTree){bytes, size};
}

/* A tree's bytes, taken apart. */
typedef struct View {
    Header header;
    Levels levels;
    const Box *nodes;
    const uint32_t *rows;
} View;

static View view_of(const void *bytes)
{
    View view;
    memcpy(&view.header, bytes, sizeof view.header);
    view.levels = levels_of(view.header.items);
    view.nodes = (const Box *)(const void *)((const char *)bytes + sizeof(Header));
    view.rows = (const uint32_t *)(const void *)(view.nodes + view.levels.starts[view.levels.count]);
    return view;
}

static const char *fault_of_nodes(const View *view)
{
    const Levels *levels = &view->levels;
    for (uint32_t i = 0; i < view->header.items; i++)
        if (!box_valid(view->nodes[i]))
            return "a box of the R-tree is inside out";
    for (uint32_t level = 1; level < levels->count; level++)
        for (uint64_t at = levels->starts[level - 1]; at < levels->starts[level]; at++)
            if (!box_holds(view->nodes[levels->starts[level] + (at - levels->starts[level - 1]) / FANOUT],
                           view->nodes[at]))
                return "a node of the R-tree sticks out of the one above it";
    return NULL;
}

static const char *fault_of_rows(const View *view)
{
    const char *fault = NULL;
    uint8_t *seen = heap_zalloc((size_t)view->header.rows / 8 + 1);
    for (uint32_t i = 0; i < view->header.items && !fault; i++) {
        uint32_t row = view->rows[i];
        if (row >= view->header.rows)
            fault = "a row of the R-tree does not exist";
        else if (seen[row / 8] >> (row % 8) & 1)
            fault = "a row stands in the R-tree twice";
        else
            seen[row / 8] = (uint8_t)(seen[row / 8] | 1u << (row % 8));
    }
    free(seen);
    return fault;
}

Err rtree_open(const void *bytes, uint64_t size, uint32_t rows, RTree *ret)
{
    const char *fault = NULL;
    View view;
    if (size < sizeof(Header) || (uintptr_t)bytes % 8 || memcmp(bytes, magic, sizeof magic) != 0)
        return fail(ERR_SEGMENT, "path", "", "detail", "no R-tree", NULL);
    view = view_of(bytes);
    if (view.header.rows != rows || view.header.items > rows)
        fault = "the R-tree is of another table";
    else if (size != size_of(view.header.items, &view.levels) ||
             view.header.nodes != view.levels.starts[view.levels.count])
        fault = "the R-tree has been cut";
    else if (!(fault = fault_of_nodes(&view)))
        fault = fault_of_rows(&view);
    if (fault)
        return fail(ERR_SEGMENT, "path", "", "detail", fault, NULL);
    *ret = (RTree){bytes, size};
    return OK;
}

typedef struct Search {
    const View *view;
    Box box;
    RTreeVisit *visit;
    void *user;
} Search;

/* Everything below a node that lies wholly within the box. */
static bool visit_run(const Search *search, uint32_t level, uint64_t node)
{
    uint64_t at = node << (FANOUT_BITS * level), end = (node + 1) << (FANOUT_BITS * level);
    if (end > search->view->header.items)
        end = search->view->header.items;
    for (; at < end; at++)
        if (!search->visit(search->view->rows[at], search->user))
            return false;
    return true;
}

/* The children of a node lie side by side, four of their boxes to a cache line: all lines are asked for
 * before the first is looked at. */
static void fetch_children(const Search *search, uint32_t level, uint64_t node)
{
    const Levels *levels = &search->view->levels;
    const char *first = (const char *)(search->view->nodes + levels->starts[level - 1] + node * FANOUT);
    for (size_t at = 0; at < FANOUT * sizeof(Box); at += 64)
        __builtin_prefetch(first + at);
    if (level == 1)
        __builtin_prefetch(&search->view->rows[node * FANOUT]);
}

/* `node` counts within its level. Levels are at most LEVELS_MAX, so the recursion is bounded. */
static bool search_node(const Search *search, uint32_t level, uint64_t node)
{
    const Levels *levels = &search->view->levels;
    const Box *below = search->view->nodes + levels->starts[level - 1];
    uint64_t width = levels->starts[level] - levels->starts[level - 1], first = node * FANOUT;
    uint64_t end = first + FANOUT < width ? first + FANOUT : width;
    uint32_t met = 0;
    for (uint64_t at = first; at < end; at++)
        met |= (uint32_t)box_meets(below[at], search->box) << (at - first);
    for (uint32_t left = level > 1 ? met : 0; left; left &= left - 1)
        fetch_children(search, level - 1, first + (uint32_t)__builtin_ctz(left));
    for (; met; met &= met - 1) {
        uint64_t at = first + (uint32_t)__builtin_ctz(met);
        bool go_on = level == 1 || box_holds(search->box, below[at]) ? visit_run(search, level - 1, at)
                                                                     : search_node(search, level - 1, at);
        if (!go_on)
            return false;
    }
    return true;
}

void rtree_search(const RTree *tree, Box box, RTreeVisit *visit, void *user)
{
    View view = view_of(tree->bytes);
    Search search = {&view, box, visit, user};
    if (view.header.items == 0 || !box_meets(view.nodes[view.levels.starts[view.levels.count] - 1], box))
        return;
    if (view.levels.count == 1)
        visit_run(&search, 0, 0);
    else
        search_node(&search, view.levels.count - 1, 0);
}

uint32_t rtree_count(const RTree *tree)
{
    return view_of(tree->bytes).header.items;
}

Box rtree_box(const RTree *tree)
{
    View view = view_of(tree->bytes);
    return view.header.items ? view.nodes[view.header.nodes - 1] : no_box;
}
