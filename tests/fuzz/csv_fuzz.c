/* CSV of any bytes: rows or an error, never more than the limits, and the same rows however it is fed. */
#include "intake/csv.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    Input *input = input_of((Str){(const char *)bytes, len}, "fuzz");
    Csv *csv = csv_new(input);
    const Str *cells;
    uint32_t count = 1;
    int64_t row = 0;
    while (csv_next(csv, &cells, &count) == OK && count > 0) {
        if (count > CSV_COLUMNS_MAX || csv_row(csv) <= row)
            abort();
        row = csv_row(csv);
        for (uint32_t i = 0; i < count; i++)
            if (cells[i].len > CSV_CELL_MAX || !str_utf8_valid(cells[i]))
                abort();
    }
    csv_free(csv);
    input_close(input);
    return 0;
}
