/* Filters over tables made by hand, and random filters against an oracle that knows the rows as they were
 * written: it looks at a date day by day and at a number digit by digit. */
#include "atlas/filter_block.h"
#include "test.h"
#include "unit/match/hand_table.h"

enum { ROWS = 2500 }; /* two blocks and a part of one */

static Arena *arena;

__attribute__((constructor)) static void make_arena(void)
{
    arena = arena_new();
}

static uint32_t field_of(Kind kind, const char *name)
{
    uint32_t index;
    CHECK_OK(field_named(kind, str_of(name), &index));
    return index;
}

static Truth truth_in(const Table *table, const char *text, uint32_t row)
{
    const Filter *filter;
    CHECK_OK(filter_parse(arena, table->kind, AUDIENCE_PUBLIC, str_of(text), &filter));
    uint64_t *yes, *maybe;
    filter_table(arena, table, filter, &yes, &maybe);
    CHECK(!(bits_get(yes, row) && bits_get(maybe, row)));
    return bits_get(yes, row) ? TRUTH_YES : bits_get(maybe, row) ? TRUTH_MAYBE : TRUTH_NO;
}

/* One row whose field has the value; the answer to the filter. */
static Truth truth_of(Kind kind, const char *name, Value value, const char *text)
{
    HandRow *row = arena_zarray(arena, HandRow, 1);
    Table table;
    row->key = STR("k");
    row->values[field_of(kind, name)] = value;
    hand_table(arena, kind, row, 1, &table);
    return truth_in(&table, text, 0);
}

static Value num(int64_t n)
{
    return (Value){.state = VALUE_KNOWN, .num = n};
}

static Value date(const char *text)
{
    Value value = {.state = VALUE_KNOWN};
    CHECK(date_parse(str_of(text), &value.date));
    return value;
}

#define AREA(value, text) truth_of(KIND_PARCEL, "area_m2", value, text)
#define DAY(value, text)  truth_of(KIND_PARCEL, "available_from", date(value), text)

TEST(a_known_number_answers_yes_or_no)
{
    CHECK_EQ(AREA(num(3000000), "area_m2 = 30000"), TRUTH_YES);
    CHECK_EQ(AREA(num(3000000), "area_m2 <> 30000"), TRUTH_NO);
    CHECK_EQ(AREA(num(3000000), "area_m2 < 30000"), TRUTH_NO);
    CHECK_EQ(AREA(num(3000000), "area_m2 <= 3e4"), TRUTH_YES);
    CHECK_EQ(AREA(num(3000000), "area_m2 > 29999.99"), TRUTH_YES);
    CHECK_EQ(AREA(num(3000000), "area_m2 BETWEEN 30000 AND 30000"), TRUTH_YES);
    CHECK_EQ(AREA(num(3000000), "area_m2 IN (1, 30000)"), TRUTH_YES);
}

TEST(a_bound_with_more_digits_than_the_field_keeps_is_exact)
{
    CHECK_EQ(AREA(num(150), "area_m2 > 1.495"), TRUTH_YES);
    CHECK_EQ(AREA(num(150), "area_m2 >= 1.505"), TRUTH_NO);
    CHECK_EQ(AREA(num(150), "area_m2 = 1.5001"), TRUTH_NO);
    CHECK_EQ(AREA(num(150), "area_m2 < 1.5001"), TRUTH_YES);
    CHECK_EQ(AREA(num(-150), "area_m2 > -1.5001"), TRUTH_YES);
    CHECK_EQ(AREA(num(-150), "area_m2 < -1.4999"), TRUTH_YES);
    CHECK_EQ(AREA(num(150), "area_m2 < 1e300"), TRUTH_YES);
    CHECK_EQ(AREA(num(150), "area_m2 >= 99999999999999999999"), TRUTH_NO);
    CHECK_EQ(AREA(num(150), "area_m2 > -99999999999999999999"), TRUTH_YES);
    CHECK_EQ(AREA(num(150), "area_m2 > 1e-300"), TRUTH_YES);
}

