/* base/date.h: days of the proleptic Gregorian calendar, and dates that are only partly known.
 * "2021-11" is the span from its first to its last day. Days count from 1970-01-01. */
#pragma once
#include "base/str.h"

typedef struct DateSpan {
    int32_t first, last; /* days; first <= last */
} DateSpan;

enum { DATE_YEAR_MIN = 1900, DATE_YEAR_MAX = 2199 };

int32_t date_day(int year, int month, int day); /* asserts a real date */

/* "2021", "2021-11", "2021-11-30", or two of these with / between: from the first day of one to the last of
 * the other ("2022-01/2022-10"). Within DATE_YEAR_MIN … MAX. False if it is none of them. */
MUST_USE bool date_parse(Str text, DateSpan *ret);

/* The shortest form that means the span. */
void buf_date(Buf *buf, DateSpan span);

int32_t date_today(void);    /* UTC+8, the users' clock; LIANPU_TODAY=YYYY-MM-DD overrides it for tests */
void buf_time_now(Buf *buf); /* 2022-11-30T08:15:02Z */
int64_t clock_now_ns(void);  /* monotonic */
