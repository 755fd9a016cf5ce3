#include "report.h"
#include <stdio.h>
#include <stdlib.h>

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

Times times_of(double *us, uint32_t n)
{
    if (n == 0)
        return (Times){0};
    qsort(us, n, sizeof *us, by_size);
    return (Times){us[n / 2], us[(uint64_t)n * 99 / 100], us[n - 1], n};
}

static void say(const Report *r)
{
    printf("%-28s", r->job);
    if (r->who)
        printf(" %s", r->who);
    if (r->times.n)
        printf(" %6u: p50 %9.1f us  p99 %9.1f us  most %9.1f us%s", r->times.n, r->times.p50_us,
               r->times.p99_us, r->times.most_us, r->cpu ? " of the processor" : "");
    if (r->bytes_most)
        printf("; bytes p50 %zu  most %zu", r->bytes_p50, r->bytes_most);
    if (r->rate > 0)
        printf(" %.0f %s", r->rate, r->unit);
    if (r->value > 0)
        printf(" %.4g %s", r->value, r->unit);
    if (r->compared)
        printf(" %u compared, %u wrong", r->compared, r->wrong);
    if (r->note)
        printf("  (%s)", r->note);
    printf("\n");
}

static void write_text(FILE *out, const char *name, const char *text)
{
    if (!text)
        return;
    fprintf(out, ",\"%s\":\"", name);
    for (const char *c = text; *c; c++) {
        if (*c == '"' || *c == '\\')
            fputc('\\', out);
        if ((unsigned char)*c >= ' ')
            fputc(*c, out);
    }
    fputc('"', out);
}

static void write_line(FILE *out, const Report *r)
{
    fprintf(out, "{\"who\":\"%s\"", r->who ? r->who : "lianpu");
    write_text(out, "job", r->job);
    if (r->times.n)
        fprintf(out, ",\"n\":%u,\"p50_us\":%.3f,\"p99_us\":%.3f,\"most_us\":%.3f,\"cpu\":%s", r->times.n,
                r->times.p50_us, r->times.p99_us, r->times.most_us, r->cpu ? "true" : "false");
    if (r->bytes_most)
        fprintf(out, ",\"bytes_p50\":%zu,\"bytes_most\":%zu", r->bytes_p50, r->bytes_most);
    if (r->rate > 0)
        fprintf(out, ",\"rate\":%.3f", r->rate);
    if (r->value > 0)
        fprintf(out, ",\"value\":%.6g", r->value);
    if (r->compared)
        fprintf(out, ",\"compared\":%u,\"wrong\":%u", r->compared, r->wrong);
    write_text(out, "unit", r->unit);
    write_text(out, "note", r->note);
    fprintf(out, "}\n");
}

void report(const Report *r)
{
    const char *path = getenv("BENCH_OUT");
    say(r);
    if (!path || !*path)
        return;
    FILE *out = fopen(path, "a");
    if (!out) {
        perror(path);
        exit(1);
    }
    write_line(out, r);
    if (fclose(out)) {
        perror(path);
        exit(1);
    }
}