TEST(unknown_withheld_and_not_applicable_are_three_different_answers)
{
    Value unknown = {.state = VALUE_UNKNOWN}, withheld = {.state = VALUE_WITHHELD};
    Value none = {.state = VALUE_NOT_APPLICABLE};
    CHECK_EQ(AREA(unknown, "area_m2 > 5"), TRUTH_MAYBE);
    CHECK_EQ(AREA(withheld, "area_m2 > 5"), TRUTH_MAYBE);
    CHECK_EQ(AREA(none, "area_m2 > 5"), TRUTH_NO);
    CHECK_EQ(AREA(none, "area_m2 <> 5"), TRUTH_NO);
    CHECK_EQ(AREA(none, "area_m2 NOT IN (5)"), TRUTH_NO);
    CHECK_EQ(AREA(none, "NOT area_m2 = 5"), TRUTH_YES);
    CHECK_EQ(AREA(unknown, "NOT area_m2 = 5"), TRUTH_MAYBE);
    CHECK_EQ(AREA(unknown, "area_m2 IS NULL"), TRUTH_YES);
    CHECK_EQ(AREA(withheld, "area_m2 IS NULL"), TRUTH_NO);
    CHECK_EQ(AREA(none, "area_m2 IS NULL"), TRUTH_NO);
    CHECK_EQ(AREA(num(1), "area_m2 IS NULL"), TRUTH_NO);
    CHECK_EQ(AREA(withheld, "area_m2 IS NOT NULL"), TRUTH_YES);
}

TEST(and_or_not_are_kleenes)
{
    Value unknown = {.state = VALUE_UNKNOWN};
    CHECK_EQ(AREA(unknown, "area_m2 > 5 OR area_m2 IS NULL"), TRUTH_YES);
    CHECK_EQ(AREA(unknown, "area_m2 > 5 AND FALSE"), TRUTH_NO);
    CHECK_EQ(AREA(unknown, "area_m2 > 5 AND TRUE"), TRUTH_MAYBE);
    CHECK_EQ(AREA(unknown, "area_m2 > 5 OR area_m2 <= 5"), TRUTH_MAYBE);
    CHECK_EQ(AREA(num(1), "TRUE OR FALSE AND FALSE"), TRUTH_YES);
    CHECK_EQ(AREA(num(1), "NOT TRUE OR TRUE"), TRUTH_YES);
}

TEST(a_partial_date_is_maybe_where_its_days_disagree)
{
    CHECK_EQ(DAY("2023-06", "available_from <= '2023-06-30'"), TRUTH_YES);
    CHECK_EQ(DAY("2023-06", "available_from <= '2023-06-15'"), TRUTH_MAYBE);
    CHECK_EQ(DAY("2023-06", "available_from < '2023-06'"), TRUTH_NO);
    CHECK_EQ(DAY("2023-06-30", "available_from <= '2023-06'"), TRUTH_YES);
    CHECK_EQ(DAY("2023-06", "available_from = '2023-06'"), TRUTH_YES);
    CHECK_EQ(DAY("2023", "available_from = '2023-06'"), TRUTH_MAYBE);
    CHECK_EQ(DAY("2023", "available_from <> '2023-06'"), TRUTH_MAYBE);
    CHECK_EQ(DAY("2023-07", "available_from <> DATE('2023-06')"), TRUTH_YES);
    CHECK_EQ(DAY("2023-06", "available_from IN ('2023-05', '2023-06', '2023-08')"), TRUTH_YES);
    CHECK_EQ(DAY("2023", "available_from BETWEEN '2023-01' AND '2023-12'"), TRUTH_YES);
}

TEST(a_list_equals_what_it_contains)
{
    Str items[] = {STR("pilot_zone"), STR("group")};
    Value tiers = {.state = VALUE_KNOWN, .list = {items, 2}}, empty = {.state = VALUE_KNOWN};
    CHECK_EQ(truth_of(KIND_PARK, "tiers", tiers, "tiers = 'group'"), TRUTH_YES);
    CHECK_EQ(truth_of(KIND_PARK, "tiers", tiers, "tiers = 'section'"), TRUTH_NO);
    CHECK_EQ(truth_of(KIND_PARK, "tiers", tiers, "tiers <> 'section'"), TRUTH_YES);
    CHECK_EQ(truth_of(KIND_PARK, "tiers", tiers, "tiers IN ('section', 'group')"), TRUTH_YES);
    CHECK_EQ(truth_of(KIND_PARK, "tiers", tiers, "tiers NOT IN ('section', 'group')"), TRUTH_NO);
    CHECK_EQ(truth_of(KIND_PARK, "tiers", empty, "tiers = 'group'"), TRUTH_NO);
    CHECK_EQ(truth_of(KIND_PARK, "tiers", empty, "tiers <> 'group'"), TRUTH_YES);
}

