/* base/log.h: one line of JSON per event on standard error. Only app, http and cli log; below them an Err is
 * returned. */
#pragma once
#include "base/str.h"

enum { LOG_LINE_MAX = 8 * 1024 };

typedef enum LogLevel { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR } LogLevel;

void log_level(LogLevel least); /* LOG_INFO at start */

/* Pairs of name, text, then NULL: log_event(LOG_INFO, "listening", "address", text, NULL). Thread-safe. The
 * event is a constant text without quotes. A line past LOG_LINE_MAX is replaced by one that says so. */
void log_event(LogLevel level, const char *event, ...) __attribute__((sentinel));
