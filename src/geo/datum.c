/* GCJ-02 and BD-09, as published in eviltransform (MIT) and coordtransform (MIT): the ellipsoid is Krasovsky
 * 1940. The inverses are iterated, since none is known in closed form. */
#include "geo/geometry.h"
#include <math.h>

static bool in_china(double lon, double lat)
{
    return lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;
}

/* How far GCJ-02 lies from WGS84, in degrees. */
static void gcj02_shift(double lon, double lat, double *ret_lon, double *ret_lat)
{
    static const double axis_m = 6378245.0, flat = 0.00669342162296594323;
    double x = lon - 105, y = lat - 35, root = sqrt(fabs(x));
    double common = 20 * sin(6 * x * M_PI) + 20 * sin(2 * x * M_PI);
    double north_wave = common + 20 * sin(y * M_PI) + 40 * sin(y / 3 * M_PI) + 160 * sin(y / 12 * M_PI) +
                        320 * sin(y / 30 * M_PI);
    double east_wave = common + 20 * sin(x * M_PI) + 40 * sin(x / 3 * M_PI) + 150 * sin(x / 12 * M_PI) +
                       300 * sin(x / 30 * M_PI);
    double north_m = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + north_wave * 2 / 3;
    double east_m = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + east_wave * 2 / 3;
    double rad = lat / 180 * M_PI, bend = 1 - flat * sin(rad) * sin(rad), root_bend = sqrt(bend);
    *ret_lat = north_m * 180 / (axis_m * (1 - flat) / (bend * root_bend) * M_PI);
    *ret_lon = east_m * 180 / (axis_m / root_bend * cos(rad) * M_PI);
}

static void wgs84_to_gcj02_anywhere(double lon, double lat, double *ret_lon, double *ret_lat)
{
    double east, north;
    gcj02_shift(lon, lat, &east, &north);
    *ret_lon = lon + east;
    *ret_lat = lat + north;
}

static void gcj02_to_bd09(double lon, double lat, double *ret_lon, double *ret_lat)
{
    static const double turn = M_PI * 3000 / 180;
    double z = sqrt(lon * lon + lat * lat) + 0.00002 * sin(lat * turn);
    double theta = atan2(lat, lon) + 0.000003 * cos(lon * turn);
    *ret_lon = z * cos(theta) + 0.0065;
    *ret_lat = z * sin(theta) + 0.006;
}

static void wgs84_to_bd09_anywhere(double lon, double lat, double *ret_lon, double *ret_lat)
{
    wgs84_to_gcj02_anywhere(lon, lat, &lon, &lat);
    gcj02_to_bd09(lon, lat, ret_lon, ret_lat);
}

/* Fixed point of guess ← guess + (wanted − forward(guess)); the shifts change by less than 1 % over their own
 * length, so each step wins two digits. Stops at 1e-10 degrees, 0.01 mm. */
static void invert(void (*forward)(double, double, double *, double *), double lon, double lat,
                   double *ret_lon, double *ret_lat)
{
    double at_lon = lon, at_lat = lat;
    for (int i = 0; i < 30; i++) {
        double got_lon, got_lat;
        forward(at_lon, at_lat, &got_lon, &got_lat);
        at_lon += lon - got_lon;
        at_lat += lat - got_lat;
        if (fabs(lon - got_lon) < 1e-10 && fabs(lat - got_lat) < 1e-10)
            break;
    }
    *ret_lon = at_lon;
    *ret_lat = at_lat;
}

void wgs84_to_gcj02(double lon, double lat, double *ret_lon, double *ret_lat)
{
    *ret_lon = lon;
    *ret_lat = lat;
    if (in_china(lon, lat))
        wgs84_to_gcj02_anywhere(lon, lat, ret_lon, ret_lat);
}

void gcj02_to_wgs84(double lon, double lat, double *ret_lon, double *ret_lat)
{
    *ret_lon = lon;
    *ret_lat = lat;
    if (in_china(lon, lat))
        invert(wgs84_to_gcj02_anywhere, lon, lat, ret_lon, ret_lat);
}

void wgs84_to_bd09(double lon, double lat, double *ret_lon, double *ret_lat)
{
    *ret_lon = lon;
    *ret_lat = lat;
    if (in_china(lon, lat))
        wgs84_to_bd09_anywhere(lon, lat, ret_lon, ret_lat);
}

void bd09_to_wgs84(double lon, double lat, double *ret_lon, double *ret_lat)
{
    *ret_lon = lon;
    *ret_lat = lat;
    if (in_china(lon, lat))
        invert(wgs84_to_bd09_anywhere, lon, lat, ret_lon, ret_lat);
}
