#include "base/notify.h"
#include "base/str.h"
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static Str address(void)
{
    return str_of(getenv("NOTIFY_SOCKET"));
}

bool notify_wanted(void)
{
    return address().len > 0;
}

bool notify_send(const char *lines)
{
    Str to = address();
    struct sockaddr_un un = {.sun_family = AF_UNIX};
    if (to.len == 0)
        return true;
    if ((to.ptr[0] != '/' && to.ptr[0] != '@') || to.len >= sizeof un.sun_path) {
        errno = EINVAL;
        return false;
    }
    memcpy(un.sun_path, to.ptr, to.len);
    if (to.ptr[0] == '@')
        un.sun_path[0] = '\0'; /* an abstract name begins with a zero and ends with the address */
    int s = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (s < 0)
        return false;
    const socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + to.len);
    const size_t len = strlen(lines);
    bool sent = sendto(s, lines, len, MSG_NOSIGNAL | MSG_DONTWAIT, (const struct sockaddr *)&un, size) ==
                (ssize_t)len;
    int error = errno;
    close(s);
    errno = error;
    return sent;
}

int64_t notify_watchdog_ns(void)
{
    const char *usec = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");
    int64_t n, whose;
    if (!notify_wanted() || !usec || !str_int(str_of(usec), &n) || n <= 0 || n > INT64_MAX / 1000)
        return 0;
    if (pid && (!str_int(str_of(pid), &whose) || whose != getpid()))
        return 0;
    return n * 1000;
}
