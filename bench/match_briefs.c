#include "match_briefs.h"
#include "app/entity_json.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

const Nearness bench_members = {NEAR_SEGMENT, {"bench.part", 10}};

static uint64_t state;

void briefs_seed(uint64_t seed)
{
    state = seed * 0x9E3779B97F4A7C15u + 1;
}

uint64_t below(uint64_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (state >> 11) % n;
}

void check(Err err)
{
    if (err == OK)
        return;
    fprintf(stderr, "%s: %s\n", err_name(err), fault_last()->count ? fault_last()->args[0].text : "");
    exit(1);
}

uint32_t bench_field(const char *name)
{
    uint32_t index;
    check(field_named(KIND_PARCEL, str_of(name), &index));
    return index;
}

/* The value of some parcel; of several tries the `rank`-th smallest. */
static Value some_value(Arena *arena, const Table *table, uint32_t field, int tries, int rank)
{
    Value values[8];
    int count = 0;
    bool date = kind_info(KIND_PARCEL)->fields[field].type == FIELD_DATE;
    for (int t = 0; t < 1000 && count < tries; t++) {
        Value value;
        table_value(arena, table, (uint32_t)below(table->rows), field, &value);
        if (value.state != VALUE_KNOWN)
            continue;
        int at = count++;
        for (;
             at > 0 && (date ? values[at - 1].date.first > value.date.first : values[at - 1].num > value.num);
             at--)
            values[at] = values[at - 1];
        values[at] = value;
    }
    return count > rank ? values[rank] : (Value){.state = VALUE_UNKNOWN};
}

static void at_least(Arena *arena, const Table *table, const char *name, Condition *ret)
{
    ret->field = bench_field(name);
    ret->least = some_value(arena, table, ret->field, 5, (int)below(3));
}

static void at_most(Arena *arena, const Table *table, const char *name, Condition *ret)
{
    ret->field = bench_field(name);
    ret->greatest = some_value(arena, table, ret->field, 5, 2 + (int)below(3));
}

static void any_land_use(Arena *arena, Condition *ret)
{
    ret->field = bench_field("land_use");
    const CodeList *list = kind_info(KIND_PARCEL)->fields[ret->field].codes;
    Str *codes = arena_array(arena, Str, 4);
    for (ret->code_count = 0; ret->code_count < 1 + below(3); ret->code_count++)
        codes[ret->code_count] = str_of(list->codes[below(list->count)].code);
    ret->codes = codes;
}

Brief *brief_random(Arena *arena, const Table *table, bool near)
{
    static const char *const weighed[BENCH_TERMS] = {"price_fen_m2", "area_m2", "power_left_kva", "port_m",
                                                     "motorway_junction_m"};
    Brief *brief = arena_new_of(arena, Brief);
    Condition *c = arena_zarray(arena, Condition, BENCH_CONDITIONS);
    Term *terms = arena_zarray(arena, Term, BENCH_TERMS);
    any_land_use(arena, &c[0]);
    at_least(arena, table, "area_m2", &c[1]);
    if (below(2))
        c[1].greatest = some_value(arena, table, c[1].field, 8, 7);
    if (c[1].greatest.state == VALUE_KNOWN && c[1].greatest.num < c[1].least.num)
        c[1].greatest.state = VALUE_UNKNOWN;
    at_least(arena, table, "far_max", &c[2]);
    at_most(arena, table, "price_fen_m2", &c[3]);
    at_least(arena, table, "power_left_kva", &c[4]);
    at_least(arena, table, "water_left_m3d", &c[5]);
    at_least(arena, table, "sewage_left_m3d", &c[6]);
    c[7] = (Condition){.field = bench_field("gas_state"), .code_count = 1};
    c[7].codes = arena_copy(arena, &STR("done"), sizeof(Str));
    at_most(arena, table, "port_m", &c[8]);
    at_most(arena, table, "motorway_junction_m", &c[9]);
    at_most(arena, table, "rail_station_m", &c[10]);
    at_most(arena, table, "available_from", &c[11]);
    at_most(arena, table, "env_class", &c[12]);
    c[13] = (Condition){.field = bench_field("land_state"), .offer = true};
    for (int t = 0; t < BENCH_TERMS; t++)
        terms[t] =
            (Term){.field = bench_field(weighed[t]), .weight = 1 + (int)below(100), .more = t == 1 || t == 2};
    /* The distance takes the place of the one to a motorway, so that about as many sites fit. */
    if (near)
        c[9] = (Condition){.near = &bench_members,
                           .greatest = {.state = VALUE_KNOWN, .num = 1000 + (int64_t)below(20000)}};
    *brief = (Brief){.kind = KIND_PARCEL,
                     .conditions = c,
                     .condition_count = BENCH_CONDITIONS,
                     .terms = terms,
                     .term_count = BENCH_TERMS,
                     .top = BENCH_TOP};
    return brief;
}

