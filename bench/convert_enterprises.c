/* convert_enterprises ENTERPRISES.csv OUT_FOLDER: the enterprises of a generator (columns found by their
 * names: id, name, industry, founded, capital in 10,000 yuan, lon, lat) → enterprises.csv in Lianpu's own
 * headings. */
#include "columns.h"

typedef enum Source { IN_ID, IN_NAME, IN_INDUSTRY, IN_FOUNDED, IN_CAPITAL, IN_LON, IN_LAT, IN_COUNT } Source;
static const char *const source_names[IN_COUNT] = {"id",      "name", "industry", "founded",
                                                   "capital", "lon",  "lat"};

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "convert_enterprises ENTERPRISES.csv OUT_FOLDER\n");
        return 2;
    }
    char path[4096];
    snprintf(path, sizeof path, "%s/enterprises.csv", argv[2]);
    FILE *out = fopen(path, "wb");
    if (!out) {
        perror(path);
        return 1;
    }
    Input *input;
    uint32_t at[IN_COUNT], count;
    const Str *cells;
    check(input_open(argv[1], &input));
    Csv *csv = csv_new(input);
    find_columns(csv, source_names, IN_COUNT, at);
    fprintf(out, "id,name_zh,type,industry,founded_on,capital_fen,visibility,how,geometry\r\n");
    for (check(csv_next(csv, &cells, &count)); count; check(csv_next(csv, &cells, &count)))
        fprintf(out,
                "e" STR_FMT "," STR_FMT ",company," STR_FMT "," STR_FMT "," STR_FMT
                "000000,public,illustrative,POINT(" STR_FMT " " STR_FMT ")\r\n",
                STR_ARG(cells[at[IN_ID]]), STR_ARG(cells[at[IN_NAME]]), STR_ARG(cells[at[IN_INDUSTRY]]),
                STR_ARG(cells[at[IN_FOUNDED]]), STR_ARG(cells[at[IN_CAPITAL]]), STR_ARG(cells[at[IN_LON]]),
                STR_ARG(cells[at[IN_LAT]]));
    csv_free(csv);
    input_close(input);
    if (fclose(out)) {
        perror(path);
        return 1;
    }
    return 0;
}
