/* Whatever the bytes: refused, or a tree whose search stays within them and visits only rows there are. The
 * first byte is the row count that the caller expects. */
#include "geo/rtree.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static bool visit(uint32_t row, void *user)
{
    const uint32_t *rows = user;
    if (row >= *rows)
        __builtin_trap();
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < 1)
        return 0;
    uint32_t rows = bytes[0];
    void *aligned = malloc(size - 1 ? size - 1 : 1); /* of the exact size, so that one byte too far is seen */
    if (!aligned)
        return 0;
    memcpy(aligned, bytes + 1, size - 1);
    RTree tree;
    if (rtree_open(aligned, size - 1, rows, &tree) == OK) {
        rtree_search(&tree, (Box){INT32_MIN, INT32_MIN, INT32_MAX, INT32_MAX}, visit, &rows);
        rtree_search(&tree, (Box){0, 0, 1000, 1000}, visit, &rows);
    }
    free(aligned);
    return 0;
}