/* ---- of every sort ---- */

enum { MIXED_CONDITIONS = 9, MIXED_TERMS = 6, MIXED_TOP = 60, MIXED_FIRMS = 6, CORNERS_MAX = 12 };

static const char *const mixed_fields[] = {
    "area_m2",        "far_max", "price_fen_m2", "power_left_kva",      "water_left_m3d", "sewage_left_m3d",
    "available_from", "port_m",  "env_class",    "motorway_junction_m", "rail_station_m", "airport_m"};
static const char *const mixed_codes[] = {"land_use", "gas_state", "heat_state", "land_state"};

enum {
    NUMBERS = sizeof mixed_fields / sizeof *mixed_fields,
    CODES = sizeof mixed_codes / sizeof *mixed_codes
};

static const Nearness *some_place(Arena *arena, const Atlas *atlas)
{
    static const char *const types[] = {"port", "rail_station", "airport", "motorway_junction"};
    const Table *firms = atlas_table(atlas, KIND_ENTERPRISE, 0), *roles = atlas_table(atlas, KIND_ROLE, 0);
    Nearness *near = arena_new_of(arena, Nearness);
    switch (below(3)) {
    case 0:
        if (firms->rows > 0) {
            uint32_t row = (uint32_t)(firms->rows * below(MIXED_FIRMS) / MIXED_FIRMS);
            *near = (Nearness){NEAR_ENTERPRISE, table_key(firms, row)};
            break;
        }
        /* fall through */
    case 1:
        if (roles->rows > 0) {
            *near = bench_members;
            break;
        }
        /* fall through */
    default:
        *near = (Nearness){NEAR_FACILITY, str_of(types[below(4)])};
    }
    return near;
}

/* Seen from some parcel its corners come one after the other counter-clockwise. */
static const Geometry *some_polygon(Arena *arena, const Table *table)
{
    Geometry *polygon = arena_new_of(arena, Geometry);
    uint32_t corners = 3 + (uint32_t)below(CORNERS_MAX - 2), *ends = arena_array(arena, uint32_t, 2);
    Point *points = arena_array(arena, Point, CORNERS_MAX + 1), middle = {1130000000, 230000000};
    double wide = 0.02 + 0.001 * (double)below(below(2) ? 300 : 6000);
    for (int tries = 0; tries < 100; tries++) {
        uint32_t row = (uint32_t)below(table->rows);
        if (table_has_shape(table, row)) {
            middle = table->anchors[row];
            break;
        }
    }
    for (uint32_t i = 0; i < corners; i++) {
        double turn = 6.283185307179586 * (i + 0.8 * (double)below(1000) / 1000) / corners;
        double far = wide * (0.3 + 0.7 * (double)below(1000) / 1000) * DEGREE;
        points[i] = (Point){middle.lon + (int32_t)(far * cos(turn)), middle.lat + (int32_t)(far * sin(turn))};
    }
    points[corners] = points[0];
    ends[0] = corners + 1;
    ends[1] = 1;
    *polygon = (Geometry){.type = GEOM_POLYGON,
                          .point_count = corners + 1,
                          .ring_count = 1,
                          .part_count = 1,
                          .points = points,
                          .ring_ends = ends,
                          .part_ends = ends + 1};
    return polygon;
}

