/* Filters as text and as JSON: random ones are read, written in the other form, read again, and must be the
 * same filter; and each is asked of random rows, block by block and row by row, against an evaluator that
 * knows nothing of columns, dictionaries, spans or trees. */
#include "atlas/filter_block.h"
#include "atlas/filter_node.h"
#include "test.h"
#include "text/normalise.h"
#include "unit/match/hand_table.h"

enum { ROWS = 1300, FILTERS = 500, TEXT_ROOM = 400 * 1000 };

static Arena *arena;

__attribute__((constructor)) static void make_arena(void)
{
    arena = arena_new();
}

/* ---- the same filter? ---- */

static bool same_texts(const Str *a, const Str *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!str_eq(a[i], b[i]))
            return false;
    return true;
}

static bool same_end(const Str *a, const Str *b)
{
    return a && b ? str_eq(*a, *b) : a == b;
}

static bool same_place(const Geometry *a, const Geometry *b)
{
    if (!a || !b)
        return a == b;
    if (a->type != b->type || a->point_count != b->point_count || a->ring_count != b->ring_count)
        return false;
    for (uint32_t i = 0; i < a->point_count; i++)
        if (a->points[i].lon != b->points[i].lon || a->points[i].lat != b->points[i].lat)
            return false;
    return true;
}

static bool same(const Filter *a, const Filter *b)
{
    if (a->shape != b->shape || a->field != b->field || a->count != b->count || a->negated != b->negated ||
        a->folded != b->folded || a->relation != b->relation || a->place_is_box != b->place_is_box ||
        a->least_left_out != b->least_left_out || a->greatest_left_out != b->greatest_left_out)
        return false;
    for (uint32_t i = 0; a->spans && i < a->count; i++)
        if (a->spans[i].least != b->spans[i].least || a->spans[i].greatest != b->spans[i].greatest)
            return false;
    for (uint32_t i = 0; a->parts && i < a->count; i++)
        if (!same(a->parts[i], b->parts[i]))
            return false;
    return (!a->texts || same_texts(a->texts, b->texts, a->count)) &&
           same_end(a->least_text, b->least_text) && same_end(a->greatest_text, b->greatest_text) &&
           same_place(a->place, b->place) && a->box.west == b->box.west && a->box.south == b->box.south &&
           a->box.east == b->box.east && a->box.north == b->box.north;
}

static Str text_of(Kind kind, const Filter *filter)
{
    Buf buf;
    buf_init(&buf, TEXT_ROOM);
    filter_write_text(&buf, kind, filter);
    Str text = str_copy(arena, buf_view(&buf));
    buf_done(&buf);
    return text;
}

static Str json_of(Kind kind, const Filter *filter)
{
    Buf buf;
    buf_init(&buf, TEXT_ROOM);
    JsonOut out = json_out(&buf);
    filter_write_json(&out, kind, filter);
    Str text = str_copy(arena, buf_view(&buf));
    buf_done(&buf);
    return text;
}

static const Filter *read_text(Kind kind, Str text)
{
    const Filter *filter;
    if (filter_parse(arena, kind, AUDIENCE_PUBLIC, text, &filter) != OK)
        test_fail(__FILE__, __LINE__, "%s %s near %s: %.*s", err_name(fault_last()->code),
                  fault_arg(fault_last(), "want"), fault_arg(fault_last(), "near"), STR_ARG(text));
    return filter;
}

static const Filter *read_json(Kind kind, Str text)
{
    const Filter *filter;
    if (filter_parse_json(arena, kind, AUDIENCE_PUBLIC, text, &filter) != OK)
        test_fail(__FILE__, __LINE__, "%s at %s, want %s, near %s: %.*s", err_name(fault_last()->code),
                  fault_arg(fault_last(), "pointer"), fault_arg(fault_last(), "want"),
                  fault_arg(fault_last(), "near"), STR_ARG(text));
    return filter;
}

/* Text → filter → JSON → filter → text → filter. Returns the second: what came through JSON. */
static const Filter *round_trip(Kind kind, Str text)
{
    const Filter *first = read_text(kind, text);
    Str json = json_of(kind, first);
    const Filter *second = read_json(kind, json);
    Str again = text_of(kind, second);
    if (!same(first, second))
        test_fail(__FILE__, __LINE__, "another filter: %.*s as JSON: %.*s", STR_ARG(text), STR_ARG(json));
    if (!same(first, read_text(kind, again)))
        test_fail(__FILE__, __LINE__, "another filter: %.*s as text: %.*s", STR_ARG(text), STR_ARG(again));
    return second;
}

