#include "http/metrics.h"
#include "http/router.h"
#include <stdatomic.h>
#include <stdlib.h>

static const int64_t BOUNDS_US[METRIC_BUCKETS] = {100,   250,   500,    1000,   2500,    5000,
                                                  10000, 25000, 100000, 500000, 1000000, 5000000};

typedef struct RouteMetrics {
    atomic_ullong by_status[600];
    atomic_ullong buckets[METRIC_BUCKETS + 1];
    atomic_ullong total_ns, bytes;
} RouteMetrics;

struct Metrics {
    RouteMetrics routes[METRIC_ROUTES_MAX + 1]; /* the last: no route */
    atomic_ullong refused;
};

Metrics *metrics_new(void)
{
    return heap_zalloc(sizeof(Metrics));
}

void metrics_free(Metrics *metrics)
{
    free(metrics);
}

void metrics_count(Metrics *metrics, int route, int status, int64_t ns, size_t bytes)
{
    RouteMetrics *of = &metrics->routes[route >= 0 && route < METRIC_ROUTES_MAX ? route : METRIC_ROUTES_MAX];
    int bucket = 0;
    while (bucket < METRIC_BUCKETS && ns > BOUNDS_US[bucket] * 1000)
        bucket++;
    atomic_fetch_add(&of->by_status[status > 0 && status < 600 ? status : 0], 1);
    atomic_fetch_add(&of->buckets[bucket], 1);
    atomic_fetch_add(&of->total_ns, (unsigned long long)ns);
    atomic_fetch_add(&of->bytes, bytes);
}

void metrics_refused(Metrics *metrics)
{
    atomic_fetch_add(&metrics->refused, 1);
}

static const char *pattern(uint32_t route)
{
    return route < route_count() ? route_at(route)->pattern : "none";
}

static const char *method(uint32_t route)
{
    return route < route_count() && route_at(route)->method == ROUTE_POST ? "POST" : "GET";
}

