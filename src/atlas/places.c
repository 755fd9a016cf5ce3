#include "atlas/nearest.h"
#include "atlas/segment.h"
#include <math.h>

static const BlockPlaces nowhere = {
    .box = {.west = INT32_MAX, .south = INT32_MAX, .east = INT32_MIN, .north = INT32_MIN}};

static void places_add(BlockPlaces *to, const BlockPlaces *more)
{
    to->box.west = more->box.west < to->box.west ? more->box.west : to->box.west;
    to->box.south = more->box.south < to->box.south ? more->box.south : to->box.south;
    to->box.east = more->box.east > to->box.east ? more->box.east : to->box.east;
    to->box.north = more->box.north > to->box.north ? more->box.north : to->box.north;
    to->lon_sum += more->lon_sum;
    to->lat_sum += more->lat_sum;
    to->count += more->count;
}

/* Of up to `most` rows. */
static BlockPlaces places_of(const Table *table, uint32_t from, uint32_t most)
{
    BlockPlaces sum = nowhere;
    uint32_t end = table->rows - from < most ? table->rows : from + most;
    for (uint32_t row = from; row < end; row++) {
        Point at = table->anchors[row];
        if (table->boxes[row].west <= table->boxes[row].east)
            places_add(&sum, &(BlockPlaces){{at.lon, at.lat, at.lon, at.lat}, at.lon, at.lat, 1});
    }
    return sum;
}

/* ---- caps ---- */

static Point middle_of(Box box)
{
    return (Point){(int32_t)(((int64_t)box.west + box.east) / 2),
                   (int32_t)(((int64_t)box.south + box.north) / 2)};
}

/* No point of the box is further than this from its middle, as an angle, and so as a chord: along a meridian,
 * then along the parallel nearest to the equator. */
static double box_radius(Box box)
{
    const double radian = M_PI / 180 / DEGREE;
    double half_lat = ((double)box.north - box.south) / 2 + 1,
           half_lon = ((double)box.east - box.west) / 2 + 1;
    double lowest = box.south > 0 ? box.south : box.north < 0 ? -(double)box.north : 0;
    return radian * (half_lat + half_lon * cos(lowest * radian));
}

void cap_of(Box box, Cap *ret)
{
    *ret = (Cap){.chord = -1};
    if (!box_valid(box))
        return;
    double radius = box_radius(box);
    ret->at = middle_of(box);
    ret->chord = radius < 2 ? radius : 2;
    nearest_vector(ret->at, ret->middle);
}

static void find_caps(Arena *arena, Table *table)
{
    uint32_t words = bits_words(table->rows), blocks = blocks_of(table->rows);
    Cap *of_words = arena_array(arena, Cap, words), *of_blocks = arena_array(arena, Cap, blocks);
    for (uint32_t w = 0; w < words; w++)
        cap_of(places_of(table, w * 64, 64).box, &of_words[w]);
    for (uint32_t block = 0; block < blocks; block++)
        cap_of(table->block_places[block].box, &of_blocks[block]);
    table->word_caps = of_words;
    table->block_caps = of_blocks;
}

void table_find_places(Arena *arena, Table *table)
{
    uint32_t blocks = blocks_of(table->rows), groups = (blocks + PLACES_GROUP - 1) / PLACES_GROUP;
    BlockPlaces *of_blocks = arena_array(arena, BlockPlaces, blocks);
    BlockPlaces *of_groups = arena_array(arena, BlockPlaces, groups);
    for (uint32_t g = 0; g < groups; g++)
        of_groups[g] = nowhere;
    for (uint32_t block = 0; block < blocks; block++) {
        of_blocks[block] = places_of(table, block * BLOCK_ROWS, BLOCK_ROWS);
        places_add(&of_groups[block / PLACES_GROUP], &of_blocks[block]);
    }
    table->block_places = of_blocks;
    table->group_places = of_groups;
    find_caps(arena, table);
}
