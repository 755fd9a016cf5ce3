/* http/guard.h: what a request must look like before anything else reads it. The HTTP library accepts
 * requests that two servers in a row could understand differently (request smuggling, RFC 9112 §11.2); these
 * are refused and their connection is closed. Pure functions, any thread. */
#pragma once
#include "base/str.h"

enum {
    GUARD_URI_MAX = 96 * 1024, /* a filter past its own limits must still be heard, to be told so */
    GUARD_HEADERS_MAX = 64,
    GUARD_HEADER_BYTES_MAX = 8 * 1024, /* of one value */
};

typedef struct Header {
    Str name, value;
} Header;

typedef struct GuardInput {
    Str version; /* "HTTP/1.1" */
    Str method;
    Str uri; /* as it came, not decoded */
    const Header *headers;
    uint32_t header_count;
} GuardInput;

/* ERR_REQUEST with `detail`. On OK *ret_length is the body's length, -1 for a chunked one, 0 for none. */
MUST_USE Err guard_check(const GuardInput *input, int64_t *ret_length);

/* The value of the first header of that name (any case); "" if there is none. */
Str header_find(const Header *headers, uint32_t count, const char *name);