TEST(an_offer_is_open_promised_or_closed)
{
    static const char *const states[] = {"serviced", "promised", "supplied"};
    static const Truth answers[] = {TRUTH_YES, TRUTH_MAYBE, TRUTH_NO};
    uint32_t field = field_of(KIND_PARCEL, "land_state");
    HandRow *rows = arena_zarray(arena, HandRow, 4);
    Table table;
    for (int i = 0; i < 3; i++)
        rows[i].values[field] = (Value){.state = VALUE_KNOWN, .text = str_of(states[i])};
    hand_table(arena, KIND_PARCEL, rows, 4, &table);
    uint64_t *yes, *maybe;
    filter_table(arena, &table, filter_offer(arena, field), &yes, &maybe);
    const BoundFilter *bound = filter_bind(arena, &table, filter_offer(arena, field));
    for (uint32_t i = 0; i < 3; i++) {
        CHECK_EQ(bits_get(yes, i), answers[i] == TRUTH_YES);
        CHECK_EQ(bits_get(maybe, i), answers[i] == TRUTH_MAYBE);
        CHECK_EQ(filter_row(bound, i), answers[i]);
    }
    CHECK_EQ(filter_row(bound, 3), TRUTH_MAYBE);
    CHECK(bits_get(maybe, 3));
}

TEST(a_box_is_met_by_what_shares_a_point_with_it_and_maybe_by_what_has_no_place)
{
    HandRow *rows = arena_zarray(arena, HandRow, 4);
    Table table;
    /* A triangle whose box covers the query although it does not; one that does; one that is inside; no
     * geometry. */
    CHECK_OK(geometry_from_wkt(arena, STR("POLYGON((112 22,113 22,112 23,112 22))"), &rows[0].shape));
    CHECK_OK(geometry_from_wkt(arena, STR("POLYGON((112 22,113 22,113 23,112 22))"), &rows[1].shape));
    CHECK_OK(geometry_from_wkt(arena, STR("POLYGON((112.85 22.85,112.86 22.85,112.86 22.86,112.85 22.85))"),
                               &rows[2].shape));
    hand_table(arena, KIND_PARCEL, rows, 4, &table);
    const char *text = "S_INTERSECTS(geometry, BBOX(112.8, 22.8, 112.9, 22.9))";
    CHECK_EQ(truth_in(&table, text, 0), TRUTH_NO);
    CHECK_EQ(truth_in(&table, text, 1), TRUTH_YES);
    CHECK_EQ(truth_in(&table, text, 2), TRUTH_YES);
    CHECK_EQ(truth_in(&table, text, 3), TRUTH_MAYBE);
    CHECK_EQ(truth_in(&table, "NOT S_INTERSECTS(geometry, BBOX(112.8, 22.8, 112.9, 22.9))", 0), TRUTH_YES);
    CHECK_EQ(truth_in(&table, "S_INTERSECTS(geometry, BBOX(111, 21, 112, 22))", 0), TRUTH_YES);
}

TEST(a_row_that_is_not_live_is_in_no_answer)
{
    HandRow *rows = arena_zarray(arena, HandRow, 2);
    Table table;
    hand_table(arena, KIND_PARCEL, rows, 2, &table);
    hand_bury(&table, 0);
    CHECK_EQ(truth_in(&table, "TRUE", 0), TRUTH_NO);
    CHECK_EQ(truth_in(&table, "NOT FALSE", 1), TRUTH_YES);
    CHECK_EQ(truth_in(&table, "area_m2 > 5", 0), TRUTH_NO);
    CHECK_EQ(truth_in(&table, "area_m2 > 5", 1), TRUTH_MAYBE);
}

/* ---- random filters ---- */

enum { LITERALS_MAX = 9 };

typedef enum LeafKind { LEAF_COMPARE, LEAF_BETWEEN, LEAF_IN, LEAF_NULL } LeafKind;

/* A literal: numbers in tenths of the field's last digit, so that some lie between two values. */
typedef struct Literal {
    int64_t tenths;
    Value value;
} Literal;

typedef struct Node {
    char join; /* 0: a leaf; 'A', 'O', 'N' */
    struct Node *parts[3];
    uint32_t part_count;
    uint32_t field;
    LeafKind leaf;
    FilterOp op;
    bool negated;
    Literal literals[LITERALS_MAX];
    uint32_t literal_count;
} Node;

