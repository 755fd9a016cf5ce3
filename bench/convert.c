/* convert PARCELS.csv OUT_FOLDER: the parcels of a generator (columns found by their names: id, name, zoning,
 * status, area_m2, far, price, power_kva, water_m3d, sewage_m3d, gas, steam, available_date, env_class, wkt)
 * → parcels.csv and facilities.csv in Lianpu's own headings. The facilities are placed by a fixed sequence
 * over the parcels' box, each near some parcel, so that distances spread as they would. */
#include "columns.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FACILITIES = 400, PLACES_MAX = 4096 };

static const char headings[] = "id,name_zh,land_use,land_state,area_m2,far_max,price_fen_m2,power_left_kva,"
                               "water_left_m3d,sewage_left_m3d,gas_state,heat_state,available_from,env_class,"
                               "visibility,how,geometry\r\n";

typedef enum Source {
    IN_ID,
    IN_NAME,
    IN_ZONING,
    IN_STATUS,
    IN_AREA,
    IN_FAR,
    IN_PRICE,
    IN_POWER,
    IN_WATER,
    IN_SEWAGE,
    IN_GAS,
    IN_STEAM,
    IN_DATE,
    IN_ENV,
    IN_WKT,
    IN_COUNT
} Source;

static const char *const source_names[IN_COUNT] = {
    "id",        "name",       "zoning", "status", "area_m2",        "far",       "price", "power_kva",
    "water_m3d", "sewage_m3d", "gas",    "steam",  "available_date", "env_class", "wkt"};

static void refuse(const char *what, Str detail)
{
    fprintf(stderr, "convert: %s: " STR_FMT "\n", what, STR_ARG(detail));
    exit(1);
}

static const char *land_state(Str status)
{
    if (str_is(status, "available"))
        return "serviced";
    if (str_is(status, "reserved"))
        return "promised";
    if (str_is(status, "leased") || str_is(status, "sold"))
        return "supplied";
    refuse("no such status", status);
    return "";
}

/* Yuan for a square metre, one decimal → fen. */
static int64_t price_fen(Str price)
{
    int64_t fen;
    if (!str_fixed(price, 2, &fen))
        refuse("no price", price);
    return fen;
}

typedef struct Place {
    double lon, lat;
} Place;

/* Remembers a place now and then: the first corner of every 1,000th parcel or so. */
static void keep_place(Place *places, uint32_t *count, Str wkt)
{
    char text[64];
    size_t len = wkt.len < sizeof text - 1 ? wkt.len : sizeof text - 1;
    memcpy(text, wkt.ptr, len);
    text[len] = '\0';
    char *at = strrchr(text, '(');
    Place place;
    if (*count < PLACES_MAX && at && sscanf(at + 1, "%lf %lf", &place.lon, &place.lat) == 2)
        places[(*count)++] = place;
}

static void write_parcel(FILE *out, const Str *cells, const uint32_t columns[IN_COUNT])
{
#define CELL(name) STR_ARG(cells[columns[name]])
    fprintf(out,
            "p-%.*s,%.*s,%.*s,%s,%.*s,%.*s,%" PRId64
            ",%.*s,%.*s,%.*s,%s,%s,%.*s,%.*s,public,illustrative,\"%.*s\"\r\n",
            CELL(IN_ID), CELL(IN_NAME), CELL(IN_ZONING), land_state(cells[columns[IN_STATUS]]), CELL(IN_AREA),
            CELL(IN_FAR), price_fen(cells[columns[IN_PRICE]]), CELL(IN_POWER), CELL(IN_WATER),
            CELL(IN_SEWAGE), str_is(cells[columns[IN_GAS]], "1") ? "done" : "none",
            str_is(cells[columns[IN_STEAM]], "1") ? "done" : "none", CELL(IN_DATE), CELL(IN_ENV),
            CELL(IN_WKT));
#undef CELL
}

static FILE *create(const char *folder, const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (!file)
        refuse("cannot write", str_of(path));
    return file;
}

static void write_facilities(FILE *out, const Place *places, uint32_t count)
{
    static const char *const types[] = {"port", "rail_station", "airport", "motorway_junction"};
    static const double spread_deg[] = {0.5, 0.1, 0.3, 0.05};
    uint64_t state = 88172645463325252u;
    fprintf(out, "id,name_zh,type,visibility,how,geometry\r\n");
    for (uint32_t i = 0; i < FACILITIES && count > 0; i++) {
        uint32_t type = i % 8 < 4 ? i % 4 : i % 8 < 6 ? 1 : 3; /* more stations and junctions than ports */
        double offset[2];
        for (int axis = 0; axis < 2; axis++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            offset[axis] = ((double)(state >> 33) / 2147483648.0 - 0.5) * spread_deg[type];
        }
        Place at = places[(uint64_t)i * count / FACILITIES];
        fprintf(out, "f-%04u,设施%u,%s,public,illustrative,POINT(%.6f %.6f)\r\n", i, i, types[type],
                at.lon + offset[0], at.lat + offset[1]);
    }
}

int main(int argc, char **argv)
{
    static Place places[PLACES_MAX];
    uint32_t columns[IN_COUNT], place_count = 0, count;
    const Str *cells;
    Input *input;
    if (argc != 3) {
        fprintf(stderr, "usage: convert PARCELS.csv OUT_FOLDER\n");
        return 2;
    }
    check(input_open(argv[1], &input));
    Csv *csv = csv_new(input);
    FILE *out = create(argv[2], "parcels.csv");
    find_columns(csv, source_names, IN_COUNT, columns);
    fputs(headings, out);
    for (uint64_t rows = 0;; rows++) {
        check(csv_next(csv, &cells, &count));
        if (count == 0)
            break;
        write_parcel(out, cells, columns);
        if (rows % 997 == 0)
            keep_place(places, &place_count, cells[columns[IN_WKT]]);
    }
    csv_free(csv);
    input_close(input);
    FILE *facilities = create(argv[2], "facilities.csv");
    write_facilities(facilities, places, place_count);
    return fclose(out) == 0 && fclose(facilities) == 0 ? 0 : 1;
}
