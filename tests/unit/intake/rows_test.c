/* Rows of files, checked and packed; and every way a file can be wrong, with what is said about it. */
#include "geo/geometry.h"
#include "intake/rows.h"
#include "test.h"
#include <stdio.h>
#include <string.h>

static RowOptions options(Kind kind)
{
    RowOptions one = {.kind = kind, .has_as_of = true, .visibility = AUDIENCE_RESTRICTED};
    one.as_of = (DateSpan){date_day(2022, 11, 30), date_day(2022, 11, 30)};
    return one;
}

enum { ROWS_MAX = 16 };

static Row rows[ROWS_MAX];
static int good, bad, left_out;
static Issue issues[ISSUES_MAX];
static Issues found;
static Arena *arena;

static Err read_with(RowOptions how, const char *text)
{
    if (!arena)
        arena = arena_new();
    good = bad = left_out = 0;
    found = (Issues){.list = issues};
    Input *input = input_of(str_of(text), "test");
    RowReader *reader = NULL;
    Err err = rows_open(input, &how, &reader);
    for (RowFate fate = ROW_GOOD; err == OK && fate != ROWS_END;) {
        Row row;
        err = rows_next(reader, arena, &row, &fate);
        if (err != OK || fate == ROWS_END)
            break;
        if (fate == ROW_GOOD && good < ROWS_MAX)
            rows[good] = row;
        good += fate == ROW_GOOD;
        bad += fate == ROW_BAD;
        left_out += fate == ROW_LEFT_OUT;
    }
    if (reader) {
        found.count = rows_issues(reader)->count;
        found.total = rows_issues(reader)->total;
        memcpy(issues, rows_issues(reader)->list, found.count * sizeof *issues);
    }
    rows_close(reader);
    input_close(input);
    return err;
}

static Err read_rows(Kind kind, const char *text)
{
    return read_with(options(kind), text);
}

static Value value_of(const Row *row, Kind kind, const char *name)
{
    Value values[FIELDS_MAX];
    CHECK_OK(unpack_values(arena, kind, row->payload, values));
    return values[field_index(kind, str_of(name))];
}

#define CHECK_ISSUE(n, code_, row_, column_)         CHECK_ISSUE_AT(n, code_, "row", row_, column_)
#define CHECK_FEATURE_ISSUE(n, code_, row_, column_) CHECK_ISSUE_AT(n, code_, "feature", row_, column_)
#define CHECK_ISSUE_AT(n, code_, place, row_, column_)                                                       \
    do {                                                                                                     \
        CHECK(found.count > (n));                                                                            \
        CHECK_STR(str_of(err_name(issues[n].fault.code)), err_name(code_));                                  \
        CHECK_EQ(issues[n].row, row_);                                                                       \
        CHECK_STR(str_of(issues[n].column), column_);                                                        \
        CHECK_STR(str_of(fault_arg(&issues[n].fault, place)), num_c(row_));                                  \
    } while (0)

#define CHECK_ARG(name, want) CHECK_STR(str_of(fault_arg(fault_last(), name)), want)

#define SQUARE "\"POLYGON ((113 22, 113.1 22, 113.1 22.1, 113 22.1, 113 22))\""

TEST(headings_may_be_names_labels_or_what_real_sheets_use)
{
    CHECK_OK(read_rows(KIND_PARCEL, "编号,名称,Land use,用地面积,土地狀態,图形\n"
                                    "p1,甲地块,M2,3000,熟地," SQUARE "\n"));
    CHECK_EQ(good, 1);
    CHECK_STR(rows[0].key, "p1");
    CHECK_EQ(value_of(&rows[0], KIND_PARCEL, "area_m2").num, 300000);
    CHECK_STR(value_of(&rows[0], KIND_PARCEL, "land_use").text, "M2");
    CHECK_STR(value_of(&rows[0], KIND_PARCEL, "land_state").text, "serviced");
    Geometry shape;
    CHECK_OK(geometry_from_ewkb(arena, rows[0].shape, &shape));
    CHECK_EQ(shape.point_count, 5);
}

TEST(a_row_says_its_own_visibility_day_and_place_in_the_source)
{
    CHECK_OK(
        read_rows(KIND_PARK, "id,visibility,as_of,locator\na,公开,2021-06,第12段\nb,,,\nc,withheld,,\n"));
    CHECK_EQ(good, 3);
    CHECK_EQ(rows[0].visibility, AUDIENCE_PUBLIC);
    CHECK_EQ(rows[0].as_of.last, date_day(2021, 6, 30));
    CHECK_STR(rows[0].locator, "第12段");
    CHECK_EQ(rows[1].visibility, AUDIENCE_RESTRICTED);
    CHECK_EQ(rows[1].as_of.first, date_day(2022, 11, 30));
    CHECK_EQ(rows[2].visibility, AUDIENCE_RESTRICTED);
}

