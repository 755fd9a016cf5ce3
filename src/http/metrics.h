/* http/metrics.h: what the server has done, as Prometheus reads it. Counting is lock-free, from any thread.
 */
#pragma once
#include "app/app.h"

enum { METRIC_ROUTES_MAX = 64, METRIC_BUCKETS = 12 };

typedef struct Metrics Metrics;

Metrics *metrics_new(void);
void metrics_free(Metrics *metrics);

/* One answered request. `route` counts from 0; -1: none was found. */
void metrics_count(Metrics *metrics, int route, int status, int64_t ns, size_t bytes);
void metrics_refused(Metrics *metrics); /* by the guard */

typedef struct MetricGauges {
    uint32_t connections, connections_max, queue, queue_max;
    bool ledger; /* also what counts commits, whatever they hold */
    AppStats app;
} MetricGauges;

/* Text exposition format 0.0.4. */
void metrics_write(const Metrics *metrics, const MetricGauges *gauges, Buf *out);
