/* The temporal functions of CQL2 (OGC 21-065r2, clause 7.8: Allen's relations). One argument is of the row: a
 * date, or an interval between two; the other is literal. Each becomes spans that the row's dates must lie
 * in, so that partial dates answer as they do everywhere. */
#include "atlas/filter_build.h"

const char *const time_op_names[TIME_OPS] = {"T_AFTER",      "T_BEFORE",    "T_DISJOINT", "T_EQUALS",
                                             "T_INTERSECTS", "T_DURING",    "T_CONTAINS", "T_FINISHEDBY",
                                             "T_FINISHES",   "T_MEETS",     "T_METBY",    "T_OVERLAPPEDBY",
                                             "T_OVERLAPS",   "T_STARTEDBY", "T_STARTS"};

static const TimeOp converse[TIME_OPS] = {
    [TIME_AFTER] = TIME_BEFORE,           [TIME_BEFORE] = TIME_AFTER,
    [TIME_DISJOINT] = TIME_DISJOINT,      [TIME_EQUALS] = TIME_EQUALS,
    [TIME_INTERSECTS] = TIME_INTERSECTS,  [TIME_DURING] = TIME_CONTAINS,
    [TIME_CONTAINS] = TIME_DURING,        [TIME_FINISHED_BY] = TIME_FINISHES,
    [TIME_FINISHES] = TIME_FINISHED_BY,   [TIME_MEETS] = TIME_MET_BY,
    [TIME_MET_BY] = TIME_MEETS,           [TIME_OVERLAPPED_BY] = TIME_OVERLAPS,
    [TIME_OVERLAPS] = TIME_OVERLAPPED_BY, [TIME_STARTED_BY] = TIME_STARTS,
    [TIME_STARTS] = TIME_STARTED_BY,
};

Err time_field(const Compiler *compiler, uint32_t index, TimeEnd *ret)
{
    const Field *field = &kind_info(compiler->kind)->fields[index];
    if (field->type != FIELD_DATE)
        return fail(ERR_FILTER_OPERATOR, "kind", field_kind_name(field), "field", field->name, "op", "T_…",
                    "want", "= <> < <= > >= IN BETWEEN", NULL);
    *ret = (TimeEnd){.type = TIME_FIELD, .field = index};
    return OK;
}

Err time_days(const Compiler *compiler, Str text, Str near, TimeEnd *ret)
{
    *ret = (TimeEnd){.near = near};
    if (str_is(text, ".."))
        return OK;
    ret->type = TIME_DAYS;
    if (!date_parse(text, &ret->days))
        return fail(ERR_FILTER_TYPE, "kind", kind_info(compiler->kind)->name, "field", "T_…", "want",
                    "a date such as '2023-06-30', '2023-06' or '2023'", "value", raw_near(near), NULL);
    return OK;
}

static bool of_the_row(const TimeArg *arg)
{
    return arg->begin.type == TIME_FIELD || arg->end.type == TIME_FIELD;
}

static bool takes_instants(TimeOp op)
{
    return op <= TIME_INTERSECTS;
}

const char *time_problem(TimeOp op, const TimeArg *a, const TimeArg *b)
{
    if (of_the_row(a) == of_the_row(b))
        return "a field on one side, and dates on the other";
    if (!of_the_row(a)) {
        const TimeArg *swap = a;
        a = b;
        b = swap;
        op = converse[op];
    }
    if ((a->begin.type == TIME_DAYS) || (a->end.type == TIME_DAYS))
        return "an interval between two fields, or between a field and '..'";
    if (!takes_instants(op) && !b->interval)
        return "INTERVAL('2023-01', '2023-12'), or T_INTERSECTS";
    if (!takes_instants(op) && op != TIME_DURING && !a->interval)
        return "INTERVAL(field, field), or T_INTERSECTS or T_DURING";
    return NULL;
}

/* What the row's begin and end must each lie in. */
typedef struct Demand {
    Span begin, end;
} Demand;

static const Span any = {INT64_MIN, INT64_MAX};

static Span before(int64_t day)
{
    return day == INT64_MIN ? (Span){0, -1} : (Span){INT64_MIN, day - 1};
}

static Span after(int64_t day)
{
    return day == INT64_MAX ? (Span){0, -1} : (Span){day + 1, INT64_MAX};
}

/* Of what begins or ends in an interval; an open end of that bounds nothing. */
static Span later_than(int64_t from)
{
    return from == INT64_MIN ? any : after(from);
}

static Span earlier_than(int64_t to)
{
    return to == INT64_MAX ? any : before(to);
}

static bool is_any(Span span)
{
    return span.least == INT64_MIN && span.greatest == INT64_MAX;
}

static Span within(Span a, Span b)
{
    return (Span){a.least > b.least ? a.least : b.least, a.greatest < b.greatest ? a.greatest : b.greatest};
}

/* An open end lies at infinity, where no day is. */
static Span equal(const TimeEnd *end, int64_t infinity)
{
    return end->type == TIME_OPEN ? (Span){infinity, infinity} : (Span){end->days.first, end->days.last};
}