static bool above(bool date, const Value *low, const Value *high)
{
    return low->state == VALUE_KNOWN && high->state == VALUE_KNOWN &&
           (date ? low->date.first > high->date.last : low->num > high->num);
}

static void mixed_range(Arena *arena, const Table *table, uint32_t field, Condition *ret)
{
    bool date = kind_info(KIND_PARCEL)->fields[field].type == FIELD_DATE;
    uint64_t ends = below(3);
    *ret = (Condition){.field = field};
    if (ends != 1)
        ret->least = some_value(arena, table, field, 8, (int)below(4));
    if (ends != 0)
        ret->greatest = some_value(arena, table, field, 8, 4 + (int)below(4));
    if (above(date, &ret->least, &ret->greatest))
        ret->greatest.state = VALUE_UNKNOWN;
}

static void mixed_near(Arena *arena, const Atlas *atlas, Condition *ret)
{
    int64_t wide = INT64_C(1) << (9 + below(11)); /* 0.5 … 500 km */
    *ret = (Condition){.near = some_place(arena, atlas)};
    uint64_t ends = below(4);
    if (ends == 0 || ends == 1)
        ret->least = (Value){.state = VALUE_KNOWN, .num = (int64_t)below((uint64_t)wide)};
    if (ends != 0)
        ret->greatest = (Value){.state = VALUE_KNOWN, .num = wide + (int64_t)below((uint64_t)wide)};
}

static bool same_near(const Nearness *a, const Nearness *b)
{
    return a && b && a->what == b->what && str_eq(a->key, b->key);
}

/* Another condition on this? Two could contradict each other. */
static bool stands(const Condition *conditions, uint32_t count)
{
    const Condition *own = &conditions[count];
    for (uint32_t c = 0; c < count; c++) {
        const Condition *other = &conditions[c];
        if (own->place  ? other->place && !own->outside
            : own->near ? same_near(own->near, other->near)
                        : !other->near && !other->place && own->field == other->field)
            return true;
    }
    return false;
}

static void mixed_condition(Arena *arena, const Atlas *atlas, Condition *ret)
{
    const Table *table = atlas_table(atlas, KIND_PARCEL, 0);
    uint64_t sort = below(16);
    if (sort < 9) {
        mixed_range(arena, table, bench_field(mixed_fields[below(NUMBERS)]), ret);
    } else if (sort < 11) {
        *ret = (Condition){.field = bench_field(mixed_codes[below(CODES)])};
        const CodeList *list = kind_info(KIND_PARCEL)->fields[ret->field].codes;
        Str *codes = arena_array(arena, Str, 4);
        for (ret->code_count = 0; ret->code_count < 1 + below(4); ret->code_count++)
            codes[ret->code_count] = str_of(list->codes[below(list->count)].code);
        ret->codes = codes;
    } else if (sort < 13) {
        mixed_near(arena, atlas, ret);
    } else if (sort < 15) {
        *ret = (Condition){.place = some_polygon(arena, table), .outside = below(2)};
    } else {
        *ret = (Condition){.field = bench_field("land_state"), .offer = true};
    }
}

static bool empty(const Condition *condition)
{
    return !condition->codes && !condition->offer && !condition->place &&
           condition->least.state != VALUE_KNOWN && condition->greatest.state != VALUE_KNOWN;
}

static uint32_t mixed_terms(Arena *arena, const Atlas *atlas, Term *ret)
{
    uint32_t wanted = (uint32_t)below(MIXED_TERMS + 1), count = 0;
    bool none = below(20) == 0;
    for (uint32_t tries = 0; tries < 40 && count < wanted; tries++) {
        Term term = {.field = bench_field(mixed_fields[below(NUMBERS)]), .more = below(2)};
        term.weight = none ? 0 : (int)below(WEIGHT_MAX + 1);
        if (below(6) == 0)
            term = (Term){.near = some_place(arena, atlas), .more = term.more, .weight = term.weight};
        bool twice = false;
        for (uint32_t t = 0; t < count; t++)
            twice |=
                term.near ? same_near(term.near, ret[t].near) : !ret[t].near && ret[t].field == term.field;
        if (!twice)
            ret[count++] = term;
    }
    return count;
}

