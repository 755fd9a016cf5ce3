#include "http/guard.h"
#include "test.h"
#include <string.h>

enum { MOST = 100 };

/* "GET /x HTTP/1.1" and header lines "Name: value". */
static Err check(const char *method, const char *uri, const char *version, const char *const *lines,
                 int64_t *ret)
{
    Header headers[MOST];
    uint32_t count = 0;
    for (; lines && lines[count]; count++) {
        Str value = str_of(lines[count]);
        headers[count].name = str_cut(&value, ':');
        headers[count].value = str_trim(value);
    }
    GuardInput input = {str_of(version), str_of(method), str_of(uri), headers, count};
    return guard_check(&input, ret);
}

#define LINES(...) ((const char *const[]){__VA_ARGS__, NULL})

static int64_t length;

TEST(a_plain_request_passes)
{
    CHECK_OK(check("GET", "/api/parcel?limit=5", "HTTP/1.1", LINES("Host: localhost:8787", "Accept: */*"),
                   &length));
    CHECK_EQ(length, 0);
    CHECK_OK(check("POST", "/api/match", "HTTP/1.1", LINES("Host: a", "Content-Length: 12"), &length));
    CHECK_EQ(length, 12);
    CHECK_OK(
        check("POST", "/api/match", "HTTP/1.1", LINES("Host: a", "Transfer-Encoding: chunked"), &length));
    CHECK_EQ(length, -1);
}

TEST(lengths_that_two_servers_could_read_differently_are_refused)
{
    CHECK_ERR(
        check("POST", "/", "HTTP/1.1", LINES("Host: a", "Content-Length: 3", "Content-Length: 4"), &length),
        ERR_REQUEST);
    CHECK_ERR(
        check("POST", "/", "HTTP/1.1", LINES("Host: a", "Content-Length: 3", "content-length: 3"), &length),
        ERR_REQUEST);
    CHECK_ERR(check("POST", "/", "HTTP/1.1",
                    LINES("Host: a", "Content-Length: 3", "Transfer-Encoding: chunked"), &length),
              ERR_REQUEST);
    CHECK_ERR(check("POST", "/", "HTTP/1.1", LINES("Host: a", "Transfer-Encoding: xchunked"), &length),
              ERR_REQUEST);
    CHECK_ERR(check("POST", "/", "HTTP/1.1", LINES("Host: a", "Transfer-Encoding: gzip, chunked"), &length),
              ERR_REQUEST);
    CHECK_ERR(check("POST", "/", "HTTP/1.0", LINES("Host: a", "Transfer-Encoding: chunked"), &length),
              ERR_REQUEST);
    const char *const wrong[] = {"+3", "-3", "3 3", "0x3", "3,3", "99999999999999999999", "3.0"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char line[64] = "Content-Length: ";
        strcat(line, wrong[i]);
        CHECK_ERR(check("POST", "/", "HTTP/1.1", LINES("Host: a", line), &length), ERR_REQUEST);
    }
}

TEST(a_get_with_a_body_is_refused)
{
    CHECK_ERR(check("GET", "/", "HTTP/1.1", LINES("Host: a", "Content-Length: 3"), &length), ERR_REQUEST);
    CHECK_ERR(check("GET", "/", "HTTP/1.1", LINES("Host: a", "Transfer-Encoding: chunked"), &length),
              ERR_REQUEST);
    CHECK_OK(check("GET", "/", "HTTP/1.1", LINES("Host: a", "Content-Length: 0"), &length));
}

TEST(host_is_there_once)
{
    CHECK_ERR(check("GET", "/", "HTTP/1.1", NULL, &length), ERR_REQUEST);
    CHECK_ERR(check("GET", "/", "HTTP/1.1", LINES("Host: a", "Host: b"), &length), ERR_REQUEST);
    CHECK_ERR(check("GET", "/", "HTTP/1.1", LINES("Host: a/b"), &length), ERR_REQUEST);
    CHECK_ERR(check("GET", "/", "HTTP/1.1", LINES("Host:"), &length), ERR_REQUEST);
    CHECK_OK(check("GET", "/", "HTTP/1.0", NULL, &length));
}

TEST(an_address_is_decodable_or_refused)
{
    const char *const wrong[] = {"x",      "http://a/", "*",    "/%",   "/%4",  "/%zz",
                                 "/a%00b", "/a\x01",    "/a b", "/a#b", "/a\\b"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK_ERR(check("GET", wrong[i], "HTTP/1.1", LINES("Host: a"), &length), ERR_REQUEST);
    static char long_one[GUARD_URI_MAX + 10];
    memset(long_one, 'a', sizeof long_one - 1);
    long_one[0] = '/';
    CHECK_ERR(check("GET", long_one, "HTTP/1.1", LINES("Host: a"), &length), ERR_REQUEST);
    long_one[GUARD_URI_MAX] = '\0';
    CHECK_OK(check("GET", long_one, "HTTP/1.1", LINES("Host: a"), &length));
}

TEST(header_names_are_tokens_and_values_hold_no_controls)
{
    CHECK_ERR(check("GET", "/", "HTTP/1.1", LINES("Host: a", "Content-Length : 0"), &length), ERR_REQUEST);
    CHECK_ERR(check("GET", "/", "HTTP/1.1", LINES("Host: a", "X\x01: 0"), &length), ERR_REQUEST);
    CHECK_ERR(check("GET", "/", "HTTP/1.1", LINES("Host: a", "X: a\x01z"), &length), ERR_REQUEST);
    CHECK_OK(check("GET", "/", "HTTP/1.1", LINES("Host: a", "X: a\tz"), &length));
}

TEST(too_many_headers_are_refused)
{
    const char *lines[MOST + 1] = {"Host: a"};
    for (int i = 1; i < GUARD_HEADERS_MAX; i++)
        lines[i] = "X: y";
    CHECK_OK(check("GET", "/", "HTTP/1.1", lines, &length));
    lines[GUARD_HEADERS_MAX] = "X: y";
    CHECK_ERR(check("GET", "/", "HTTP/1.1", lines, &length), ERR_REQUEST);
}

TEST(other_versions_and_methods_that_are_no_token_are_refused)
{
    CHECK_ERR(check("GET", "/", "HTTP/0.9", LINES("Host: a"), &length), ERR_REQUEST);
    CHECK_ERR(check("GET", "/", "HTTP/2.0", LINES("Host: a"), &length), ERR_REQUEST);
    CHECK_ERR(check("G(T", "/", "HTTP/1.1", LINES("Host: a"), &length), ERR_REQUEST);
    CHECK_ERR(check("", "/", "HTTP/1.1", LINES("Host: a"), &length), ERR_REQUEST);
}
