#include "match_briefs.h"
#include "app/entity_json.h"
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

/* ---- as text ---- */

static void write_condition(JsonOut *out, const Condition *condition)
{
    const Field *field = &kind_info(KIND_PARCEL)->fields[condition->field];
    static const Field metres = {.name = "near_m", .type = FIELD_NUM};
    out_object(out);
    if (condition->near) {
        out_name(out, "near");
        out_raw(out, STR("{\"segment\":\"bench.part\"}"));
        field = &metres;
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
        out_name(&out, "field");
        out_c(&out, kind_info(KIND_PARCEL)->fields[brief->terms[t].field].name);
        out_name(&out, "weight");
        out_int(&out, brief->terms[t].weight);
        out_name(&out, "better");
        out_c(&out, brief->terms[t].more ? "more" : "less");
        out_object_end(&out);
    }
    out_array_end(&out);
    out_object_end(&out);
}
