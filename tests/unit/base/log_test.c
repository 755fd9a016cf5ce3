/* Log lines, read back from a pipe in standard error's place. */
#include "base/log.h"
#include "test.h"
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static char line[LOG_LINE_MAX + 200];

/* What the event wrote. */
#define LOGGED(...)                                                                                          \
    do {                                                                                                     \
        int ends[2], kept = dup(STDERR_FILENO);                                                              \
        CHECK_EQ(pipe2(ends, O_NONBLOCK), 0);                                                                \
        dup2(ends[1], STDERR_FILENO);                                                                        \
        log_event(__VA_ARGS__);                                                                              \
        dup2(kept, STDERR_FILENO);                                                                           \
        ssize_t got = read(ends[0], line, sizeof line - 1);                                                  \
        line[got > 0 ? got : 0] = '\0';                                                                      \
        close(kept), close(ends[0]), close(ends[1]);                                                         \
    } while (0)

TEST(an_event_is_one_line_of_json)
{
    LOGGED(LOG_INFO, "listening", "address", "127.0.0.1:1", "name", "a \"b\"\n链", NULL);
    CHECK(strstr(line, "\"level\":\"info\",\"event\":\"listening\",\"address\":\"127.0.0.1:1\",") != NULL);
    CHECK(strstr(line, "\"name\":\"a \\\"b\\\"\\n链\"}\n") != NULL);
    CHECK(strchr(line, '\n') == line + strlen(line) - 1);
}

TEST(what_is_below_the_level_is_not_written)
{
    LOGGED(LOG_DEBUG, "detail", NULL);
    CHECK_STR(str_of(line), "");
    log_level(LOG_DEBUG);
    LOGGED(LOG_DEBUG, "detail", NULL);
    CHECK(strstr(line, "\"event\":\"detail\"}") != NULL);
    log_level(LOG_INFO);
}

TEST(a_line_past_the_limit_is_not_dropped_in_silence)
{
    static char longest[LOG_LINE_MAX + 1];
    memset(longest, 'x', LOG_LINE_MAX);
    LOGGED(LOG_WARN, "request", "path", longest, NULL);
    CHECK(strstr(line, "\"level\":\"warn\",\"event\":\"line too long\",\"of\":\"request\"}\n") != NULL);
}
