/* What a supervisor hears, at a socket of the test's own. */
#include "base/notify.h"
#include "test.h"
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* A supervisor's socket at that name, and $NOTIFY_SOCKET. */
static int supervise(const char *name)
{
    struct sockaddr_un un = {.sun_family = AF_UNIX};
    size_t len = strlen(name);
    CHECK(len < sizeof un.sun_path);
    memcpy(un.sun_path, name, len);
    if (name[0] == '@')
        un.sun_path[0] = '\0';
    int s = socket(AF_UNIX, SOCK_DGRAM, 0);
    CHECK(s >= 0);
    CHECK_EQ(bind(s, (struct sockaddr *)&un, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len)), 0);
    setenv("NOTIFY_SOCKET", name, 1);
    return s;
}

static Str heard(int s)
{
    static char text[200];
    ssize_t got = recv(s, text, sizeof text, MSG_DONTWAIT);
    return (Str){text, got > 0 ? (size_t)got : 0};
}

TEST(without_a_supervisor_nothing_is_sent_and_nothing_fails)
{
    unsetenv("NOTIFY_SOCKET");
    CHECK(!notify_wanted());
    CHECK(notify_send("READY=1"));
}

TEST(a_supervisor_at_a_path_hears_what_is_sent)
{
    char path[100];
    snprintf(path, sizeof path, "%s/n", test_folder());
    int s = supervise(path);
    CHECK(notify_wanted());
    CHECK(notify_send("READY=1\nSTATUS=serving"));
    CHECK_STR(heard(s), "READY=1\nSTATUS=serving");
    CHECK_STR(heard(s), "");
    close(s);
}

TEST(a_supervisor_at_an_abstract_name_hears_what_is_sent)
{
    char name[100];
    snprintf(name, sizeof name, "@lianpu-notify-test-%d", (int)getpid());
    int s = supervise(name);
    CHECK(notify_send("STOPPING=1"));
    CHECK_STR(heard(s), "STOPPING=1");
    close(s);
}

TEST(a_supervisor_that_is_gone_or_does_not_read_is_told_of_and_never_waited_for)
{
    char path[100];
    snprintf(path, sizeof path, "%s/gone", test_folder());
    setenv("NOTIFY_SOCKET", path, 1);
    CHECK(!notify_send("READY=1"));
    CHECK_EQ(errno, ENOENT);
    setenv("NOTIFY_SOCKET", "relative/path", 1);
    CHECK(!notify_send("READY=1"));
    CHECK_EQ(errno, EINVAL);
    char longer[300];
    memset(longer, 'a', sizeof longer);
    longer[0] = '/';
    longer[sizeof longer - 1] = '\0';
    setenv("NOTIFY_SOCKET", longer, 1);
    CHECK(!notify_send("READY=1"));
    int s = supervise(path), sent = 0;
    while (sent < 100000 && notify_send("WATCHDOG=1"))
        sent++;
    CHECK(sent > 0 && sent < 100000);
    CHECK_EQ(errno, EAGAIN);
    close(s);
}

TEST(the_watchdog_s_time_is_this_process_s_alone)
{
    char mine[20];
    setenv("NOTIFY_SOCKET", "@anybody", 1);
    unsetenv("WATCHDOG_PID");
    unsetenv("WATCHDOG_USEC");
    CHECK_EQ(notify_watchdog_ns(), 0);
    setenv("WATCHDOG_USEC", "2500000", 1);
    CHECK_EQ(notify_watchdog_ns(), 2500000000);
    snprintf(mine, sizeof mine, "%d", (int)getpid());
    setenv("WATCHDOG_PID", mine, 1);
    CHECK_EQ(notify_watchdog_ns(), 2500000000);
    setenv("WATCHDOG_PID", "1", 1);
    CHECK_EQ(notify_watchdog_ns(), 0);
    setenv("WATCHDOG_PID", mine, 1);
    static const char *const none[] = {"0", "-5", "soon", "99999999999999999999"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        setenv("WATCHDOG_USEC", none[i], 1);
        CHECK_EQ(notify_watchdog_ns(), 0);
    }
}