static Demand demand_of(TimeOp op, const TimeArg *b)
{
    int64_t from = b->begin.type == TIME_OPEN ? INT64_MIN : b->begin.days.first;
    int64_t to = b->end.type == TIME_OPEN ? INT64_MAX : b->end.days.last;
    switch (op) {
    case TIME_AFTER:
        return (Demand){after(to), any};
    case TIME_BEFORE:
        return (Demand){any, before(from)};
    case TIME_EQUALS:
        return (Demand){equal(&b->begin, INT64_MIN), equal(&b->end, INT64_MAX)};
    case TIME_DISJOINT: /* of what this demands, the opposite */
    case TIME_INTERSECTS:
        return (Demand){{INT64_MIN, to}, {from, INT64_MAX}};
    case TIME_DURING:
        return (Demand){later_than(from), earlier_than(to)};
    case TIME_CONTAINS:
        return (Demand){before(from), after(to)};
    case TIME_FINISHED_BY:
        return (Demand){before(from), equal(&b->end, INT64_MAX)};
    case TIME_FINISHES:
        return (Demand){later_than(from), equal(&b->end, INT64_MAX)};
    case TIME_MEETS:
        return (Demand){any, equal(&b->begin, INT64_MIN)};
    case TIME_MET_BY:
        return (Demand){equal(&b->end, INT64_MAX), any};
    case TIME_OVERLAPPED_BY:
        return (Demand){within(later_than(from), earlier_than(to)), after(to)};
    case TIME_OVERLAPS:
        return (Demand){before(from), within(later_than(from), earlier_than(to))};
    case TIME_STARTED_BY:
        return (Demand){equal(&b->begin, INT64_MIN), after(to)};
    case TIME_STARTS:
    case TIME_OPS:
        break;
    }
    return (Demand){equal(&b->begin, INT64_MIN), earlier_than(to)};
}

static Err one_span(Compiler *compiler, uint32_t field, Span span, bool negated, const Filter **ret)
{
    if (span.greatest == INT64_MIN || span.least == INT64_MAX)
        span = (Span){0, -1};
    Span *spans = arena_copy(compiler->arena, &span, sizeof span);
    return build_spans(compiler, field, spans, 1, negated, ret);
}

/* Not within the span; of a span that is open at one end, the other side. */
static Err outside_span(Compiler *compiler, uint32_t field, Span span, const Filter **ret)
{
    if (span.least == INT64_MIN)
        return one_span(compiler, field, after(span.greatest), false, ret);
    if (span.greatest == INT64_MAX)
        return one_span(compiler, field, before(span.least), false, ret);
    return one_span(compiler, field, span, true, ret);
}

static Err both(Compiler *compiler, FilterShape shape, const TimeArg *a, Demand demand, const Filter **ret)
{
    const Filter **parts = arena_array(compiler->arena, const Filter *, 2);
    bool or = shape == SHAPE_OR;
    if (or) {
        TRY(outside_span(compiler, a->begin.field, demand.begin, &parts[0]));
        TRY(outside_span(compiler, a->end.field, demand.end, &parts[1]));
    } else {
        TRY(one_span(compiler, a->begin.field, demand.begin, false, &parts[0]));
        TRY(one_span(compiler, a->end.field, demand.end, false, &parts[1]));
    }
    return build_join(compiler, shape, parts, 2, ret);
}

/* An end of the row that is open lies at infinity: it meets a demand that has no end there. */
static bool open_meets(TimeEndType type, Span demand, bool begin)
{
    return type == TIME_FIELD || (begin ? demand.least == INT64_MIN : demand.greatest == INT64_MAX);
}

Err build_time(Compiler *compiler, TimeOp op, const TimeArg *a, const TimeArg *b, const Filter **ret)
{
    if (!of_the_row(a)) {
        const TimeArg *swap = a;
        a = b;
        b = swap;
        op = converse[op];
    }
    uint32_t field = a->begin.type == TIME_FIELD ? a->begin.field : a->end.field;
    if (b->begin.type == TIME_DAYS && b->end.type == TIME_DAYS && b->begin.days.first > b->end.days.last) {
        const Field *of = &kind_info(compiler->kind)->fields[field];
        return fail(ERR_RANGE, "kind", field_kind_name(of), "field", of->name, "min", raw_near(b->begin.near),
                    "max", raw_near(b->end.near), NULL);
    }
    Demand demand = demand_of(op, b);
    bool any_begin = is_any(demand.begin), any_end = is_any(demand.end);
    bool two = a->begin.type == TIME_FIELD && a->end.type == TIME_FIELD && a->begin.field != a->end.field;
    if (two && (any_begin || any_end)) { /* an end that nothing is asked of may be unknown */
        uint32_t asked = any_end ? a->begin.field : a->end.field;
        Span span = any_end ? demand.begin : demand.end;
        return op == TIME_DISJOINT ? outside_span(compiler, asked, span, ret)
                                   : one_span(compiler, asked, span, false, ret);
    }
    if (two)
        return both(compiler, op == TIME_DISJOINT ? SHAPE_OR : SHAPE_AND, a, demand, ret);
    Span span = a->begin.type == TIME_OPEN ? demand.end
                : a->end.type == TIME_OPEN ? demand.begin
                                           : within(demand.begin, demand.end);
    if (!open_meets(a->begin.type, demand.begin, true) || !open_meets(a->end.type, demand.end, false))
        span = (Span){0, -1};
    if (op == TIME_DISJOINT)
        return outside_span(compiler, field, span, ret);
    return one_span(compiler, field, span, false, ret);
}
