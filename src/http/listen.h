/* http/listen.h: a listening socket. */
#pragma once
#include "base/str.h"

enum { LISTEN_TEXT_MAX = 80 };

/* "127.0.0.1:8787", "[::1]:8787", "localhost:0". *ret_socket is the caller's to close; ret_address what it is
 * bound to. ERR_LISTEN with address and detail; ERR_USAGE if it is no address. */
MUST_USE Err listen_open(const char *address, int backlog, int *ret_socket,
                         char ret_address[LISTEN_TEXT_MAX]);
