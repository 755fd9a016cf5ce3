/* base/hash.h: checksums and digests (XXH3), and ids that nobody can guess (libsodium). */
#pragma once
#include "base/str.h"

uint64_t hash64(const void *bytes, size_t len);
uint64_t hash64_seed(const void *bytes, size_t len, uint64_t seed);

/* 32 hex digits of a 128-bit XXH3 and a NUL: an ETag, a digest for comparing; not against an adversary. */
void hash_hex(const void *bytes, size_t len, char ret[33]);

/* 64 hex digits of BLAKE2b-256 and a NUL: what must hold against an adversary. */
void digest_hex(const void *bytes, size_t len, char ret[65]);

/* 32 hex digits from the system's random source, and a NUL. */
void random_hex(char ret[33]);

/* 32 hex digits and a NUL, another each time, without asking the system for each: a name for a request.
 * Whoever knows some of them cannot be kept from guessing others. */
void unique_hex(char ret[33]);