TEST(a_filter_comes_back_from_json_and_text_as_it_went)
{
    static const char *const texts[] = {
        "TRUE",
        "FALSE OR TRUE",
        "area_m2 = 0.001 OR area_m2 <> 0.001 OR area_m2 < 1e300 OR area_m2 <= -5.25",
        "area_m2 IN (1, 2, 3.5) AND area_m2 NOT IN (7, 8) AND area_m2 NOT BETWEEN 5 AND 6",
        "NOT area_m2 IN (1, 5) AND NOT (area_m2 IS NULL) AND area_m2 IS NOT NULL AND NOT name_en LIKE 'a%'",
        "NOT NOT area_m2 > 5 AND (land_use = 'M1' OR (land_use <> 'M2' AND (TRUE AND FALSE)))",
        "available_from = '2023-06' AND available_from <> '2023' AND available_from < '2023-06-05'",
        "available_from IN ('2023-01', '2023-05', '2023-06-02') OR available_from BETWEEN '2023-01-02' AND "
        "'2024'",
        "available_from > '2199-12-31' OR available_from < '1900-01-01'",
        "T_DISJOINT(available_from, INTERVAL('..','..')) OR T_INTERSECTS(available_from, "
        "INTERVAL('..','..'))",
        "T_DISJOINT(available_from, INTERVAL('2023','2024')) AND T_DURING(available_from, "
        "INTERVAL('2023','2024'))",
        "name_zh = 'it''s \\ %' AND name_zh LIKE 'a\\%_%\\\\' AND name_zh > '江' AND name_en BETWEEN 'a' AND "
        "'b'",
        "CASEI(name_en) IN ('A', 'b') AND CASEI(name_en) <> 'x' AND CASEI(name_en) NOT LIKE 'Ü%'",
        "S_INTERSECTS(geometry, BBOX(1,2,3.1234567,4)) AND S_WITHIN(geometry, BBOX(1,2,3,4))",
        "S_DISJOINT(geometry, POINT(-0.0000001 2)) OR S_EQUALS(geometry, POLYGON((0 0,1 0,1 1,0 0)))",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        round_trip(KIND_PARCEL, str_of(texts[i]));
}

/* ---- random filters ---- */

typedef enum LeafKind {
    LEAF_LIKE,
    LEAF_FOLDED, /* = <> IN of CASEI */
    LEAF_PLACE,
    LEAF_TIME,   /* one date */
    LEAF_PERIOD, /* INTERVAL of two dates */
    LEAF_NUMBER,
    LEAF_NULL,
    LEAF_KINDS
} LeafKind;

static const char *const time_ops[] = {"T_AFTER",      "T_BEFORE",    "T_DISJOINT", "T_EQUALS",
                                       "T_INTERSECTS", "T_DURING",    "T_CONTAINS", "T_FINISHEDBY",
                                       "T_FINISHES",   "T_MEETS",     "T_METBY",    "T_OVERLAPPEDBY",
                                       "T_OVERLAPS",   "T_STARTEDBY", "T_STARTS"};
static const char *const place_ops[] = {"S_INTERSECTS", "S_WITHIN",   "S_CONTAINS", "S_EQUALS",
                                        "S_TOUCHES",    "S_OVERLAPS", "S_DISJOINT"};

typedef struct Node {
    char join; /* 0: a leaf; 'A', 'O', 'N' */
    struct Node *parts[3];
    uint32_t part_count;
    LeafKind leaf;
    uint32_t field, second_field;
    bool negated, folded, literal_first;
    uint32_t op;
    Str texts[4];
    uint32_t count;
    int64_t number;
    Geometry place;
    DateSpan from, to; /* an interval's ends */
    bool from_open, to_open, instant;
} Node;

static const char *const words[] = {"a", "B", "ab", "Ab%", "é", "E", "產", "产业", "a_b", "\\", "x", ""};

static Str random_text(Dice *dice, bool pattern)
{
    Buf buf;
    buf_init(&buf, 200);
    for (uint32_t i = 0, n = 1 + dice_below(dice, 4); i < n; i++) {
        Str word = str_of(words[dice_below(dice, sizeof words / sizeof *words)]);
        for (size_t b = 0; b < word.len; b++) {
            bool special = word.ptr[b] == '%' || word.ptr[b] == '_' || word.ptr[b] == '\\';
            if (pattern && special && (word.ptr[b] == '\\' || dice_below(dice, 2)))
                buf_byte(&buf, '\\');
            buf_byte(&buf, word.ptr[b]);
        }
        if (pattern && dice_below(dice, 2))
            buf_c(&buf, dice_below(dice, 3) ? "%" : "_");
    }
    Str text = str_copy(arena, buf_view(&buf));
    buf_done(&buf);
    return text;
}

static uint32_t field_where(Dice *dice, Kind kind, bool dates, bool numbers)
{
    const KindInfo *info = kind_info(kind);
    for (;;) {
        uint32_t f = dice_below(dice, info->field_count);
        const Field *field = &info->fields[f];
        bool fits = dates     ? field->type == FIELD_DATE
                    : numbers ? field->type == FIELD_NUM
                              : field->type == FIELD_TEXT || field->type == FIELD_CODE ||
                                    field->type == FIELD_CODES || field->type == FIELD_REF;
        if (fits && field->filterable && field->visibility == AUDIENCE_PUBLIC)
            return f;
    }
}

static DateSpan random_span(Dice *dice)
{
    int32_t first = date_day(2022, 1, 1) + (int32_t)dice_below(dice, 60);
    return (DateSpan){first, first + (dice_below(dice, 3) ? 0 : (int32_t)dice_below(dice, 20))};
}

static Geometry random_square(Dice *dice)
{
    Buf wkt;
    Geometry geometry;
    uint32_t x = dice_below(dice, 8), y = dice_below(dice, 8), w = 1 + dice_below(dice, 6),
             h = 1 + dice_below(dice, 6);
    buf_init(&wkt, 400);
    if (dice_below(dice, 5) == 0)
        buf_fmt(&wkt, "POINT(%u %u)", x, y);
    else if (dice_below(dice, 3))
        buf_fmt(&wkt, "POLYGON((%u %u,%u %u,%u %u,%u %u))", x, y, x + w, y, x + w, y + h, x, y);
    else
        buf_fmt(&wkt, "POLYGON((%u %u,%u %u,%u %u,%u %u,%u %u))", x, y, x + w, y, x + w, y + h, x, y + h, x,
                y);
    CHECK_OK(geometry_from_wkt(arena, buf_view(&wkt), &geometry));
    buf_done(&wkt);
    return geometry;
}

static void random_time(Dice *dice, Kind kind, Node *ret)
{
    bool period = ret->leaf == LEAF_PERIOD;
    ret->field = field_where(dice, kind, true, false);
    do {
        ret->second_field = field_where(dice, kind, true, false);
    } while (ret->second_field == ret->field);
    ret->op = dice_below(dice, period ? 15 : 6);
    ret->instant = ret->op < 5 && dice_below(dice, 2);
    ret->from = random_span(dice);
    ret->to = ret->instant ? ret->from : random_span(dice);
    if (ret->from.first > ret->to.last) {
        DateSpan swap = ret->from;
        ret->from = ret->to;
        ret->to = swap;
    }
    ret->from_open = !ret->instant && dice_below(dice, 6) == 0;
    ret->to_open = !ret->instant && dice_below(dice, 6) == 0;
}

static void random_leaf(Dice *dice, Kind kind, Node *ret)
{
    ret->leaf = (LeafKind)dice_below(dice, LEAF_KINDS);
    ret->negated = dice_below(dice, 3) == 0;
    switch (ret->leaf) {
    case LEAF_LIKE:
        ret->folded = dice_below(dice, 2);
        ret->field = field_where(dice, kind, false, false);
        ret->texts[0] = random_text(dice, true);
        break;
    case LEAF_FOLDED:
        ret->field = field_where(dice, kind, false, false);
        ret->count = 1 + dice_below(dice, 4);
        for (uint32_t i = 0; i < ret->count; i++)
            ret->texts[i] = random_text(dice, false);
        break;
    case LEAF_PLACE:
        ret->op = dice_below(dice, 7);
        ret->literal_first = dice_below(dice, 4) == 0;
        ret->place = random_square(dice);
        break;
    case LEAF_TIME:
    case LEAF_PERIOD:
        random_time(dice, kind, ret);
        break;
    case LEAF_NUMBER:
        ret->field = field_where(dice, kind, false, true);
        ret->number = (int64_t)dice_below(dice, 400) - 100;
        break;
    case LEAF_NULL:
    case LEAF_KINDS:
        ret->field = field_where(dice, kind, dice_below(dice, 2), false);
        break;
    }
}

static Node *random_node(Dice *dice, Kind kind, int depth)
{
    Node *node = arena_new_of(arena, Node);
    uint32_t roll = dice_below(dice, 6);
    if (depth == 0 || roll >= 3) {
        random_leaf(dice, kind, node);
        return node;
    }
    node->join = "AON"[roll];
    node->part_count = node->join == 'N' ? 1 : 2 + dice_below(dice, 2);
    for (uint32_t i = 0; i < node->part_count; i++)
        node->parts[i] = random_node(dice, kind, depth - 1);
    return node;
}

/* ---- as text ---- */

static void write_quoted(Buf *buf, Str text)
{
    buf_byte(buf, '\'');
    buf_str(buf, text); /* none of the words has a quote */
    buf_byte(buf, '\'');
}

static void write_date(Buf *buf, DateSpan span, bool open)
{
    buf_byte(buf, '\'');
    if (open)
        buf_c(buf, "..");
    else
        buf_date(buf, span);
    buf_byte(buf, '\'');
}

static void write_time(Buf *buf, const KindInfo *info, const Node *node)
{
    buf_fmt(buf, "%s(", time_ops[node->op]);
    if (node->leaf == LEAF_PERIOD)
        buf_fmt(buf, "INTERVAL(%s, %s), ", info->fields[node->field].name,
                info->fields[node->second_field].name);
    else
        buf_fmt(buf, "%s, ", info->fields[node->field].name);
    buf_c(buf, node->instant ? "DATE(" : "INTERVAL(");
    write_date(buf, node->from, node->from_open);
    if (!node->instant) {
        buf_byte(buf, ',');
        write_date(buf, node->to, node->to_open);
    }
    buf_c(buf, "))");
}

static void write_leaf(Buf *buf, const KindInfo *info, const Node *node)
{
    const char *name = info->fields[node->field].name, *negation = node->negated ? " NOT" : "";
    switch (node->leaf) {
    case LEAF_LIKE:
        buf_fmt(buf, node->folded ? "CASEI(%s)%s LIKE " : "%s%s LIKE ", name, negation);
        write_quoted(buf, node->texts[0]);
        break;
    case LEAF_FOLDED:
        buf_fmt(buf, "CASEI(%s)%s IN (", name, negation);
        for (uint32_t i = 0; i < node->count; i++) {
            buf_c(buf, i ? "," : "");
            write_quoted(buf, node->texts[i]);
        }
        buf_byte(buf, ')');
        break;
    case LEAF_PLACE:
        buf_fmt(buf, "%s(%s", place_ops[node->op], node->literal_first ? "" : "geometry, ");
        geometry_wkt(buf, &node->place);
        buf_c(buf, node->literal_first ? ", geometry)" : ")");
        break;
    case LEAF_TIME:
    case LEAF_PERIOD:
        write_time(buf, info, node);
        break;
    case LEAF_NUMBER:
        buf_fmt(buf, "%s %s ", name, node->negated ? "<>" : ">=");
        buf_fixed(buf, node->number, info->fields[node->field].decimals);
        break;
    case LEAF_NULL:
    case LEAF_KINDS:
        buf_fmt(buf, "%s IS%s NULL", name, negation);
        break;
    }
}

static void write_node(Buf *buf, const KindInfo *info, const Node *node)
{
    if (!node->join) {
        write_leaf(buf, info, node);
        return;
    }
    buf_c(buf, node->join == 'N' ? "NOT (" : "(");
    for (uint32_t i = 0; i < node->part_count; i++) {
        buf_c(buf, i == 0 ? "" : node->join == 'A' ? " AND " : " OR ");
        write_node(buf, info, node->parts[i]);
    }
    buf_byte(buf, ')');
}

/* ---- the slow evaluator ---- */

static size_t char_len(Str text)
{
    size_t len = 1;
    while (len < text.len && ((unsigned char)text.ptr[len] & 0xC0) == 0x80)
        len++;
    return len;
}

static Str behind(Str text, size_t bytes)
{
    return (Str){text.ptr + bytes, text.len - bytes};
}

/* By trying everything. Of a folded pattern a text's characters are folded one by one: the words are such
 * that this is the same. */
static bool matches(Str pattern, Str text, bool folded)
{
    if (pattern.len == 0)
        return text.len == 0;
    if (pattern.ptr[0] == '%')
        return matches(behind(pattern, 1), text, folded) ||
               (text.len > 0 && matches(pattern, behind(text, char_len(text)), folded));
    if (text.len == 0)
        return false;
    if (pattern.ptr[0] == '_')
        return matches(behind(pattern, 1), behind(text, char_len(text)), folded);
    if (pattern.ptr[0] == '\\')
        pattern = behind(pattern, 1);
    Str c = {pattern.ptr, char_len(pattern)}, of_text = {text.ptr, char_len(text)};
    if (folded)
        c = text_search_form(arena, c);
    return str_eq(c, of_text) &&
           matches(behind(pattern, char_len(pattern)), behind(text, of_text.len), folded);
}

static bool text_holds(const Node *node, Str text)
{
    bool folded = node->folded || node->leaf == LEAF_FOLDED;
    if (folded)
        text = text_search_form(arena, text);
    if (node->leaf == LEAF_LIKE)
        return matches(node->texts[0], text, folded);
    for (uint32_t i = 0; i < node->count; i++)
        if (str_eq(text_search_form(arena, node->texts[i]), text))
            return true;
    return false;
}

static bool texts_hold(const Field *field, const Node *node, const Value *value)
{
    if (field->type != FIELD_CODES && field->type != FIELD_REFS)
        return text_holds(node, value->text);
    for (uint32_t i = 0; i < value->list.count; i++)
        if (text_holds(node, value->list.items[i]))
            return true;
    return false;
}

enum { S_LT_B0, S_EQ_B0, S_GT_B0, S_GE_B0, S_LE_B1, S_LT_B1, S_EQ_B1, S_GT_B1, S_SOME };

/* How one day stands to the interval. */
static bool stands(const Node *node, int64_t day, int how)
{
    int64_t from = node->from_open ? INT64_MIN : node->from.first,
            to = node->to_open ? INT64_MAX : node->to.last;
    switch (how) {
    case S_LT_B0:
        return day < from;
    case S_EQ_B0:
        return !node->from_open && node->from.first <= day && day <= node->from.last;
    case S_GT_B0:
        return day > from;
    case S_GE_B0:
        return day >= from;
    case S_SOME:
        return true;
    case S_LE_B1:
        return day <= to;
    case S_LT_B1:
        return day < to;
    case S_EQ_B1:
        return !node->to_open && node->to.first <= day && day <= node->to.last;
    default:
        return day > to;
    }
}

/* One day as an interval of its own. */
static bool day_holds(const Node *node, int64_t day)
{
    bool meets = !stands(node, day, S_LT_B0) && stands(node, day, S_LE_B1);
    switch (node->op) {
    case 0:
        return stands(node, day, S_GT_B1);
    case 1:
        return stands(node, day, S_LT_B0);
    case 2:
        return !meets;
    case 3:
        return stands(node, day, S_EQ_B0) && stands(node, day, S_EQ_B1);
    case 4:
        return meets;
    default:
        return stands(node, day, S_GT_B0) && stands(node, day, S_LT_B1);
    }
}

static Truth kleene_and(Truth a, Truth b)
{
    return a < b ? a : b;
}

/* Day by day; *how* NULL: day_holds. Ends with -1. */
static Truth days_hold(const Node *node, const Value *value, const int *how)
{
    uint32_t holding = 0, all = 0;
    if (value->state != VALUE_KNOWN)
        return value->state == VALUE_NOT_APPLICABLE ? TRUTH_NO : TRUTH_MAYBE;
    for (int32_t day = value->date.first; day <= value->date.last; day++, all++) {
        bool holds = how ? true : day_holds(node, day);
        for (const int *h = how; h && *h >= 0; h++)
            holds &= stands(node, day, *h);
        holding += holds;
    }
    return holding == all ? TRUTH_YES : holding ? TRUTH_MAYBE : TRUTH_NO;
}

/* What CQL2 demands of begin and end, clause 7.8; an open end of the interval bounds nothing. */
static bool is_open(const Node *node, int how)
{
    bool of_from = how == S_GT_B0 || how == S_GE_B0, of_to = how == S_LT_B1 || how == S_LE_B1;
    return (of_from && node->from_open) || (of_to && node->to_open);
}

/* An end that nothing is asked of may be unknown. */
static Truth asked_days_hold(const Node *node, const Value *value, const int *how)
{
    bool asks = false;
    for (const int *h = how; *h >= 0; h++)
        asks |= !is_open(node, *h);
    return asks ? days_hold(node, value, how) : TRUTH_YES;
}

static Truth period_holds(const Node *node, const Value *begin, const Value *end)
{
    static const int rules[15][2][3] = {
        {{S_GT_B1, -1}, {-1}},
        {{-1}, {S_LT_B0, -1}},
        {{-1}, {-1}}, /* below */
        {{S_EQ_B0, -1}, {S_EQ_B1, -1}},
        {{S_LE_B1, -1}, {S_GE_B0, -1}},
        {{S_GT_B0, -1}, {S_LT_B1, -1}},
        {{S_LT_B0, -1}, {S_GT_B1, -1}},
        {{S_LT_B0, -1}, {S_EQ_B1, -1}},
        {{S_GT_B0, -1}, {S_EQ_B1, -1}},
        {{-1}, {S_EQ_B0, -1}},
        {{S_EQ_B1, -1}, {-1}},
        {{S_GT_B0, S_LT_B1, -1}, {S_GT_B1, -1}},
        {{S_LT_B0, -1}, {S_GT_B0, S_LT_B1, -1}},
        {{S_EQ_B0, -1}, {S_GT_B1, -1}},
        {{S_EQ_B0, -1}, {S_LT_B1, -1}},
    };
    static const int early[] = {S_LT_B0, -1}, late[] = {S_GT_B1, -1}, some[] = {S_SOME, -1};
    bool endless = node->from_open && node->to_open;
    if (node->op == 2) { /* begins behind it or ends before it, where it ends and begins */
        Truth after = node->to_open && !node->from_open ? TRUTH_NO : days_hold(node, begin, late);
        Truth before = node->from_open ? TRUTH_NO : days_hold(node, end, early);
        return after > before ? after : before;
    }
    if (endless && (node->op == 4 || node->op == 5))
        return days_hold(node, begin, some);
    return kleene_and(asked_days_hold(node, begin, rules[node->op][0]),
                      asked_days_hold(node, end, rules[node->op][1]));
}

static Truth place_holds(const Node *node, const Geometry *shape)
{
    if (shape->type == GEOM_NONE)
        return TRUTH_MAYBE;
    bool disjoint = node->op == 6;
    const Geometry *a = node->literal_first ? &node->place : shape,
                   *b = node->literal_first ? shape : &node->place;
    bool holds = geometry_relates(disjoint ? RELATE_INTERSECTS : (Relation)node->op, a, b);
    return holds != disjoint ? TRUTH_YES : TRUTH_NO;
}

static Truth leaf_holds(const KindInfo *info, const Node *node, const HandRow *row)
{
    const Value *value = &row->values[node->field];
    const Field *field = &info->fields[node->field];
    if (node->leaf == LEAF_PLACE)
        return place_holds(node, &row->shape);
    if (node->leaf == LEAF_NULL)
        return (value->state == VALUE_UNKNOWN) != node->negated ? TRUTH_YES : TRUTH_NO;
    if (node->leaf == LEAF_PERIOD)
        return period_holds(node, value, &row->values[node->second_field]);
    if (value->state != VALUE_KNOWN)
        return value->state == VALUE_NOT_APPLICABLE ? TRUTH_NO : TRUTH_MAYBE;
    if (node->leaf == LEAF_NUMBER)
        return (node->negated ? value->num != node->number : value->num >= node->number) ? TRUTH_YES
                                                                                         : TRUTH_NO;
    if (node->leaf == LEAF_TIME)
        return days_hold(node, value, NULL);
    return texts_hold(field, node, value) != node->negated ? TRUTH_YES : TRUTH_NO;
}

static Truth expected(const KindInfo *info, const Node *node, const HandRow *row)
{
    if (node->join == 'N')
        return (Truth)(TRUTH_YES - expected(info, node->parts[0], row));
    if (!node->join)
        return leaf_holds(info, node, row);
    Truth truth = expected(info, node->parts[0], row);
    for (uint32_t i = 1; i < node->part_count; i++) {
        Truth part = expected(info, node->parts[i], row);
        truth = (node->join == 'A') == (part < truth) ? part : truth;
    }
    return truth;
}

/* ---- both ---- */

static HandRow *rows_of(Dice *dice, Kind kind)
{
    const KindInfo *info = kind_info(kind);
    HandRow *rows = random_rows(arena, dice, kind, ROWS);
    for (uint32_t r = 0; r < ROWS; r++) {
        rows[r].shape = dice_below(dice, 6) ? random_square(dice) : (Geometry){0};
        for (uint32_t f = 0; f < info->field_count; f++) {
            Value *value = &rows[r].values[f];
            if (value->state != VALUE_KNOWN)
                continue;
            if (info->fields[f].type == FIELD_TEXT)
                value->text = random_text(dice, false);
            if (info->fields[f].type == FIELD_DATE)
                value->date = random_span(dice);
            if (info->fields[f].type == FIELD_NUM)
                value->num = (int64_t)dice_below(dice, 400) - 100;
        }
    }
    return rows;
}

static void check_filter(const Table *table, const HandRow *rows, const Node *node, uint32_t *counts)
{
    const KindInfo *info = kind_info(table->kind);
    Buf text;
    buf_init(&text, FILTER_BYTES_MAX);
    write_node(&text, info, node);
    const Filter *filter = round_trip(table->kind, buf_view(&text));
    uint64_t *yes, *maybe;
    filter_table(arena, table, filter, &yes, &maybe);
    const BoundFilter *bound = filter_bind(arena, table, filter),
                      *part = filter_bind_part(arena, table, filter);
    uint64_t part_yes[BLOCK_WORDS], part_maybe[BLOCK_WORDS];
    for (uint32_t r = 0; r < table->rows; r++) {
        Truth want = expected(info, node, &rows[r]);
        Truth got = bits_get(yes, r) ? TRUTH_YES : bits_get(maybe, r) ? TRUTH_MAYBE : TRUTH_NO;
        if (got != want || filter_row(bound, r) != want)
            test_fail(__FILE__, __LINE__, "row %u: block %d, row %d, not %d: %.*s", r, got,
                      filter_row(bound, r), want, STR_ARG(buf_view(&text)));
        if (r % BLOCK_ROWS == 0)
            filter_block(part, r / BLOCK_ROWS, part_yes, part_maybe);
        uint32_t bit = r % BLOCK_ROWS;
        Truth in_part = bits_get(part_yes, bit)     ? TRUTH_YES
                        : bits_get(part_maybe, bit) ? TRUTH_MAYBE
                                                    : TRUTH_NO;
        if (in_part != want || (r % 13 == 0 && filter_row(part, r) != want))
            test_fail(__FILE__, __LINE__, "row %u: in part %d, not %d: %.*s", r, in_part, want,
                      STR_ARG(buf_view(&text)));
        counts[want]++;
    }
    buf_done(&text);
}

TEST(random_filters_of_all_functions_agree_with_a_slow_evaluator)
{
    static const Kind kinds[] = {KIND_PARCEL, KIND_PARK, KIND_PROJECT};
    Dice dice = {20221201};
    for (int k = 0; k < 3; k++) {
        HandRow *rows = rows_of(&dice, kinds[k]);
        Table table;
        uint32_t counts[3] = {0};
        hand_table(arena, kinds[k], rows, ROWS, &table);
        for (int i = 0; i < FILTERS; i++)
            check_filter(&table, rows, random_node(&dice, kinds[k], i % 4), counts);
        CHECK(counts[TRUTH_NO] > ROWS && counts[TRUTH_MAYBE] > ROWS && counts[TRUTH_YES] > ROWS);
    }
}
