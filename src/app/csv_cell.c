#include "app/csv_cell.h"

static bool needs_quotes(Str cell)
{
    for (size_t i = 0; i < cell.len; i++)
        if (cell.ptr[i] == ',' || cell.ptr[i] == '"' || cell.ptr[i] == '\n' || cell.ptr[i] == '\r')
            return true;
    return false;
}

void csv_cell(Buf *buf, Str cell)
{
    if (!needs_quotes(cell)) {
        buf_str(buf, cell);
        return;
    }
    buf_byte(buf, '"');
    for (Str rest = cell; rest.len > 0;) {
        size_t before = rest.len;
        Str part = str_cut(&rest, '"');
        buf_str(buf, part);
        if (part.len < before) /* there was a mark */
            buf_c(buf, "\"\"");
    }
    buf_byte(buf, '"');
}
