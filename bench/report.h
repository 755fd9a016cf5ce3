/* report.h: what a measuring program has found: a line for people on stdout and, if BENCH_OUT names a file, a
 * line of JSON at its end, which bench/table.py reads. bench/README.md says which words a line may hold.
 * Texts must be plain: what needs an escape in JSON but " and \ is left out. One thread. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Times {
    double p50_us, p99_us, most_us; /* microseconds */
    uint32_t n;
} Times;

/* Sorts `us`. With n == 0 all is 0. */
Times times_of(double *us, uint32_t n);

typedef struct Report {
    const char *job;
    const char *who; /* NULL: lianpu */
    Times times;
    bool cpu;                     /* of the processor (CLOCK_THREAD_CPUTIME_ID); else by the clock */
    size_t bytes_p50, bytes_most; /* of the answers; left out if both are 0 */
    double rate, value;           /* with `unit`: more is better; less is better. Left out if 0 */
    const char *unit, *note;      /* NULL: left out */
    uint32_t compared, wrong;     /* answers compared with a brute-force pass; left out if none were */
} Report;

void report(const Report *report);
