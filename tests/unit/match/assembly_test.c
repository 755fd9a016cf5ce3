/* Adjoining plots put together: on small random grids against a pass over every subset; and what a brief gets
 * of it. */
#include "match/assembly.h"
#include "match/select.h"
#include "test.h"
#include "unit/match/hand_table.h"
#include <stdio.h>

enum { GRIDS = 600, PLOTS_MOST = 14, LOOKS = 1 << 20, STEP = 4000 /* 1e-7 degrees: some 41 m */ };

static Arena *arena;
static Table table;

__attribute__((constructor)) static void make_arena(void)
{
    arena = arena_new();
}

/* A box from its corner and sides, in 1e-7 degrees from a place in the county. */
static Geometry box_at(int32_t lon, int32_t lat, int32_t wide, int32_t high)
{
    char wkt[300];
    Geometry shape;
    double w = 113 + lon / 1e7, s = 22.5 + lat / 1e7, e = 113 + (lon + wide) / 1e7,
           n = 22.5 + (lat + high) / 1e7;
    snprintf(wkt, sizeof wkt, "POLYGON((%.7f %.7f,%.7f %.7f,%.7f %.7f,%.7f %.7f,%.7f %.7f))", w, s, e, s, e,
             n, w, n, w, s);
    CHECK_OK(geometry_from_wkt(arena, str_of(wkt), &shape));
    return shape;
}

/* ---- adjacency ---- */

static Adjacency neighbours_of(const Geometry *shapes, uint32_t count, uint32_t gap_m)
{
    Adjacency adjacency;
    adjacency_build(arena, shapes, count, gap_m, &adjacency);
    return adjacency;
}

TEST(plots_across_a_road_are_neighbours_when_the_road_is_no_wider_than_the_gap)
{
    /* 0.00027 degrees of latitude are 30.02 m on the mean sphere; 0.000269 are 29.91 m. */
    const Geometry near[] = {box_at(0, 0, 1000, 1000), box_at(0, 1000 + 2690, 1000, 1000)};
    const Geometry far[] = {box_at(0, 0, 1000, 1000), box_at(0, 1000 + 2700, 1000, 1000)};
    Adjacency adjacency = neighbours_of(near, 2, 30);
    CHECK_EQ(adjacency.ends[1], 2);
    CHECK_EQ(adjacency.neighbours[0], 1);
    CHECK_EQ(adjacency.gaps_cm[0], 2991);
    CHECK_EQ(neighbours_of(far, 2, 30).ends[1], 0);
}

TEST(plots_that_touch_at_an_edge_or_a_corner_have_no_gap)
{
    const Geometry shapes[] = {box_at(0, 0, 1000, 1000), box_at(1000, 0, 1000, 1000),
                               box_at(2000, 1000, 1000, 1000)};
    Adjacency adjacency = neighbours_of(shapes, 3, 0);
    CHECK_EQ(adjacency.ends[0], 1);
    CHECK_EQ(adjacency.ends[1], 3);
    CHECK_EQ(adjacency.ends[2], 4);
    CHECK_EQ(adjacency.gaps_cm[0] + adjacency.gaps_cm[1] + adjacency.gaps_cm[2], 0);
}

TEST(plots_whose_edges_cross_by_a_survey_s_error_are_touching)
{
    const Geometry shapes[] = {box_at(0, 0, 1000, 1000), box_at(998, -200, 1000, 1400)};
    Adjacency adjacency = neighbours_of(shapes, 2, 0);
    CHECK_EQ(adjacency.ends[1], 2);
    CHECK_EQ(adjacency.rival_ends[1], 0);
}

TEST(the_same_land_recorded_twice_is_no_neighbour_of_itself)
{
    const Geometry shapes[] = {box_at(0, 0, 1000, 1000), box_at(10, 0, 1000, 1000)};
    Adjacency adjacency = neighbours_of(shapes, 2, 30);
    CHECK_EQ(adjacency.ends[1], 0);
    CHECK_EQ(adjacency.rival_ends[1], 2);
    CHECK(!adjacency.bounded);
}