static void head(Buf *out, const char *name, const char *type, const char *help)
{
    buf_fmt(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void write_requests(const Metrics *metrics, Buf *out)
{
    head(out, "lianpu_requests_total", "counter", "Answered requests by route and status.");
    for (uint32_t r = 0; r <= METRIC_ROUTES_MAX; r++) {
        for (int s = 0; s < 600; s++) {
            unsigned long long n = atomic_load(&metrics->routes[r].by_status[s]);
            if (n)
                buf_fmt(out, "lianpu_requests_total{method=\"%s\",route=\"%s\",status=\"%d\"} %llu\n",
                        method(r), pattern(r), s, n);
        }
    }
    head(out, "lianpu_requests_refused_total", "counter", "Malformed requests that the guard refused.");
    buf_fmt(out, "lianpu_requests_refused_total %llu\n", atomic_load(&metrics->refused));
    head(out, "lianpu_response_bytes_total", "counter", "Bytes of bodies sent.");
    for (uint32_t r = 0; r <= METRIC_ROUTES_MAX; r++) {
        unsigned long long n = atomic_load(&metrics->routes[r].bytes);
        if (n)
            buf_fmt(out, "lianpu_response_bytes_total{method=\"%s\",route=\"%s\"} %llu\n", method(r),
                    pattern(r), n);
    }
}

static void write_durations(const Metrics *metrics, Buf *out)
{
    head(out, "lianpu_request_seconds", "histogram",
         "From a request's first line in to its answer's last byte out.");
    for (uint32_t r = 0; r <= METRIC_ROUTES_MAX; r++) {
        const RouteMetrics *of = &metrics->routes[r];
        unsigned long long sum = 0;
        for (int b = 0; b <= METRIC_BUCKETS; b++)
            sum += atomic_load(&of->buckets[b]);
        if (!sum)
            continue;
        unsigned long long upto = 0;
        for (int b = 0; b < METRIC_BUCKETS; b++) {
            upto += atomic_load(&of->buckets[b]);
            buf_fmt(out, "lianpu_request_seconds_bucket{method=\"%s\",route=\"%s\",le=\"", method(r),
                    pattern(r));
            buf_fixed(out, BOUNDS_US[b], 6);
            buf_fmt(out, "\"} %llu\n", upto);
        }
        buf_fmt(out, "lianpu_request_seconds_bucket{method=\"%s\",route=\"%s\",le=\"+Inf\"} %llu\n",
                method(r), pattern(r), sum);
        buf_fmt(out, "lianpu_request_seconds_sum{method=\"%s\",route=\"%s\"} ", method(r), pattern(r));
        buf_fixed(out, (int64_t)atomic_load(&of->total_ns), 9);
        buf_fmt(out, "\nlianpu_request_seconds_count{method=\"%s\",route=\"%s\"} %llu\n", method(r),
                pattern(r), sum);
    }
}

static void one(Buf *out, const char *name, const char *type, const char *help, int64_t value, int decimals)
{
    head(out, name, type, help);
    buf_fmt(out, "%s ", name);
    buf_fixed(out, value, decimals);
    buf_byte(out, '\n');
}

/* Not for everybody: a commit that holds nothing public counts here, too. */
static void write_ledger(const AppStats *app, Buf *out)
{
    const AppTurns *turns = &app->turns;
    int64_t lag = turns->ledger_commit - turns->commit;
    one(out, "lianpu_atlas_commit", "gauge", "The commit up to which the public atlas shows the ledger.",
        turns->commit, 0);
    one(out, "lianpu_ledger_commit", "gauge", "The ledger's last commit.", turns->ledger_commit, 0);
    one(out, "lianpu_atlas_lag_commits", "gauge", "Commits that the public atlas does not show yet.",
        lag > 0 ? lag : 0, 0);
    one(out, "lianpu_atlas_lag_seconds", "gauge", "For how long there have been such.", app->lag_ms, 3);
    head(out, "lianpu_atlas_builds_total", "counter", "Builds of the public atlas that ended well.");
    buf_fmt(out, "lianpu_atlas_builds_total{what=\"base\"} %llu\n", (unsigned long long)app->base_builds);
    buf_fmt(out, "lianpu_atlas_builds_total{what=\"delta\"} %llu\n", (unsigned long long)app->delta_builds);
    one(out, "lianpu_refresher_quiet_seconds", "gauge", "Since the last turn of the thread that follows.",
        turns->quiet_ms, 3);
    if (turns->wal_bytes >= 0)
        one(out, "lianpu_ledger_wal_bytes", "gauge", "Size of SQLite's write-ahead log.", turns->wal_bytes,
            0);
}

static void write_gauges(const MetricGauges *g, Buf *out)
{
    one(out, "lianpu_connections", "gauge", "Open connections.", g->connections, 0);
    one(out, "lianpu_connections_limit", "gauge", "How many may be open.", g->connections_max, 0);
    one(out, "lianpu_queue_length", "gauge", "Requests waiting for a worker.", g->queue, 0);
    one(out, "lianpu_queue_limit", "gauge", "How many may wait.", g->queue_max, 0);
    one(out, "lianpu_atlas_ready", "gauge", "Is there an atlas to answer from.", g->app.ready, 0);
    one(out, "lianpu_atlas_swaps_total", "counter", "How often the public atlas was exchanged.",
        (int64_t)g->app.swaps, 0);
    one(out, "lianpu_atlas_bytes", "gauge", "Mapped bytes of the public atlas.", (int64_t)g->app.bytes, 0);
    one(out, "lianpu_atlas_build_seconds", "gauge", "How long the last exchange took.", g->app.build_ns, 9);
    one(out, "lianpu_atlas_builds_failed_total", "counter", "Builds that failed; the old atlas stayed.",
        (int64_t)g->app.failed_builds, 0);
    one(out, "lianpu_atlas_behind_seconds", "gauge", "For how long builds have been failing.",
        g->app.behind_ms, 3);
    head(out, "lianpu_atlas_rows", "gauge", "Rows of the public atlas by kind.");
    for (int k = 0; k < KIND_COUNT; k++)
        buf_fmt(out, "lianpu_atlas_rows{kind=\"%s\"} %u\n", kind_info((Kind)k)->name, g->app.rows[k]);
}

void metrics_write(const Metrics *metrics, const MetricGauges *gauges, Buf *out)
{
    head(out, "lianpu_info", "gauge", "The program's version.");
    buf_fmt(out, "lianpu_info{version=\"%s\"} 1\n", LIANPU_VERSION);
    write_gauges(gauges, out);
    if (gauges->ledger)
        write_ledger(&gauges->app, out);
    write_requests(metrics, out);
    write_durations(metrics, out);
}
