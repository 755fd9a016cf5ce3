/* The coarse form of a column of numbers: a byte a row in place of two, four or eight, so that a condition
 * reads that much less memory; who falls into the byte in which a bound lies is looked up in the column. And
 * the values in order, which tell how many lie in a range without reading a row. */
#include "atlas/column.h"
#include <stdlib.h>
#include <string.h>

bool coarse_wanted(const Field *field, uint32_t width, uint32_t known, const int64_t *firsts,
                   const int64_t *lasts, uint32_t rows)
{
    if ((field->type != FIELD_NUM && field->type != FIELD_DATE) || width == 1 || known < COARSE_ROWS_MIN)
        return false;
    return !lasts || memcmp(firsts, lasts, rows * sizeof *firsts) == 0;
}

/* By least significant byte first. */
static void sort_numbers(uint64_t *at, uint64_t *other, uint32_t count, uint32_t width)
{
    uint64_t *from = at, *to = other;
    for (uint32_t byte = 0; byte < width; byte++) {
        uint32_t starts[256] = {0}, sum = 0;
        for (uint32_t i = 0; i < count; i++)
            starts[from[i] >> (8 * byte) & 255]++;
        for (uint32_t b = 0; b < 256; b++) {
            uint32_t size = starts[b];
            starts[b] = sum;
            sum += size;
        }
        for (uint32_t i = 0; i < count; i++)
            to[starts[from[i] >> (8 * byte) & 255]++] = from[i];
        uint64_t *was = from;
        from = to;
        to = was;
    }
    if (from != at)
        memcpy(at, from, count * sizeof *at);
}

static uint8_t code_of(const uint64_t *cuts, uint64_t stored)
{
    uint32_t low = 0, high = CUTS;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (cuts[middle] <= stored)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint8_t)low;
}

void coarse_cuts(const void *sorted, uint32_t known_count, uint32_t width, uint64_t ret_cuts[CUTS])
{
    for (uint32_t i = 0; i < CUTS; i++)
        ret_cuts[i] = stored_at(sorted, width, (uint64_t)(i + 1) * known_count / (CUTS + 1));
}

void coarse_make(const int64_t *stored, const uint64_t *known, uint32_t rows, uint32_t known_count,
                 uint32_t width, void *ret_sorted, uint8_t *ret_codes)
{
    uint64_t *numbers = heap_alloc(2 * (uint64_t)known_count * sizeof *numbers), cuts[CUTS];
    uint32_t count = 0;
    for (uint32_t i = 0; i < rows; i++)
        if (bits_get(known, i))
            numbers[count++] = (uint64_t)stored[i];
    sort_numbers(numbers, numbers + known_count, count, width);
    for (uint32_t i = 0; i < count; i++)
        memcpy((char *)ret_sorted + (uint64_t)i * width, &numbers[i], width); /* little-endian */
    free(numbers);
    coarse_cuts(ret_sorted, known_count, width, cuts);
    for (uint32_t i = 0; i < rows; i++)
        ret_codes[i] = bits_get(known, i) ? code_of(cuts, (uint64_t)stored[i]) : 0;
}
