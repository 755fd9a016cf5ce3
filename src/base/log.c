#include "base/log.h"
#include "base/date.h"
#include "base/json.h"
#include <stdarg.h>
#include <stdatomic.h>
#include <unistd.h>

static _Atomic LogLevel least_level = LOG_INFO;

void log_level(LogLevel least)
{
    atomic_store(&least_level, least);
}

void log_event(LogLevel level, const char *event, ...)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    if (level < atomic_load(&least_level))
        return;
    Buf time, line;
    buf_init(&time, 64);
    buf_init(&line, LOG_LINE_MAX);
    buf_time_now(&time);
    JsonOut out = json_out(&line);
    out_object(&out);
    out_name(&out, "time");
    out_str(&out, buf_view(&time));
    out_name(&out, "level");
    out_c(&out, names[level]);
    out_name(&out, "event");
    out_c(&out, event);
    va_list ap;
    va_start(ap, event);
    for (const char *name = va_arg(ap, const char *); name; name = va_arg(ap, const char *)) {
        out_name(&out, name);
        out_c(&out, va_arg(ap, const char *));
    }
    va_end(ap);
    out_object_end(&out);
    buf_byte(&line, '\n');
    if (line.full) {
        buf_clear(&line);
        buf_fmt(&line,
                "{\"time\":\"" STR_FMT "\",\"level\":\"%s\",\"event\":\"line too long\",\"of\":\"%.80s\"}\n",
                STR_ARG(buf_view(&time)), names[level], event);
    }
    if (write(STDERR_FILENO, line.ptr, line.len) < 0) {
        /* Nobody listens to standard error: there is no other place to say so. */
    }
    buf_done(&line);
    buf_done(&time);
}
