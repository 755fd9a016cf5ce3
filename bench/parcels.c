/* parcels OUT_FOLDER [COUNT 1000000] [SEED 1]: parcels.csv and facilities.csv in Lianpu's own headings, the
 * same every time: parks of some 350 plots over the country, with the blanks that real ledgers have: about
 * one value in twelve is missing, not applicable or withheld, and some dates are only months. The names and
 * figures mean nothing. */
#include "random.h"
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLOTS_IN_PARK = 350, FACILITIES = 400 };

/* Many small ones, few large ones. */
static uint64_t skewed(double middle)
{
    return (uint64_t)(middle * exp(1.2 * (unit() + unit() + unit() - 1.5)));
}

static bool blank(FILE *out)
{
    static const char *const states[] = {"", "", "n/a", "withheld"};
    bool is = below(12) == 0;
    if (is)
        fputs(states[below(4)], out);
    return is;
}

static void number(FILE *out, uint64_t n)
{
    if (!blank(out))
        fprintf(out, "%" PRIu64, n);
    fputc(',', out);
}

static void word(FILE *out, const char *const *words, uint64_t count)
{
    if (!blank(out))
        fputs(words[below(count)], out);
    fputc(',', out);
}

static void date(FILE *out)
{
    if (!blank(out)) {
        fprintf(out, "%d-%02d", 2025 + (int)below(3), 1 + (int)below(12));
        if (below(4) > 0)
            fprintf(out, "-%02d", 1 + (int)below(28));
    }
    fputc(',', out);
}

typedef struct Park {
    double lon, lat;
} Park;

static Park park_of(uint64_t number)
{
    uint64_t kept = state;
    state = number * 0x9E3779B97F4A7C15u;
    Park park = {85 + 45 * sqrt(unit()), 21 + 22 * unit()};
    state = kept;
    return park;
}

static void outline(FILE *out, uint64_t n)
{
    Park park = park_of(n / PLOTS_IN_PARK);
    uint64_t plot = n % PLOTS_IN_PARK, corners = 5 + below(8);
    double lon = park.lon + (double)(plot % 19) * 0.002, lat = park.lat + (double)(plot / 19) * 0.0018;
    double first[2] = {0};
    fputs("\"POLYGON((", out);
    for (uint64_t i = 0; i < corners; i++) {
        double radius = 0.0004 + 0.0004 * unit(), angle = 6.283185307179586 * (double)i / (double)corners;
        double at[2] = {lon + radius * cos(angle), lat + radius * sin(angle)};
        if (i == 0)
            memcpy(first, at, sizeof first);
        fprintf(out, "%.6f %.6f,", at[0], at[1]);
    }
    fprintf(out, "%.6f %.6f))\"\r\n", first[0], first[1]);
}

static void parcel(FILE *out, uint64_t n)
{
    static const char *const uses[] = {"M0", "M1", "M1", "M1", "M2", "M2", "M3", "W1", "W2", "B2", "MX"};
    static const char *const states[] = {"serviced", "serviced", "serviced", "raw",  "advertised",
                                         "promised", "supplied", "supplied", "built"};
    static const char *const services[] = {"done", "done", "none", "planned", "building"};
    fprintf(out, "b-%07" PRIu64 ",江门园区%" PRIu64 "号地块%" PRIu64 ",", n, n / PLOTS_IN_PARK,
            n % PLOTS_IN_PARK);
    word(out, uses, 11);
    word(out, states, 9);
    number(out, 1000 + skewed(20000));
    fprintf(out, "%.2f,", 0.6 + 3.4 * unit());
    number(out, skewed(60000));
    number(out, skewed(1500));
    number(out, skewed(400));
    number(out, skewed(300));
    word(out, services, 5);
    word(out, services, 5);
    date(out);
    number(out, 1 + below(4));
    fputs("public,illustrative,", out);
    outline(out, n);
}

static FILE *create(const char *folder, const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (!file) {
        perror(path);
        exit(1);
    }
    return file;
}

int main(int argc, char **argv)
{
    static const char *const types[] = {"port",         "rail_station",     "airport", "motorway_junction",
                                        "rail_station", "motorway_junction"};
    if (argc < 2) {
        fprintf(stderr, "usage: parcels OUT_FOLDER [COUNT] [SEED]\n");
        return 2;
    }
    uint64_t count = argc > 2 ? strtoull(argv[2], NULL, 10) : 1000000, parks = count / PLOTS_IN_PARK + 1;
    state += argc > 3 ? strtoull(argv[3], NULL, 10) - 1 : 0;
    FILE *out = create(argv[1], "parcels.csv"), *facilities = create(argv[1], "facilities.csv");
    fputs("id,name_zh,land_use,land_state,area_m2,far_max,price_fen_m2,power_left_kva,water_left_m3d,sewage_"
          "left_m3d,"
          "gas_state,heat_state,available_from,env_class,visibility,how,geometry\r\n",
          out);
    for (uint64_t n = 0; n < count; n++)
        parcel(out, n);
    fputs("id,name_zh,type,visibility,how,geometry\r\n", facilities);
    for (uint64_t i = 0; i < FACILITIES; i++) {
        Park near = park_of(i * parks / FACILITIES);
        fprintf(facilities, "f-%04" PRIu64 ",设施%" PRIu64 ",%s,public,illustrative,POINT(%.6f %.6f)\r\n", i,
                i, types[i % 6], near.lon + 0.3 * unit(), near.lat + 0.3 * unit());
    }
    return fclose(out) == 0 && fclose(facilities) == 0 ? 0 : 1;
}
