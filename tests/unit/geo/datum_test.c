/* datum.c: known pairs of coordtransform and eviltransform, and the way there and back. */
#include "geo/geometry.h"
#include "test.h"
#include <math.h>

static bool near(double got, double want)
{
    return fabs(got - want) < 1e-9;
}

TEST(known_pairs_of_wgs84_and_gcj02_agree)
{
    static const double pairs[][4] = {
        {116.404, 39.915, 116.41024449916938, 39.91640428150164},
        {121.5272106, 31.1774276, 121.531541859215, 31.17530398364597},
        {113.912316, 22.543847, 113.9171764808363, 22.540796131694766},
        {116.377817, 39.911954, 116.38404722455657, 39.91334545536069},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        double lon, lat;
        wgs84_to_gcj02(pairs[i][0], pairs[i][1], &lon, &lat);
        CHECK(near(lon, pairs[i][2]) && near(lat, pairs[i][3]));
        gcj02_to_wgs84(pairs[i][2], pairs[i][3], &lon, &lat);
        CHECK(near(lon, pairs[i][0]) && near(lat, pairs[i][1]));
    }
}

TEST(the_known_pair_of_gcj02_and_bd09_agrees)
{
    /* coordtransform: GCJ-02 (116.404, 39.915) is BD-09 (116.41036949371029, 39.92133699351021). */
    double wgs_lon, wgs_lat, lon, lat;
    gcj02_to_wgs84(116.404, 39.915, &wgs_lon, &wgs_lat);
    wgs84_to_bd09(wgs_lon, wgs_lat, &lon, &lat);
    CHECK(near(lon, 116.41036949371029) && near(lat, 39.92133699351021));
    bd09_to_wgs84(116.41036949371029, 39.92133699351021, &lon, &lat);
    CHECK(near(lon, wgs_lon) && near(lat, wgs_lat));
}

TEST(there_and_back_is_less_than_a_centimetre_all_over_china)
{
    for (double lon = 73.5; lon < 136; lon += 1.37)
        for (double lat = 3.5; lat < 54; lat += 0.93) {
            double a, b, c, d;
            gcj02_to_wgs84(lon, lat, &a, &b);
            wgs84_to_gcj02(a, b, &c, &d);
            CHECK(fabs(c - lon) < 9e-8 && fabs(d - lat) < 9e-8);
            bd09_to_wgs84(lon, lat, &a, &b);
            wgs84_to_bd09(a, b, &c, &d);
            CHECK(fabs(c - lon) < 9e-8 && fabs(d - lat) < 9e-8);
        }
}

TEST(outside_chinas_box_nothing_moves)
{
    static const double places[][2] = {{0, 0}, {-0.1278, 51.5074}, {139.69, 35.68}, {113, -22}, {113, 60}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        double lon, lat;
        wgs84_to_gcj02(places[i][0], places[i][1], &lon, &lat);
        CHECK(lon == places[i][0] && lat == places[i][1]);
        bd09_to_wgs84(places[i][0], places[i][1], &lon, &lat);
        CHECK(lon == places[i][0] && lat == places[i][1]);
    }
}