TEST(of_too_many_neighbours_the_nearest_are_kept_and_it_is_said)
{
    Geometry shapes[1 + 40];
    shapes[0] = box_at(0, 0, 50000, 1000);
    for (int32_t i = 0; i < 40; i++)
        shapes[1 + i] = box_at(i * 1200, 1000 + 10 * i, 600, 600);
    Adjacency adjacency = neighbours_of(shapes, 41, 5);
    CHECK_EQ(adjacency.ends[0], ADJACENCY_NEIGHBOURS_MAX);
    CHECK_EQ(adjacency.neighbours[ADJACENCY_NEIGHBOURS_MAX - 1], ADJACENCY_NEIGHBOURS_MAX);
    CHECK_EQ(adjacency.ends[40],
             2 * ADJACENCY_NEIGHBOURS_MAX); /* none knows of a link that the other has not */
    CHECK(adjacency.bounded);
}

TEST(the_widest_gap_of_a_set_is_of_the_way_that_needs_the_least)
{
    /* Across the middle it is 10 m twice, past it 20 m and more once. */
    const Geometry shapes[] = {box_at(0, 0, 1000, 1000), box_at(0, 1900, 100, 100),
                               box_at(0, 2900, 1000, 1000)};
    const uint32_t set[] = {0, 1, 2};
    Adjacency adjacency = neighbours_of(shapes, 3, 30);
    CHECK_EQ(adjacency.ends[2], 6);
    CHECK_EQ(adjacency_widest_gap(&adjacency, set, 3), 1001);
}

/* ---- hulls ---- */

TEST(the_hull_of_an_l_is_what_a_string_around_it_holds)
{
    const Geometry a = box_at(0, 0, 2000, 1000), b = box_at(0, 1000, 1000, 1000);
    Hull of_a, of_b;
    Point scratch[32], points[16];
    int64_t area2;
    hull_of(arena, &a, &of_a);
    hull_of(arena, &b, &of_b);
    CHECK_EQ(of_a.count, 4);
    CHECK_EQ(shape_area2(&a), 2 * 2000 * 1000);
    CHECK_EQ(hull_join(of_a, of_b, scratch, points, &area2), 5);
    CHECK_EQ(area2, 2 * 3500 * 1000);
}

/* ---- against every subset ---- */

typedef struct GridPlots {
    Geometry shapes[PLOTS_MOST];
    AssemblyPlot plots[PLOTS_MOST];
    uint32_t count, links[PLOTS_MOST], rivals[PLOTS_MOST];
    Adjacency adjacency;
} GridPlots;

/* Cells of a 4 × 4 grid, each a little smaller than its place or a little larger, some moved so far that
 * they lie on others. */
static GridPlots random_grid(Dice *dice)
{
    GridPlots grid = {.count = 2 + dice_below(dice, PLOTS_MOST - 1)};
    uint32_t first = dice_below(dice, 3);
    for (uint32_t i = 0; i < grid.count; i++) {
        int32_t x = (int32_t)(i + first) % 4, y = (int32_t)(i + first) / 4;
        int32_t moved = dice_below(dice, 12) == 0 ? STEP : 0;
        grid.shapes[i] =
            box_at(x * STEP + moved, y * STEP, STEP - (int32_t)dice_below(dice, 3) * 1000 + (x == 1),
                   STEP - (int32_t)dice_below(dice, 3) * 1000);
    }
    grid.adjacency = neighbours_of(grid.shapes, grid.count, dice_below(dice, 2) ? 15 : 0);
    for (uint32_t i = 0; i < grid.count; i++) {
        grid.plots[i].area = 1 + dice_below(dice, 9);
        grid.plots[i].area2 = shape_area2(&grid.shapes[i]);
        hull_of(arena, &grid.shapes[i], &grid.plots[i].hull);
        for (uint32_t n = adjacency_start(&grid.adjacency, i); n < grid.adjacency.ends[i]; n++)
            grid.links[i] |= 1u << grid.adjacency.neighbours[n];
        for (uint32_t n = adjacency_rivals(&grid.adjacency, i); n < grid.adjacency.rival_ends[i]; n++)
            grid.rivals[i] |= 1u << grid.adjacency.rivals[n];
    }
    return grid;
}

static bool hangs_together(const GridPlots *grid, uint32_t set)
{
    uint32_t reached = set & -set;
    for (uint32_t round = 0; round < grid->count; round++)
        for (uint32_t i = 0; i < grid->count; i++)
            if (reached >> i & 1)
                reached |= grid->links[i] & set;
    return reached == set;
}

static int64_t area_of_set(const GridPlots *grid, uint32_t set)
{
    int64_t area = 0;
    for (uint32_t i = 0; i < grid->count; i++)
        area += set >> i & 1 ? grid->plots[i].area : 0;
    return area;
}

