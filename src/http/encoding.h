/* http/encoding.h: which content encoding a client would have, and making it. */
#pragma once
#include "base/str.h"

typedef enum Encoding { ENCODING_IDENTITY, ENCODING_GZIP, ENCODING_BROTLI } Encoding;

/* RFC 9110 §12.5.3 with q-values; of equal ones br before gzip before identity. No header: identity. */
Encoding encoding_accepted(Str accept_encoding);
const char *encoding_name(Encoding encoding); /* "gzip", "br", "identity" */

/* The same bytes give the same bytes. False if it would not be smaller (or body is not compressible): send it
 * as it is. */
MUST_USE bool encoding_apply(Encoding encoding, Str body, Arena *arena, Str *ret);

/* Does one of the header's entity tags name this one? Compares weakly (RFC 9110 §13.1.2); "*" names every
 * one. */
bool etag_matches(Str if_none_match, Str etag);
