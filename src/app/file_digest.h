/* app/file_digest.h: the digest of a file, taken on a thread of its own while others read the same file: it
 * is a twelfth of an import, and nobody needs it before the end. One thread at a time waits. */
#pragma once
#include "base/err.h"

typedef struct FileDigest FileDigest;

FileDigest *file_digest_start(const char *path); /* keeps path until it is freed */
FileDigest *file_digest_of(const void *bytes, size_t len);

/* 64 hex digits, as input_digest says them, which live as long as it does. Waits; ask as often as you like.
 */
MUST_USE Err file_digest_wait(FileDigest *digest, const char **ret);

void file_digest_free(FileDigest *digest); /* waits; NULL is fine */