static bool is_minimal(const GridPlots *grid, const bool *joined, uint32_t set, const AssemblyAsk *ask)
{
    int64_t area = area_of_set(grid, set);
    if (!joined[set] || area < ask->least || area > ask->greatest)
        return false;
    for (uint32_t i = 0; i < grid->count; i++)
        if (set >> i & 1 && grid->rivals[i] & set)
            return false;
    for (uint32_t part = (set - 1) & set; part; part = (part - 1) & set)
        if (joined[part] && area_of_set(grid, part) >= ask->least)
            return false;
    return true;
}

/* All corners of the set's plots in one hull, by gift wrapping; another way than the one that is tested. */
static int64_t wrapped_area2(const GridPlots *grid, uint32_t set)
{
    Point all[PLOTS_MOST * 4] = {{0}};
    uint32_t count = 0, start = 0, at;
    int64_t area2 = 0;
    for (uint32_t i = 0; i < grid->count; i++)
        for (uint32_t p = 0; set >> i & 1 && p < 4; p++)
            all[count++] = grid->shapes[i].points[p];
    for (uint32_t i = 1; i < count; i++)
        if (all[i].lon < all[start].lon || (all[i].lon == all[start].lon && all[i].lat < all[start].lat))
            start = i;
    at = start;
    do {
        uint32_t next = at;
        for (uint32_t i = 0; i < count; i++) {
            int64_t ax = all[next].lon - all[at].lon, ay = all[next].lat - all[at].lat,
                    bx = all[i].lon - all[at].lon, by = all[i].lat - all[at].lat;
            int64_t turn = ax * by - ay * bx;
            if (turn < 0 || (turn == 0 && bx * bx + by * by > ax * ax + ay * ay))
                next = i;
        }
        int64_t ax = all[at].lon - all[start].lon, ay = all[at].lat - all[start].lat,
                bx = all[next].lon - all[start].lon, by = all[next].lat - all[start].lat;
        area2 += ax * by - ay * bx;
        at = next;
    } while (all[at].lon != all[start].lon || all[at].lat != all[start].lat);
    return area2;
}

static int32_t wrapped_compactness(const GridPlots *grid, uint32_t set)
{
    int64_t area2 = 0, hull2 = wrapped_area2(grid, set);
    for (uint32_t i = 0; i < grid->count; i++)
        area2 += set >> i & 1 ? grid->plots[i].area2 : 0;
    return area2 >= hull2 ? COMPACT_FULL : (int32_t)(area2 * COMPACT_FULL / hull2);
}

/* Of two sets of equal size the one with the first numbers. */
static bool comes_first(uint32_t a, uint32_t b)
{
    uint32_t differ = a ^ b;
    return a & (differ & -differ);
}

/* The best set of each plot; 0: none. */
static void every_subset(const GridPlots *grid, const AssemblyAsk *ask, uint32_t *ret_best)
{
    static bool joined[1 << PLOTS_MOST];
    int32_t compactness[PLOTS_MOST] = {0};
    for (uint32_t set = 1; set < 1u << grid->count; set++)
        joined[set] = hangs_together(grid, set);
    for (uint32_t i = 0; i < grid->count; i++)
        ret_best[i] = 0;
    for (uint32_t set = 1; set < 1u << grid->count; set++) {
        int size = __builtin_popcount(set);
        if (size < 2 || size > (int)ask->plots_max || !is_minimal(grid, joined, set, ask))
            continue;
        int32_t compact = wrapped_compactness(grid, set);
        for (uint32_t i = 0; i < grid->count; i++) {
            int than = __builtin_popcount(ret_best[i]);
            bool better = compact > compactness[i] ||
                          (compact == compactness[i] &&
                           (size < than || (size == than && comes_first(set, ret_best[i]))));
            if (set >> i & 1 && (ret_best[i] == 0 || better)) {
                ret_best[i] = set;
                compactness[i] = compact;
            }
        }
    }
}

static uint32_t bits_of(const AssemblySet *set)
{
    uint32_t bits = 0;
    for (uint32_t i = 0; i < set->count; i++)
        bits |= 1u << set->plots[i];
    return bits;
}

static bool names(const uint32_t *best, uint32_t count, uint32_t set)
{
    for (uint32_t i = 0; i < count; i++)
        if (best[i] == set)
            return true;
    return false;
}

