#include "base/date.h"
#include <assert.h>
#include <stdlib.h>
#include <time.h>

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && leap(year) ? 29 : days[month - 1];
}

/* Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": days_from_civil. */
static int32_t days_from_civil(int y, int m, int d)
{
    y -= m <= 2;
    int era = (y >= 0 ? y : y - 399) / 400;
    int yoe = y - era * 400;
    int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

static void civil_from_days(int32_t z, int *year, int *month, int *day)
{
    z += 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    *day = doy - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = yoe + era * 400 + (*month <= 2);
}

int32_t date_day(int year, int month, int day)
{
    assert(month >= 1 && month <= 12 && day >= 1 && day <= month_days(year, month));
    return days_from_civil(year, month, day);
}

static bool digits(Str text, size_t at, size_t count, int *ret)
{
    int n = 0;
    for (size_t i = at; i < at + count; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        n = n * 10 + (text.ptr[i] - '0');
    }
    *ret = n;
    return true;
}

static bool parse_one(Str text, DateSpan *ret)
{
    int year, month, day;
    if ((text.len != 4 && text.len != 7 && text.len != 10) || !digits(text, 0, 4, &year))
        return false;
    if (year < DATE_YEAR_MIN || year > DATE_YEAR_MAX)
        return false;
    if (text.len == 4) {
        *ret = (DateSpan){days_from_civil(year, 1, 1), days_from_civil(year, 12, 31)};
        return true;
    }
    if (text.ptr[4] != '-' || !digits(text, 5, 2, &month) || month < 1 || month > 12)
        return false;
    if (text.len == 7) {
        *ret = (DateSpan){days_from_civil(year, month, 1),
                          days_from_civil(year, month, month_days(year, month))};
        return true;
    }
    if (text.ptr[7] != '-' || !digits(text, 8, 2, &day) || day < 1 || day > month_days(year, month))
        return false;
    int32_t one = days_from_civil(year, month, day);
    *ret = (DateSpan){one, one};
    return true;
}

bool date_parse(Str text, DateSpan *ret)
{
    DateSpan first, last;
    Str rest = text, head = str_cut(&rest, '/');
    if (!parse_one(head, &first))
        return false;
    last = first;
    if (head.len < text.len && (!parse_one(rest, &last) || last.last < first.first))
        return false;
    *ret = (DateSpan){first.first, last.last};
    return true;
}

static void put_digits(Buf *buf, int n, int count)
{
    char text[4];
    for (int i = count - 1; i >= 0; i--, n /= 10)
        text[i] = (char)('0' + n % 10);
    buf_add(buf, text, (size_t)count);
}

void buf_date(Buf *buf, DateSpan span)
{
    int y1, m1, d1, y2, m2, d2;
    civil_from_days(span.first, &y1, &m1, &d1);
    civil_from_days(span.last, &y2, &m2, &d2);
    put_digits(buf, y1, 4);
    if (y1 == y2 && m1 == 1 && d1 == 1 && m2 == 12 && d2 == 31)
        return;
    buf_byte(buf, '-');
    put_digits(buf, m1, 2);
    if (d1 == 1 && d2 == month_days(y2, m2)) {
        if (y1 == y2 && m1 == m2)
            return;
        buf_byte(buf, '/');
        put_digits(buf, y2, 4);
        buf_byte(buf, '-');
        put_digits(buf, m2, 2);
        return;
    }
    buf_byte(buf, '-');
    put_digits(buf, d1, 2);
    if (span.first == span.last)
        return;
    buf_byte(buf, '/');
    buf_date(buf, (DateSpan){span.last, span.last});
}

int32_t date_today(void)
{
    const char *set = getenv("LIANPU_TODAY");
    DateSpan span;
    if (set && date_parse(str_of(set), &span) && span.first == span.last)
        return span.first;
    return (int32_t)((time(NULL) + 8 * 3600) / 86400);
}

void buf_time_now(Buf *buf)
{
    time_t now = time(NULL);
    struct tm tm;
    char text[32];
    gmtime_r(&now, &tm);
    buf_add(buf, text, strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm));
}

int64_t clock_now_ns(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}
