#include "intake/grid.h"
#include <stdio.h>

bool grid_serial_day(double serial, bool from_1904, int32_t *ret_day)
{
    if (!(serial >= 0 && serial < 200000))
        return false;
    int32_t days = (int32_t)serial; /* the time of day is left out */
    int32_t first = from_1904 ? date_day(1904, 1, 1) : date_day(1899, 12, 31);
    if (!from_1904 && days >= 60)
        days--; /* 60 is the February 29 that was not: it is told as the day before March 1 */
    int32_t day = first + days;
    if (day < date_day(DATE_YEAR_MIN, 1, 1) || day > date_day(DATE_YEAR_MAX, 12, 31))
        return false;
    *ret_day = day;
    return true;
}

bool grid_place(Str text, int64_t *ret_row, uint32_t *ret_column)
{
    uint32_t column = 0;
    size_t at = 0;
    while (at < text.len && text.ptr[at] >= 'A' && text.ptr[at] <= 'Z' && at < 4)
        column = column * 26 + (uint32_t)(text.ptr[at++] - 'A' + 1);
    if (at == 0)
        return false;
    *ret_column = column - 1;
    return str_int((Str){text.ptr + at, text.len - at}, ret_row) && *ret_row >= 1;
}

void grid_column_name(uint32_t column, char ret[8])
{
    char name[8];
    int at = 7;
    name[at] = '\0';
    for (uint32_t rest = column + 1; rest > 0 && at > 0; rest = (rest - 1) / 26)
        name[--at] = (char)('A' + (rest - 1) % 26);
    snprintf(ret, 8, "%s", name + at);
}