Brief *brief_mixed(Arena *arena, const Atlas *atlas)
{
    Brief *brief = arena_new_of(arena, Brief);
    Condition *conditions = arena_zarray(arena, Condition, MIXED_CONDITIONS + 1);
    Term *terms = arena_zarray(arena, Term, MIXED_TERMS);
    uint32_t wanted = 1 + (uint32_t)below(MIXED_CONDITIONS), count = 0;
    for (uint32_t tries = 0; tries < 100 && count < wanted; tries++) {
        mixed_condition(arena, atlas, &conditions[count]);
        count += !empty(&conditions[count]) && !stands(conditions, count);
    }
    *brief = (Brief){.kind = KIND_PARCEL,
                     .conditions = conditions,
                     .condition_count = count,
                     .terms = terms,
                     .term_count = mixed_terms(arena, atlas, terms),
                     .top = 1 + (uint32_t)below(MIXED_TOP)};
    return brief;
}

/* ---- as text ---- */

static void write_near(JsonOut *out, const Nearness *near)
{
    static const char *const names[] = {"type", "segment", "enterprise"};
    out_name(out, "near");
    out_object(out);
    if (near->what == NEAR_FACILITY) {
        out_name(out, "kind");
        out_c(out, "facility");
    }
    out_name(out, names[near->what]);
    out_str(out, near->key);
    out_object_end(out);
}

static void write_condition(JsonOut *out, const Condition *condition)
{
    const Field *field = &kind_info(KIND_PARCEL)->fields[condition->field];
    static const Field metres = {.name = "near_m", .type = FIELD_NUM};
    out_object(out);
    if (condition->near) {
        write_near(out, condition->near);
        field = &metres;
    } else if (condition->place) {
        Buf place;
        buf_init(&place, BRIEF_BYTES_MAX);
        geometry_geojson(&place, condition->place);
        out_name(out, condition->outside ? "outside" : "inside");
        out_raw(out, buf_view(&place));
        buf_done(&place);
    } else {
        out_name(out, "field");
        out_c(out, field->name);
    }
    if (condition->codes) {
        out_name(out, "in");
        out_array(out);
        for (uint32_t i = 0; i < condition->code_count; i++)
            out_str(out, condition->codes[i]);
        out_array_end(out);
    }
    if (condition->least.state == VALUE_KNOWN) {
        out_name(out, "min");
        out_value(out, field, &condition->least);
    }
    if (condition->greatest.state == VALUE_KNOWN) {
        out_name(out, "max");
        out_value(out, field, &condition->greatest);
    }
    out_object_end(out);
}

void brief_json(Buf *text, const Brief *brief)
{
    JsonOut out = json_out(text);
    out_object(&out);
    out_name(&out, "where");
    out_array(&out);
    for (uint32_t c = 0; c < brief->condition_count; c++)
        if (!brief->conditions[c].offer)
            write_condition(&out, &brief->conditions[c]);
    out_array_end(&out);
    out_name(&out, "weigh");
    out_array(&out);
    for (uint32_t t = 0; t < brief->term_count; t++) {
        out_object(&out);
        if (brief->terms[t].near) {
            write_near(&out, brief->terms[t].near);
        } else {
            out_name(&out, "field");
            out_c(&out, kind_info(KIND_PARCEL)->fields[brief->terms[t].field].name);
        }
        out_name(&out, "weight");
        out_int(&out, brief->terms[t].weight);
        out_name(&out, "better");
        out_c(&out, brief->terms[t].more ? "more" : "less");
        out_object_end(&out);
    }
    out_array_end(&out);
    out_name(&out, "top");
    out_int(&out, brief->top);
    out_object_end(&out);
}
