#include "app/basemap_url.h"
#include <ctype.h>
#include <string.h>

static Err usage(const char *detail)
{
    return fail(ERR_USAGE, "detail", detail, "command", "serve", NULL);
}

static bool is_all(Str text, const char *others)
{
    for (size_t i = 0; i < text.len; i++)
        if (!isalnum((unsigned char)text.ptr[i]) && !strchr(others, text.ptr[i]))
            return false;
    return text.len > 0;
}

/* "https://host:port" of an address, which goes into a header as it stands. */
static Err origin_of(Str url, Str *ret)
{
    size_t scheme = str_starts(url, "https://") ? 8 : str_starts(url, "http://") ? 7 : 0;
    if (!scheme)
        return usage("--basemap-url begins with https:// or http://");
    Str rest = {url.ptr + scheme, url.len - scheme};
    Str host = str_cut(&rest, '/');
    if (!is_all(host, ".-:") || host.ptr[0] == ':' || host.ptr[0] == '.')
        return usage("--basemap-url names one host, without braces or a user: https://t0.tianditu.gov.cn/…");
    *ret = (Str){url.ptr, scheme + host.len};
    return OK;
}

static Err put(Buf *out, Str hole, const char *key, unsigned *seen)
{
    if (str_is(hole, "key")) {
        if (!key || !is_all(str_of(key), "._~-"))
            return usage(
                "--basemap-url has {key}, but $LIANPU_BASEMAP_KEY does not hold one of letters and digits");
        buf_c(out, key);
        return OK;
    }
    static const char *const coordinates[] = {"z", "x", "y"};
    for (unsigned i = 0; i < 3; i++) {
        if (str_is(hole, coordinates[i])) {
            buf_fmt(out, "{%s}", coordinates[i]);
            *seen |= 1U << i;
            return OK;
        }
    }
    return usage("--basemap-url knows {z}, {x}, {y} and {key} only");
}

/* Copies an address into `out`, the key in its place. */
static Err fill(Str url, const char *key, Buf *out)
{
    unsigned seen = 0;
    for (size_t i = 0; i < url.len; i++) {
        unsigned char c = (unsigned char)url.ptr[i];
        if (c != '{') {
            if (c <= ' ' || c >= 127 || strchr("\"'<>\\^`|}", c))
                return usage("--basemap-url has a character that no address has: write it as %XX");
            buf_byte(out, (char)c);
            continue;
        }
        const char *end = memchr(url.ptr + i, '}', url.len - i);
        if (!end)
            return usage("--basemap-url has { without }");
        Str hole = {url.ptr + i + 1, (size_t)(end - (url.ptr + i + 1))};
        TRY(put(out, hole, key, &seen));
        i += hole.len + 1;
    }
    return seen == 7 ? OK : usage("--basemap-url needs {z}, {x} and {y}: the tile's zoom, column and row");
}

/* Appends the origin unless it stands there. */
static void add_host(Buf *hosts, Str origin)
{
    Str rest = buf_view(hosts);
    while (rest.len)
        if (str_eq(str_cut(&rest, ' '), origin))
            return;
    buf_byte(hosts, ' ');
    buf_str(hosts, origin);
}

Err basemap_urls_read(Arena *arena, const char *text, const char *key, BasemapUrls *ret)
{
    BasemapUrls made = {0};
    Buf url, hosts;
    Err err = OK;
    buf_init(&url, BASEMAP_URL_MAX);
    buf_init(&hosts, BASEMAP_URL_MAX);
    for (Str rest = str_trim(str_of(text)); rest.len && err == OK;) {
        Str one = str_trim(str_cut(&rest, ' '));
        Str origin = {0};
        if (one.len == 0)
            continue;
        if (made.count == BASEMAP_LAYERS_MAX) {
            err = usage("--basemap-url has at most 4 addresses");
            break;
        }
        buf_clear(&url);
        TRY_GOTO(origin_of(one, &origin));
        TRY_GOTO(fill(one, key, &url));
        add_host(&hosts, origin);
        if (url.full || hosts.full)
            TRY_GOTO(usage("--basemap-url is too long"));
        made.urls[made.count++] = str_copy(arena, buf_view(&url)).ptr;
    }
    if (err == OK && made.count == 0)
        err = usage("--basemap-url is empty");
done:
    if (err == OK) {
        made.hosts = str_copy(arena, buf_view(&hosts)).ptr;
        *ret = made;
    }
    buf_done(&url);
    buf_done(&hosts);
    return err;
}
