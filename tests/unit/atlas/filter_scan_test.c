#include "atlas/filter_scan.h"
#include "base/bits.h"
#include "test.h"
#include "unit/match/hand_table.h"
#include <stdlib.h>

enum { ROWS_MAX = 1100, WORDS_MAX = (ROWS_MAX + 63) / 64 };

static uint64_t value_of(const uint8_t *bytes, uint32_t width, uint32_t i)
{
    uint64_t value = 0;
    memcpy(&value, bytes + (size_t)i * width, width);
    return value;
}

static void check_scan(Dice *dice, const uint8_t *bytes, uint32_t width, uint32_t rows)
{
    uint64_t most = width == 8 ? UINT64_MAX : (UINT64_C(1) << (8 * width)) - 1;
    uint64_t a = dice_next(dice) & most, b = dice_next(dice) & most;
    uint64_t least = a < b ? a : b, greatest = a < b ? b : a;
    if (dice_below(dice, 4) == 0)
        least = 0;
    if (dice_below(dice, 4) == 0)
        greatest = most;
    uint64_t fast[WORDS_MAX], plain[WORDS_MAX];
    memset(fast, 0xAA, sizeof fast);
    memset(plain, 0x55, sizeof plain);
    scan_range(bytes, width, rows, least, greatest, fast);
    scan_range_portably(bytes, width, rows, least, greatest, plain);
    for (uint32_t i = 0; i < bits_words(rows) * 64; i++) {
        uint64_t value = i < rows ? value_of(bytes, width, i) : 0;
        bool want = i < rows && least <= value && value <= greatest;
        CHECK_EQ(bits_get(fast, i), want);
        CHECK_EQ(bits_get(plain, i), want);
    }
}

TEST(a_scan_finds_just_the_values_of_the_range_for_every_width_and_length)
{
    static const uint32_t lengths[] = {1, 7, 63, 64, 65, 127, 128, 500, 1024, ROWS_MAX};
    Dice dice = {5};
    for (uint32_t width = 1; width <= 8; width *= 2) {
        for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++) {
            /* of its exact size, so that a read beyond it is seen */
            uint8_t *bytes = heap_alloc((size_t)lengths[l] * width);
            for (uint32_t i = 0; i < lengths[l] * width; i++)
                bytes[i] = (uint8_t)dice_next(&dice);
            for (int i = 0; i < 20; i++)
                check_scan(&dice, bytes, width, lengths[l]);
            free(bytes);
        }
    }
}

TEST(bits_set_in_either_are_counted_once)
{
    const uint64_t a[] = {UINT64_MAX, 1, 0}, b[] = {1, 2, 0};
    CHECK_EQ(words_count(a, b, 3), 66);
    CHECK_EQ(words_count(a, b, 0), 0);
}
