/* http/reply.h: what a handler answers, and what is made of it: language, entity tag, 304, compression. Knows
 * nothing of the HTTP library. */
#pragma once
#include "http/request.h"

enum { REPLY_HEADERS_MAX = 20, REPLY_COMPRESS_MIN = 860 };

typedef struct Reply {
    int status;
    const char *type; /* Content-Type */
    Str body;         /* borrows: the request's `out` or arena, or constant memory */
    Str gzip, brotli; /* the same, compressed beforehand; empty if not */
    const char *etag; /* hex digest of body, known beforehand; NULL: computed */
    bool by_language; /* another language would give other bytes */
    bool immutable;   /* never changes under this address: cached for a year */
    bool private;     /* says how the server is: never cached, no entity tag */
    bool close;       /* the connection ends with this answer */
    const char *allow;
    const char *file_name; /* saved under this name, not shown; NULL: shown */
    int retry_s;           /* 0: none */
    bool ranges;           /* parts of it may be asked for */
    const char *range;     /* Content-Range, of a part or of what has none; sent as it is */
} Reply;

void reply_json(Reply *reply, Request *req);                /* what stands in req->out */
void reply_bytes(Reply *reply, const char *type, Str body); /* keeps body */
void reply_fault(Reply *reply, Request *req,
                 const Fault *fault); /* the error body of docs/api.md; rewrites req->out */
int status_of(Err code);

/* The answer as it goes out. */
typedef struct Wire {
    int status;
    Str body; /* also for HEAD: the HTTP library leaves it out */
    Pair headers[REPLY_HEADERS_MAX];
    uint32_t header_count;
} Wire;

/* Chooses the encoding, computes the entity tag, answers If-None-Match with 304. Texts live in the request's
 * arena. */
void reply_finish(const Reply *reply, Request *req, Wire *ret);