TEST(an_unknown_heading_refuses_the_file_and_hints_at_the_nearest)
{
    CHECK_ERR(read_rows(KIND_PARCEL, "id,aera_m2\np1,5\n"), ERR_FIELD_UNKNOWN);
    CHECK_ARG("field", "aera_m2");
    CHECK_ARG("hint", "area_m2");
    CHECK_ERR(read_rows(KIND_PARCEL,
                        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"id\":\"a\","
                        "\"properties\":{\"area\":5,\"aera_m2\":5}}]}"),
              ERR_FIELD_UNKNOWN);
    CHECK_ARG("field", "aera_m2");
}

TEST(a_derived_field_cannot_be_given)
{
    CHECK_ERR(read_rows(KIND_PARCEL, "id,port_m\np1,5\n"), ERR_FIELD_DERIVED);
    CHECK_ARG("field", "port_m");
}

TEST(two_columns_for_one_field_are_refused)
{
    CHECK_ERR(read_rows(KIND_PARCEL, "id,area_m2,面积\np1,5,6\n"), ERR_CSV);
    CHECK_ERR(read_rows(KIND_PARCEL,
                        "{\"type\":\"Feature\",\"id\":\"a\",\"properties\":{\"area_m2\":5,\"面积\":6}}"),
              ERR_GEOJSON);
}

TEST(a_file_without_ids_days_or_headings_is_refused)
{
    CHECK_ERR(read_rows(KIND_PARCEL, "area_m2\n5\n"), ERR_FIELD_REQUIRED);
    CHECK_ARG("field", "id");
    CHECK_ERR(read_rows(KIND_FACILITY, "id\nx\n"), ERR_FIELD_REQUIRED);
    CHECK_ARG("field", "type");
    CHECK_ERR(read_rows(KIND_PARCEL, "id,\np1,5\n"), ERR_CSV);
    CHECK_ERR(read_rows(KIND_PARCEL, ""), ERR_CSV);
    CHECK_ARG("detail", "the file is empty");
    RowOptions dayless = options(KIND_PARCEL);
    dayless.has_as_of = false;
    CHECK_ERR(read_with(dayless, "id\np1\n"), ERR_FIELD_REQUIRED);
    CHECK_ARG("field", "as_of");
    CHECK_OK(read_with(dayless, "id,as_of\np1,2021\np2,\n"));
    CHECK_ISSUE(0, ERR_FIELD_REQUIRED, 3, "as_of");
}

TEST(headings_alone_are_a_file_of_no_rows)
{
    CHECK_OK(read_rows(KIND_PARCEL, "id,area_m2\n"));
    CHECK_EQ(good + bad, 0);
}

TEST(every_bad_cell_is_an_issue_with_its_place_and_its_row_is_bad)
{
    CHECK_OK(read_rows(KIND_PARCEL, "id,面积,land_use\np1,NaN,Z9\np2,5,M1\np3,30亩,M1\n"));
    CHECK_EQ(good, 1);
    CHECK_EQ(bad, 2);
    CHECK_EQ(found.total, 3);
    CHECK_ISSUE(0, ERR_VALUE, 2, "面积");
    CHECK_ISSUE(1, ERR_VALUE, 2, "land_use");
    CHECK_ISSUE(2, ERR_UNIT, 4, "面积");
    CHECK_STR(str_of(fault_arg(&issues[2].fault, "want")), "m2");
    CHECK_STR(str_of(fault_arg(&issues[2].fault, "value")), "30亩");
}

TEST(a_row_of_another_length_is_bad)
{
    CHECK_OK(read_rows(KIND_PARCEL, "id,area_m2\np1\np2,5,6\np3,5\n"));
    CHECK_EQ(good, 1);
    CHECK_ISSUE(0, ERR_CSV, 2, "");
    CHECK_ISSUE(1, ERR_CSV, 3, "");
}

TEST(an_id_twice_is_told_with_both_rows)
{
    CHECK_OK(read_rows(KIND_PARCEL, "id\np1\np2\np1\n"));
    CHECK_EQ(good, 2);
    CHECK_ISSUE(0, ERR_VALUE, 4, "id");
    CHECK_STR(str_of(fault_arg(&issues[0].fault, "want")), "an id that row 2 does not have");
}

