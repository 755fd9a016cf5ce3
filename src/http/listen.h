/* http/listen.h: a listening socket. */
#pragma once
#include "base/str.h"

enum { LISTEN_TEXT_MAX = 80, LISTEN_FILES_SPARE = 256 };

/* How many of so many connections there is room for: each is an open file, and LISTEN_FILES_SPARE are for the
 * ledger, the atlases and the rest. Raises what this process may open as far as it is allowed to. */
uint32_t listen_room(uint32_t connections);

/* "127.0.0.1:8787", "[::1]:8787", "localhost:0". *ret_socket is the caller's to close; ret_address what it is
 * bound to. ERR_LISTEN with address and detail; ERR_USAGE if it is no address. */
MUST_USE Err listen_open(const char *address, int backlog, int *ret_socket,
                         char ret_address[LISTEN_TEXT_MAX]);
