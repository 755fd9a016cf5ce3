#include "base/hash.h"
#include <sodium.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t hash64(const void *bytes, size_t len)
{
    return XXH3_64bits(bytes, len);
}

uint64_t hash64_seed(const void *bytes, size_t len, uint64_t seed)
{
    return XXH3_64bits_withSeed(bytes, len, seed);
}

static void to_hex(const uint8_t *bytes, size_t len, char *ret)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < len; i++) {
        ret[2 * i] = digits[bytes[i] >> 4];
        ret[2 * i + 1] = digits[bytes[i] & 15];
    }
    ret[2 * len] = '\0';
}

void hash_hex(const void *bytes, size_t len, char ret[33])
{
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes, len));
    to_hex(canonical.digest, 16, ret);
}

void digest_hex(const void *bytes, size_t len, char ret[65])
{
    uint8_t digest[32];
    crypto_generichash(digest, sizeof digest, bytes, len, NULL, 0);
    to_hex(digest, sizeof digest, ret);
}

void random_hex(char ret[33])
{
    uint8_t bytes[16];
    randombytes_buf(bytes, sizeof bytes); /* reads getrandom(2) itself; needs no sodium_init for that */
    to_hex(bytes, sizeof bytes, ret);
}

void unique_hex(char ret[33])
{
    static _Thread_local uint64_t seed[2]; /* of this thread: two that draw the same are not to be expected */
    static _Thread_local uint64_t turn;
    if (turn++ == 0)
        randombytes_buf(seed, sizeof seed);
    const uint64_t named[2] = {seed[0], turn};
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_withSeed(named, sizeof named, seed[1]));
    to_hex(canonical.digest, 16, ret);
}