TEST(an_id_with_spaces_or_slashes_is_refused)
{
    CHECK_OK(read_rows(KIND_PARCEL, "id,area_m2\na b,1\na/b,1\n\"\",1\n新会-1,1\n"));
    CHECK_EQ(good, 1);
    CHECK_STR(rows[0].key, "新会-1");
    CHECK_ISSUE(0, ERR_VALUE, 2, "id");
    CHECK_ISSUE(2, ERR_FIELD_REQUIRED, 4, "id");
}

TEST(the_least_may_not_be_above_the_most)
{
    CHECK_OK(read_rows(KIND_PARCEL, "id,far_min,far_max\np1,3.5,1.5\np2,1.5,1.5\n"));
    CHECK_EQ(good, 1);
    CHECK_ISSUE(0, ERR_RANGE, 2, "far_min");
    CHECK_STR(str_of(fault_arg(&issues[0].fault, "max")), "1.5");
}

TEST(a_geometry_that_is_not_valid_or_of_another_kind_is_refused)
{
    CHECK_OK(read_rows(
        KIND_PARCEL, "id,geometry\n"
                     "p1,\"POLYGON ((113 22, 113.1 22.1, 113.1 22, 113 22.1, 113 22))\"\n"
                     "p2,POINT (113 22)\n"
                     "p3,\"POLYGON ((113 22\"\n"
                     "p4," SQUARE "\n"
                     "p5,\"POLYGON ((500000 2500000, 500100 2500000, 500100 2500100, 500000 2500000))\"\n"));
    CHECK_EQ(good, 1);
    for (uint32_t i = 0; i < 4; i++)
        CHECK_ISSUE(i, ERR_GEOMETRY, (i < 3 ? i + 2 : 6), "geometry");
    CHECK_OK(read_rows(KIND_PARK, "id,geometry\na," SQUARE "\nb,POINT (113 22)\n"));
    CHECK_EQ(good, 1);
    CHECK_ISSUE(0, ERR_GEOMETRY, 2, "geometry");
    CHECK_OK(read_rows(KIND_SOURCE, "id,geometry\na,POINT (1 2)\n"));
    CHECK_ISSUE(0, ERR_GEOMETRY, 2, "geometry");
}

TEST(a_hundred_issues_are_told_and_all_are_counted)
{
    static char text[16 * 1024];
    size_t len = (size_t)snprintf(text, sizeof text, "id,area_m2\n");
    for (int i = 0; i < 150; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "p%d,x\n", i);
    CHECK_OK(read_rows(KIND_PARCEL, text));
    CHECK_EQ(found.count, ISSUES_MAX);
    CHECK_EQ(found.total, 150);
    CHECK_EQ(bad, 150);
}

TEST(illustrative_rows_can_be_left_out)
{
    RowOptions how = options(KIND_PARCEL);
    how.no_illustrative = true;
    CHECK_OK(read_with(how, "id,how\np1,illustrative\np2,reported\n"));
    CHECK_EQ(good, 1);
    CHECK_EQ(left_out, 1);
    CHECK_STR(rows[0].key, "p2");
}

TEST(a_feature_is_a_row)
{
    CHECK_OK(read_rows(
        KIND_PARK, "{\"type\":\"FeatureCollection\",\"features\":["
                   "{\"type\":\"Feature\",\"id\":\"a\",\"properties\":{\"tiers\":[\"group\",\"产业园\"]}},"
                   "{\"type\":\"Feature\",\"properties\":{\"id\":\"b\",\"tiers\":[\"group\",\"pilot_zone\"],"
                   "\"chemical_recognised\":false,\"name_zh\":\"乙\"},"
                   "\"geometry\":{\"type\":\"Point\",\"coordinates\":[113.03,22.46]}},"
                   "{\"type\":\"Feature\",\"id\":\"c\",\"properties\":{\"name_zh\":[\"x\"]}}]}"));
    CHECK_EQ(good, 1);
    CHECK_STR(rows[0].key, "b");
    CHECK_EQ(value_of(&rows[0], KIND_PARK, "tiers").list.count, 2);
    CHECK_EQ(value_of(&rows[0], KIND_PARK, "chemical_recognised").num, 0);
    CHECK(rows[0].shape.len > 0);
    CHECK_FEATURE_ISSUE(0, ERR_VALUE, 1, "tiers");
    CHECK_FEATURE_ISSUE(1, ERR_VALUE, 3, "name_zh");
}

TEST(a_cut_file_is_refused)
{
    CHECK_ERR(read_rows(KIND_PARCEL, "id,name_zh\np1,\"甲"), ERR_CSV);
    CHECK_ERR(read_rows(KIND_PARCEL, "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Fea"),
              ERR_GEOJSON);
}
