#include "http/listen.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HOST_MAX = 256 };

static bool split(const char *address, char host[HOST_MAX], char port[8])
{
    const char *colon = strrchr(address, ':');
    if (!colon || colon == address || strlen(colon + 1) == 0 || strlen(colon + 1) > 5 ||
        strspn(colon + 1, "0123456789") != strlen(colon + 1))
        return false;
    size_t len = (size_t)(colon - address);
    if (address[0] == '[' && colon[-1] == ']') {
        address++;
        len -= 2;
    }
    if (len == 0 || len >= HOST_MAX)
        return false;
    memcpy(host, address, len);
    host[len] = '\0';
    strcpy(port, colon + 1);
    return true;
}

/* With the port behind this one as an example, on an address that is surely here. */
static Err refuse(const char *address, const char *detail)
{
    int port = atoi(strrchr(address, ':') + 1);
    char example[32];
    snprintf(example, sizeof example, "127.0.0.1:%d", port < 65535 ? port + 1 : port - 1);
    return fail(ERR_LISTEN, "address", address, "detail", detail, "example", example, NULL);
}

static Err bind_one(const struct addrinfo *info, const char *address, int backlog, int *ret_socket)
{
    int on = 1, s = socket(info->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (s < 0)
        return refuse(address, strerror(errno));
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, info->ai_addr, info->ai_addrlen) != 0 || listen(s, backlog) != 0) {
        const char *detail = errno == EADDRINUSE ? "another program listens there" : strerror(errno);
        close(s);
        return refuse(address, detail);
    }
    *ret_socket = s;
    return OK;
}

static void write_address(int s, char ret[LISTEN_TEXT_MAX])
{
    struct sockaddr_storage bound = {0};
    socklen_t size = sizeof bound;
    char host[INET6_ADDRSTRLEN] = "?";
    getsockname(s, (struct sockaddr *)&bound, &size);
    if (bound.ss_family == AF_INET6) {
        const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)&bound;
        inet_ntop(AF_INET6, &in6->sin6_addr, host, sizeof host);
        snprintf(ret, LISTEN_TEXT_MAX, "[%s]:%d", host, ntohs(in6->sin6_port));
    } else {
        const struct sockaddr_in *in = (const struct sockaddr_in *)&bound;
        inet_ntop(AF_INET, &in->sin_addr, host, sizeof host);
        snprintf(ret, LISTEN_TEXT_MAX, "%s:%d", host, ntohs(in->sin_port));
    }
}

Err listen_open(const char *address, int backlog, int *ret_socket, char ret_address[LISTEN_TEXT_MAX])
{
    char host[HOST_MAX], port[8];
    if (!split(address, host, port) || atoi(port) > 65535)
        return fail(ERR_USAGE, "detail", "--listen takes ADDRESS:PORT, e.g. 127.0.0.1:8787", "command",
                    "serve", NULL);
    const struct addrinfo want = {.ai_flags = AI_PASSIVE | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found;
    int failed = getaddrinfo(host, port, &want, &found);
    if (failed)
        return refuse(address, gai_strerror(failed));
    Err err = bind_one(found, address, backlog, ret_socket);
    freeaddrinfo(found);
    if (err == OK)
        write_address(*ret_socket, ret_address);
    return err;
}

uint32_t listen_room(uint32_t connections)
{
    struct rlimit files;
    const rlim_t wanted = (rlim_t)connections + LISTEN_FILES_SPARE;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return connections;
    if (files.rlim_cur < wanted) {
        struct rlimit more = {.rlim_cur = files.rlim_max < wanted ? files.rlim_max : wanted,
                              .rlim_max = files.rlim_max};
        if (setrlimit(RLIMIT_NOFILE, &more) == 0)
            files = more;
    }
    if (files.rlim_cur >= wanted)
        return connections;
    return files.rlim_cur > 2 * LISTEN_FILES_SPARE ? (uint32_t)files.rlim_cur - LISTEN_FILES_SPARE
                                                   : (uint32_t)files.rlim_cur / 2;
}
