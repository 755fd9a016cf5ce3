#include "atlas/segment.h"

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

static BlockPlaces block_places(const Table *table, uint32_t block)
{
    BlockPlaces sum = nowhere;
    uint32_t end = table->rows - block * BLOCK_ROWS;
    end = block * BLOCK_ROWS + (end < BLOCK_ROWS ? end : BLOCK_ROWS);
    for (uint32_t row = block * BLOCK_ROWS; row < end; row++) {
        Point at = table->anchors[row];
        if (table->boxes[row].west <= table->boxes[row].east)
            places_add(&sum, &(BlockPlaces){{at.lon, at.lat, at.lon, at.lat}, at.lon, at.lat, 1});
    }
    return sum;
}

void table_find_places(Arena *arena, Table *table)
{
    uint32_t blocks = blocks_of(table->rows), groups = (blocks + PLACES_GROUP - 1) / PLACES_GROUP;
    BlockPlaces *of_blocks = arena_array(arena, BlockPlaces, blocks);
    BlockPlaces *of_groups = arena_array(arena, BlockPlaces, groups);
    for (uint32_t g = 0; g < groups; g++)
        of_groups[g] = nowhere;
    for (uint32_t block = 0; block < blocks; block++) {
        of_blocks[block] = block_places(table, block);
        places_add(&of_groups[block / PLACES_GROUP], &of_blocks[block]);
    }
    table->block_places = of_blocks;
    table->group_places = of_groups;
}