TEST(sets_of_at_most_six_plots_are_those_that_a_pass_over_every_subset_finds)
{
    Dice dice = {20221201};
    uint32_t sets = 0, with_rivals = 0;
    for (int n = 0; n < GRIDS; n++) {
        GridPlots grid = random_grid(&dice);
        AssemblyAsk ask = {10 + dice_below(&dice, 20), INT64_MAX, 2 + dice_below(&dice, 5), LOOKS, LOOKS};
        uint32_t best[PLOTS_MOST], wanted = 0;
        Assembly found;
        if (dice_below(&dice, 2))
            ask.greatest = ask.least + dice_below(&dice, 3);
        every_subset(&grid, &ask, best);
        assembly_find(arena, grid.plots, grid.count, &grid.adjacency, &ask, &found);
        CHECK(!found.bounded);
        for (uint32_t i = 0; i < found.count; i++) {
            CHECK(found.sets[i].exact);
            CHECK(names(best, grid.count, bits_of(&found.sets[i])));
            CHECK_EQ(found.sets[i].compactness, wrapped_compactness(&grid, bits_of(&found.sets[i])));
        }
        for (uint32_t i = 0; i < grid.count; i++)
            wanted += best[i] != 0 && !names(best, i, best[i]);
        CHECK_EQ(found.count, wanted);
        sets += found.count;
        with_rivals += grid.adjacency.rival_ends[grid.count - 1] > 0;
    }
    CHECK(sets > 200);
    CHECK(with_rivals > 20);
}

TEST(larger_sets_are_sought_only_for_plots_that_have_none_and_are_minimal_too)
{
    Dice dice = {600};
    uint32_t larger = 0;
    static bool joined[1 << PLOTS_MOST];
    for (int n = 0; n < GRIDS; n++) {
        GridPlots grid = random_grid(&dice);
        const AssemblyAsk six = {35, INT64_MAX, 6, LOOKS, LOOKS}, twelve = {35, INT64_MAX, 12, LOOKS, LOOKS};
        uint32_t best[PLOTS_MOST];
        Assembly found;
        every_subset(&grid, &six, best);
        assembly_find(arena, grid.plots, grid.count, &grid.adjacency, &twelve, &found);
        for (uint32_t set = 1; set < 1u << grid.count; set++)
            joined[set] = hangs_together(&grid, set);
        for (uint32_t i = 0; i < found.count; i++) {
            uint32_t set = bits_of(&found.sets[i]);
            CHECK(is_minimal(&grid, joined, set, &twelve));
            CHECK_EQ(found.sets[i].exact, found.sets[i].count <= 6);
            CHECK_EQ(found.sets[i].compactness, wrapped_compactness(&grid, set));
            CHECK(found.sets[i].count > 6 || names(best, grid.count, set));
            CHECK(found.sets[i].count <= 6 || found.bounded);
            larger += found.sets[i].count > 6;
        }
    }
    CHECK(larger > 20);
}

TEST(an_answer_is_bounded_only_where_a_larger_set_could_hold_a_plot_that_has_none)
{
    Dice dice = {1201};
    uint32_t bounded = 0, whole = 0;
    static bool joined[1 << PLOTS_MOST];
    for (int n = 0; n < GRIDS; n++) {
        GridPlots grid = random_grid(&dice);
        const AssemblyAsk ask = {10 + dice_below(&dice, 30), INT64_MAX, 12, LOOKS, LOOKS};
        uint32_t best[PLOTS_MOST];
        const AssemblyAsk six = {ask.least, ask.greatest, 6, LOOKS, LOOKS};
        Assembly found;
        every_subset(&grid, &six, best);
        assembly_find(arena, grid.plots, grid.count, &grid.adjacency, &ask, &found);
        bounded += found.bounded;
        whole += !found.bounded;
        for (uint32_t set = 1; set < 1u << grid.count; set++)
            joined[set] = hangs_together(&grid, set);
        for (uint32_t set = 1; set < 1u << grid.count && !found.bounded; set++)
            if (__builtin_popcount(set) > 6 && is_minimal(&grid, joined, set, &ask))
                for (uint32_t i = 0; i < grid.count; i++)
                    CHECK(!(set >> i & 1) || best[i] != 0);
    }
    CHECK(bounded > 20);
    CHECK(whole > 20);
}