static Literal random_literal(Dice *dice, const Field *field)
{
    Literal literal = {.value = random_known(arena, dice, field)};
    if (field->type == FIELD_NUM)
        literal.tenths =
            literal.value.num * 10 + (dice_below(dice, 4) ? 0 : (int64_t)dice_below(dice, 19) - 9);
    if (field->type == FIELD_CODES || field->type == FIELD_REFS) {
        Field single = *field;
        single.type = field->codes ? FIELD_CODE : FIELD_REF;
        literal.value = random_known(arena, dice, &single);
    }
    return literal;
}

static bool ordered(const Field *field)
{
    return field->type == FIELD_NUM || field->type == FIELD_DATE || field->type == FIELD_TEXT;
}

static int literal_order(const Field *field, const Literal *a, const Literal *b)
{
    if (field->type == FIELD_TEXT)
        return str_cmp(a->value.text, b->value.text);
    int64_t x = field->type == FIELD_DATE ? a->value.date.first : a->tenths;
    int64_t y = field->type == FIELD_DATE ? b->value.date.last : b->tenths;
    return x < y ? -1 : x > y;
}

static void random_leaf(Dice *dice, Kind kind, Node *ret)
{
    const KindInfo *info = kind_info(kind);
    do {
        ret->field = dice_below(dice, info->field_count);
    } while (!info->fields[ret->field].filterable || info->fields[ret->field].visibility != AUDIENCE_PUBLIC);
    const Field *field = &info->fields[ret->field];
    ret->leaf = (LeafKind)dice_below(dice, 4);
    ret->negated = dice_below(dice, 3) == 0;
    if (ret->leaf == LEAF_BETWEEN && !ordered(field))
        ret->leaf = LEAF_IN;
    if (ret->leaf == LEAF_COMPARE)
        ret->op = (FilterOp)dice_below(dice, ordered(field) ? 6 : 2);
    ret->literal_count = ret->leaf == LEAF_COMPARE   ? 1
                         : ret->leaf == LEAF_BETWEEN ? 2
                         : ret->leaf == LEAF_IN      ? 1 + dice_below(dice, LITERALS_MAX)
                                                     : 0;
    for (uint32_t i = 0; i < ret->literal_count; i++)
        ret->literals[i] = random_literal(dice, field);
    if (ret->leaf == LEAF_BETWEEN && literal_order(field, &ret->literals[0], &ret->literals[1]) > 0) {
        Literal swap = ret->literals[0];
        ret->literals[0] = ret->literals[1];
        ret->literals[1] = swap;
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

static void write_literal(Buf *buf, const Field *field, const Literal *literal)
{
    if (field->type == FIELD_NUM) {
        buf_fixed(buf, literal->tenths, field->decimals + 1);
        return;
    }
    if (field->type == FIELD_BOOL) {
        buf_c(buf, literal->value.num ? "TRUE" : "false");
        return;
    }
    buf_byte(buf, '\'');
    if (field->type == FIELD_DATE)
        buf_date(buf, literal->value.date);
    for (size_t i = 0; field->type != FIELD_DATE && i < literal->value.text.len; i++) {
        char c = literal->value.text.ptr[i];
        buf_c(buf, c == '\'' ? "'" : "");
        buf_byte(buf, c);
    }
    buf_byte(buf, '\'');
}

static void write_leaf(Buf *buf, const Field *field, const Node *node)
{
    static const char *const signs[] = {"=", "<>", "<", "<=", ">", ">="};
    const char *negation = node->negated ? " NOT" : "";
    buf_c(buf, field->name);
    switch (node->leaf) {
    case LEAF_COMPARE:
        buf_c(buf, signs[node->op]);
        write_literal(buf, field, &node->literals[0]);
        break;
    case LEAF_BETWEEN:
        buf_fmt(buf, "%s BETWEEN ", negation);
        write_literal(buf, field, &node->literals[0]);
        buf_c(buf, " AND ");
        write_literal(buf, field, &node->literals[1]);
        break;
    case LEAF_IN:
        buf_fmt(buf, "%s IN (", negation);
        for (uint32_t i = 0; i < node->literal_count; i++) {
            buf_c(buf, i ? "," : "");
            write_literal(buf, field, &node->literals[i]);
        }
        buf_byte(buf, ')');
        break;
    case LEAF_NULL:
        buf_fmt(buf, " IS%s NULL", negation);
        break;
    }
}

static void write_node(Buf *buf, const KindInfo *info, const Node *node)
{
    if (!node->join) {
        write_leaf(buf, &info->fields[node->field], node);
        return;
    }
    buf_c(buf, node->join == 'N' ? "NOT (" : "(");
    for (uint32_t i = 0; i < node->part_count; i++) {
        buf_c(buf, i == 0 ? "" : node->join == 'A' ? " AND " : " OR ");
        write_node(buf, info, node->parts[i]);
    }
    buf_byte(buf, ')');
}

static bool compares(FilterOp op, int order)
{
    switch (op) {
    case OP_EQ:
        return order == 0;
    case OP_NE:
        return order != 0;
    case OP_LT:
        return order < 0;
    case OP_LE:
        return order <= 0;
    case OP_GT:
        return order > 0;
    case OP_GE:
        break;
    }
    return order >= 0;
}

/* How one number, day or text stands to a literal: -1 before it, 0 in it, 1 behind it. */
static int stands(const Field *field, int64_t number, Str text, const Literal *literal)
{
    if (field->type == FIELD_NUM)
        return number * 10 < literal->tenths ? -1 : number * 10 > literal->tenths;
    if (field->type == FIELD_DATE)
        return number < literal->value.date.first ? -1 : number > literal->value.date.last;
    if (field->type == FIELD_BOOL)
        return number < literal->value.num ? -1 : number > literal->value.num;
    int order = str_cmp(text, literal->value.text);
    return order < 0 ? -1 : order > 0;
}

static bool one_holds(const Field *field, const Node *node, int64_t number, Str text)
{
    if (node->leaf == LEAF_COMPARE)
        return compares(node->op, stands(field, number, text, &node->literals[0]));
    if (node->leaf == LEAF_BETWEEN)
        return (stands(field, number, text, &node->literals[0]) >= 0 &&
                stands(field, number, text, &node->literals[1]) <= 0) != node->negated;
    bool any = false;
    for (uint32_t i = 0; i < node->literal_count; i++)
        any |= stands(field, number, text, &node->literals[i]) == 0;
    return any != node->negated;
}

static Truth known_holds(const Field *field, const Node *node, const Value *value)
{
    uint32_t holding = 0, all = 0;
    switch (field->type) {
    case FIELD_DATE:
        for (int32_t day = value->date.first; day <= value->date.last; day++, all++)
            holding += one_holds(field, node, day, (Str){"", 0});
        return holding == all ? TRUTH_YES : holding ? TRUTH_MAYBE : TRUTH_NO;
    case FIELD_NUM:
    case FIELD_BOOL:
        return one_holds(field, node, value->num, (Str){"", 0}) ? TRUTH_YES : TRUTH_NO;
    case FIELD_CODES:
    case FIELD_REFS: {
        bool negated = node->leaf == LEAF_COMPARE ? node->op == OP_NE : node->negated;
        for (uint32_t i = 0; i < value->list.count; i++)
            for (uint32_t j = 0; j < node->literal_count; j++)
                holding += str_eq(value->list.items[i], node->literals[j].value.text);
        return (holding > 0) != negated ? TRUTH_YES : TRUTH_NO;
    }
    case FIELD_TEXT:
    case FIELD_CODE:
    case FIELD_REF:
        break;
    }
    return one_holds(field, node, 0, value->text) ? TRUTH_YES : TRUTH_NO;
}

static Truth expected(const KindInfo *info, const Node *node, const HandRow *row)
{
    if (node->join == 'N')
        return (Truth)(TRUTH_YES - expected(info, node->parts[0], row));
    if (node->join) {
        Truth truth = expected(info, node->parts[0], row);
        for (uint32_t i = 1; i < node->part_count; i++) {
            Truth part = expected(info, node->parts[i], row);
            truth = (node->join == 'A') == (part < truth) ? part : truth;
        }
        return truth;
    }
    const Value *value = &row->values[node->field];
    if (node->leaf == LEAF_NULL)
        return (value->state == VALUE_UNKNOWN) != node->negated ? TRUTH_YES : TRUTH_NO;
    if (value->state == VALUE_NOT_APPLICABLE)
        return TRUTH_NO;
    return value->state == VALUE_KNOWN ? known_holds(&info->fields[node->field], node, value) : TRUTH_MAYBE;
}

static void check_filter(const Table *table, const HandRow *rows, const Node *node)
{
    const KindInfo *info = kind_info(table->kind);
    Buf text;
    buf_init(&text, FILTER_BYTES_MAX);
    write_node(&text, info, node);
    const Filter *filter;
    CHECK_OK(filter_parse(arena, table->kind, AUDIENCE_PUBLIC, buf_view(&text), &filter));
    uint64_t *yes, *maybe;
    filter_table(arena, table, filter, &yes, &maybe);
    const BoundFilter *bound = filter_bind(arena, table, filter);
    for (uint32_t r = 0; r < table->rows; r++) {
        Truth want = expected(info, node, &rows[r]);
        Truth got = bits_get(yes, r) ? TRUTH_YES : bits_get(maybe, r) ? TRUTH_MAYBE : TRUTH_NO;
        if (got != want || filter_row(bound, r) != want)
            test_fail(__FILE__, __LINE__, "row %u: block %d, row %d, not %d: %.*s", r, got,
                      filter_row(bound, r), want, STR_ARG(buf_view(&text)));
    }
    buf_done(&text);
}

TEST(random_filters_agree_with_the_rows_as_they_were_written)
{
    static const Kind kinds[] = {KIND_PARCEL, KIND_PARK, KIND_SOURCE};
    Dice dice = {20221130};
    for (int k = 0; k < 3; k++) {
        HandRow *rows = random_rows(arena, &dice, kinds[k], ROWS);
        Table table;
        hand_table(arena, kinds[k], rows, ROWS, &table);
        for (int i = 0; i < 150; i++)
            check_filter(&table, rows, random_node(&dice, kinds[k], i % 4));
    }
}

TEST(blocks_that_the_zone_map_settles_answer_the_same)
{
    Dice dice = {7};
    uint32_t area = field_of(KIND_PARCEL, "area_m2"), day = field_of(KIND_PARCEL, "available_from");
    HandRow *rows = random_rows(arena, &dice, KIND_PARCEL, ROWS);
    for (uint32_t r = 0; r < ROWS; r++) {
        uint32_t block = r / BLOCK_ROWS;
        if (rows[r].values[area].state == VALUE_KNOWN)
            rows[r].values[area].num = 1000 * (int64_t)block + dice_below(&dice, 5);
        if (rows[r].values[day].state == VALUE_KNOWN)
            rows[r].values[day].date =
                (DateSpan){400 * (int32_t)block, 400 * (int32_t)block + (int32_t)dice_below(&dice, 9)};
    }
    Table table;
    hand_table(arena, KIND_PARCEL, rows, ROWS, &table);
    const Filter *filter;
    Value low = num(0), high = num(999);
    CHECK_OK(filter_between(arena, KIND_PARCEL, area, &low, &high, &filter));
    const BoundFilter *bound = filter_bind(arena, &table, filter);
    CHECK_EQ(filter_verdict(bound, 0), BLOCK_CHEAP); /* some areas are not known */
    CHECK_EQ(filter_verdict(bound, 1), BLOCK_CHEAP);
    HandRow *all_known = arena_copy(arena, rows, ROWS * sizeof *rows);
    for (uint32_t r = 0; r < ROWS; r++)
        all_known[r].values[area] = num(1000 * (int64_t)(r / BLOCK_ROWS));
    Table known;
    hand_table(arena, KIND_PARCEL, all_known, ROWS, &known);
    CHECK_EQ(filter_verdict(filter_bind(arena, &known, filter), 0), BLOCK_YES);
    CHECK_EQ(filter_verdict(filter_bind(arena, &known, filter), 1), BLOCK_NO);
    high.num = 1000;
    CHECK_OK(filter_between(arena, KIND_PARCEL, area, NULL, &high, &filter));
    CHECK_EQ(filter_verdict(filter_bind(arena, &table, filter), 1), BLOCK_SCAN);
    for (int i = 0; i < 60; i++) {
        Node node = {.field = i % 2 ? area : day,
                     .leaf = LEAF_COMPARE,
                     .op = (FilterOp)(i / 2 % 6),
                     .literal_count = 1};
        int64_t at = 1000 * (int64_t)dice_below(&dice, 3) + (int64_t)dice_below(&dice, 7) - 1;
        node.literals[0].tenths = at * 10;
        node.literals[0].value.date = (DateSpan){(int32_t)at * 2 / 5, (int32_t)at * 2 / 5};
        check_filter(&table, rows, &node);
    }
}
