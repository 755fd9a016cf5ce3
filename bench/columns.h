/* columns.h: a generator's CSV file, its columns found by their names; whatever is wrong ends the program. */
#pragma once
#include "intake/csv.h"
#include <stdio.h>
#include <stdlib.h>

static void check(Err err)
{
    if (err == OK)
        return;
    const Fault *fault = fault_last();
    fprintf(stderr, "%s", err_name(err));
    for (int i = 0; i < fault->count; i++)
        fprintf(stderr, " %s=%s", fault->args[i].name, fault->args[i].text);
    fprintf(stderr, "\n");
    exit(1);
}

/* Reads the row of headings; ret[n] is where names[n] stands. */
static void find_columns(Csv *csv, const char *const *names, uint32_t wanted, uint32_t *ret)
{
    const Str *cells;
    uint32_t count;
    check(csv_next(csv, &cells, &count));
    for (uint32_t n = 0; n < wanted; n++) {
        uint32_t at = 0;
        while (at < count && !str_is(cells[at], names[n]))
            at++;
        if (at == count) {
            fprintf(stderr, "no column %s\n", names[n]);
            exit(1);
        }
        ret[n] = at;
    }
}