TEST(a_search_that_runs_out_of_looks_says_so_of_every_set_it_may_have_missed)
{
    Dice dice = {7};
    GridPlots grid = random_grid(&dice);
    while (grid.count < PLOTS_MOST)
        grid = random_grid(&dice);
    const AssemblyAsk whole = {14, INT64_MAX, 6, LOOKS, LOOKS}, few = {14, INT64_MAX, 6, 60, LOOKS};
    Assembly all, some;
    assembly_find(arena, grid.plots, grid.count, &grid.adjacency, &whole, &all);
    assembly_find(arena, grid.plots, grid.count, &grid.adjacency, &few, &some);
    CHECK(!all.bounded);
    CHECK(some.bounded);
    for (uint32_t i = 0; i < some.count; i++) {
        bool same = false;
        for (uint32_t j = 0; j < all.count; j++)
            same |= bits_of(&all.sets[j]) == bits_of(&some.sets[i]);
        CHECK(same || !some.sets[i].exact);
    }
}

/* ---- briefs ---- */

static uint32_t field_of(const char *name)
{
    uint32_t index;
    CHECK_OK(field_named(KIND_PARCEL, str_of(name), &index));
    return index;
}

static Value num(int64_t n)
{
    return (Value){.state = VALUE_KNOWN, .num = n};
}

static Value day(const char *c)
{
    Value value = {.state = VALUE_KNOWN};
    CHECK(date_parse(str_of(c), &value.date));
    return value;
}

/* A row of plots side by side, each of 1000 m2 by its record, at rising prices. */
static HandRow *street(uint32_t count)
{
    static const char *const keys[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    HandRow *rows = arena_zarray(arena, HandRow, count);
    for (uint32_t i = 0; i < count; i++) {
        rows[i].key = str_of(keys[i]);
        rows[i].values[field_of("land_state")] = (Value){.state = VALUE_KNOWN, .text = STR("serviced")};
        rows[i].values[field_of("area_m2")] = num(100000);
        rows[i].values[field_of("price_fen_m2")] = num(10000 + 1000 * i);
        rows[i].shape = box_at((int32_t)i * STEP, 0, STEP, STEP);
    }
    return rows;
}

static Ranking run(const HandRow *rows, uint32_t count, const char *json)
{
    Brief *brief = arena_new_of(arena, Brief);
    const Table *tables[] = {&table};
    Ranking ranking;
    CHECK_OK(brief_parse(arena, AUDIENCE_PUBLIC, str_of(json), brief));
    hand_table(arena, KIND_PARCEL, rows, count, &table);
    match_tables(arena, tables, 1, brief, MATCH_EXPLAINED, &ranking);
    return ranking;
}

static const char two_thousand[] =
    "{\"where\":[{\"field\":\"area_m2\",\"min\":2000}],"
    "\"weigh\":[{\"field\":\"price_fen_m2\",\"weight\":1,\"better\":\"less\"}],"
    "\"assemble\":{}}";

TEST(sets_stand_beside_the_sites_and_change_no_count)
{
    Ranking got = run(street(4), 4, two_thousand);
    CHECK_EQ(got.candidates, 4);
    CHECK_EQ(got.near, 4);
    CHECK_EQ(got.fit, 0);
    CHECK_EQ(got.material_count, 4);
    CHECK_EQ(got.sets_found, 3);
    CHECK_EQ(got.sets[0].count, 2);
    CHECK_EQ(got.sets[0].area, 200000);
    CHECK_EQ(got.sets[0].compactness, COMPACT_FULL);
    CHECK_EQ(got.sets[0].plots[0].row, 0);
    CHECK(got.sets[0].exact && !got.sets_bounded);
}

TEST(a_set_s_price_is_the_mean_weighted_by_area)
{
    HandRow *rows = street(2);
    rows[1].values[field_of("area_m2")] = num(300000 - 100000 - 1);
    Ranking got = run(rows, 2, two_thousand);
    CHECK_EQ(got.sets_found, 1);
    CHECK_EQ(got.sets[0].values[0], 10666);
}

TEST(a_set_is_available_when_its_last_plot_is_and_has_the_service_that_is_left_least)
{
    HandRow *rows = street(2);
    rows[0].values[field_of("available_from")] = day("2023-03-01");
    rows[1].values[field_of("available_from")] = day("2023-09-01");
    rows[0].values[field_of("power_left_kva")] = num(900);
    rows[1].values[field_of("power_left_kva")] = num(400);
    Ranking got = run(rows, 2,
                      "{\"where\":[{\"field\":\"area_m2\",\"min\":2000}],\"weigh\":["
                      "{\"field\":\"available_from\",\"weight\":1,\"better\":\"less\"},"
                      "{\"field\":\"power_left_kva\",\"weight\":1,\"better\":\"more\"}],\"assemble\":{}}");
    CHECK_EQ(got.sets_found, 1);
    CHECK_EQ(got.sets[0].values[0], day("2023-09-01").date.first);
    CHECK_EQ(got.sets[0].values[1], 400);
}

TEST(a_value_unknown_of_one_plot_is_unknown_of_the_set)
{
    HandRow *rows = street(2);
    rows[1].values[field_of("price_fen_m2")] = (Value){.state = VALUE_UNKNOWN};
    Ranking got = run(rows, 2, two_thousand);
    CHECK_EQ(got.sets_found, 1);
    CHECK_EQ(got.sets[0].states[0], VALUE_UNKNOWN);
    CHECK_EQ(got.sets[0].parts[0], -1);
    CHECK_EQ(got.sets[0].score, 0);
    CHECK_EQ(got.sets[0].score_high, SCORE_FULL);
}

TEST(sets_are_judged_on_the_scale_of_the_sites_and_what_lies_outside_counts_as_its_end)
{
    HandRow *rows = street(6);
    rows[4].values[field_of("area_m2")] = rows[5].values[field_of("area_m2")] = num(500000);
    rows[4].values[field_of("price_fen_m2")] = num(11000);
    rows[5].values[field_of("price_fen_m2")] = num(13000);
    Ranking got = run(rows, 6, two_thousand);
    CHECK_EQ(got.fit, 2);
    CHECK_EQ(got.sets_found, 3);
    CHECK_EQ(got.set_best[0], 11000);
    CHECK_EQ(got.set_worst[0], 13000);
    CHECK_EQ(got.sets[0].values[0], 10500);
    CHECK_EQ(got.sets[0].score, SCORE_FULL);
    CHECK_EQ(got.sets[1].score, SCORE_FULL * 3 / 4);
}

TEST(a_plot_without_a_polygon_is_counted_as_left_out)
{
    HandRow *rows = street(4);
    rows[1].shape = (Geometry){0};
    Ranking got = run(rows, 4, two_thousand);
    CHECK_EQ(got.material_count, 3);
    CHECK_EQ(got.material_out, 1);
    CHECK_EQ(got.sets_found, 1);
    CHECK_EQ(got.sets[0].plots[0].row, 2);
}

TEST(a_plot_that_fails_another_condition_is_no_material)
{
    HandRow *rows = street(3);
    rows[0].values[field_of("land_state")] = (Value){.state = VALUE_KNOWN, .text = STR("supplied")};
    Ranking got = run(rows, 3, two_thousand);
    CHECK_EQ(got.material_count, 2);
    CHECK_EQ(got.sets_found, 1);
}

TEST(a_brief_can_assemble_only_when_it_asks_for_a_least_area)
{
    Brief brief;
    static const char *const wrong[] = {
        "{\"assemble\":{}}",
        "{\"where\":[{\"field\":\"area_m2\",\"max\":10}],\"assemble\":{}}",
        "{\"where\":[{\"field\":\"area_m2\",\"min\":10},{\"field\":\"area_m2\",\"min\":20}],\"assemble\":{}}",
        "{\"kind\":\"enterprise\",\"assemble\":{}}",
        "{\"where\":[{\"field\":\"area_m2\",\"min\":10}],\"assemble\":{\"gap\":1}}",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK_ERR(brief_parse(arena, AUDIENCE_PUBLIC, str_of(wrong[i]), &brief), ERR_BRIEF);
    static const char *const values[] = {"[]",
                                         "{\"gap_m\":201}",
                                         "{\"gap_m\":-1}",
                                         "{\"max_plots\":1}",
                                         "{\"max_plots\":21}",
                                         "{\"max_plots\":2.5}"};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char json[200];
        snprintf(json, sizeof json, "{\"where\":[{\"field\":\"area_m2\",\"min\":10}],\"assemble\":%s}",
                 values[i]);
        CHECK_ERR(brief_parse(arena, AUDIENCE_PUBLIC, str_of(json), &brief), ERR_VALUE);
    }
}
