#include "http/reply.h"
#include "test.h"
#include <stdio.h>
#include <string.h>

static Request req;
static Reply reply;
static Wire wire;
static Header headers[4];

static void begin(const char *name, const char *value)
{
    request_init(&req, NULL);
    req.method = STR("GET");
    headers[0] = (Header){str_of(name), str_of(value)};
    request_read_headers(&req, headers, name[0] ? 1 : 0);
}

static Str header(const char *name)
{
    for (uint32_t i = 0; i < wire.header_count; i++)
        if (str_is(wire.headers[i].name, name))
            return wire.headers[i].value;
    return STR("");
}

static void answer(const char *body)
{
    buf_clear(&req.out);
    buf_c(&req.out, body);
    reply_json(&reply, &req);
    reply_finish(&reply, &req, &wire);
}

TEST(an_answer_bears_its_tag_and_what_keeps_the_page_safe)
{
    begin("", "");
    answer("{}");
    CHECK_EQ(wire.status, 200);
    CHECK_EQ(header("ETag").len, 34);
    CHECK(str_starts(header("Content-Security-Policy"), "default-src 'self';"));
    CHECK_STR(header("X-Content-Type-Options"), "nosniff");
    CHECK_STR(header("Cache-Control"), "no-cache");
    CHECK(header("X-Request-Id").len == 32);
    request_done(&req);
}

TEST(the_same_tag_again_is_answered_with_304_and_no_body)
{
    begin("", "");
    answer("{\"a\":1}");
    char tag[64];
    snprintf(tag, sizeof tag, STR_FMT, STR_ARG(header("ETag")));
    request_done(&req);
    begin("If-None-Match", tag);
    answer("{\"a\":1}");
    CHECK_EQ(wire.status, 304);
    CHECK_EQ(wire.body.len, 0);
    CHECK_STR(header("ETag"), tag);
    answer("{\"a\":2}");
    CHECK_EQ(wire.status, 200);
    request_done(&req);
}

TEST(an_encoded_answer_has_a_tag_of_its_own_that_tells_the_same_content)
{
    char body[4000];
    memset(body, 'a', sizeof body - 1);
    body[sizeof body - 1] = '\0';
    begin("Accept-Encoding", "gzip");
    answer(body);
    CHECK_STR(header("Content-Encoding"), "gzip");
    Str tag = header("ETag");
    CHECK_EQ(tag.len, 37);
    CHECK(memcmp(tag.ptr + 33, "-gz\"", 4) == 0);
    char plain[64];
    snprintf(plain, sizeof plain, "%.33s\"", tag.ptr);
    headers[1] = (Header){STR("If-None-Match"), str_of(plain)};
    request_read_headers(&req, headers, 2);
    answer(body);
    CHECK_EQ(wire.status, 304);
    request_done(&req);
}

TEST(a_request_id_is_taken_if_it_is_plain)
{
    begin("X-Request-Id", "desk-17.a");
    CHECK_STR(str_of(req.id), "desk-17.a");
    request_done(&req);
    begin("X-Request-Id", "bad id");
    CHECK_EQ(strlen(req.id), 32);
    request_done(&req);
}

TEST(a_fault_becomes_a_sentence_in_the_language_asked_for)
{
    begin("Accept-Language", "en");
    CHECK_ERR(fail(ERR_ID_UNKNOWN, "kind", "park", "id", "x", NULL), ERR_ID_UNKNOWN);
    reply_fault(&reply, &req, fault_last());
    reply_finish(&reply, &req, &wire);
    CHECK_EQ(wire.status, 404);
    CHECK(strstr(req.out.ptr, "There is no park “x”") != NULL);
    CHECK(strstr(req.out.ptr, "\"code\":\"ERR_ID_UNKNOWN\"") != NULL);
    CHECK_STR(header("Cache-Control"), "no-store");
    CHECK_EQ(header("ETag").len, 0);
    request_done(&req);
}

TEST(what_failed_inside_is_not_told_to_the_world)
{
    begin("", "");
    CHECK_ERR(fail(ERR_DB_CORRUPT, "path", "/srv/secret.db", "detail", "page 7", NULL), ERR_DB_CORRUPT);
    Fault fault = *fault_last();
    reply_fault(&reply, &req, &fault);
    CHECK_EQ(reply.status, 507);
    CHECK(memmem(req.out.ptr, req.out.len, "secret", 6) == NULL);
    CHECK(memmem(req.out.ptr, req.out.len, "page 7", 6) == NULL);
    request_done(&req);
}

TEST(a_full_queue_says_when_to_come_again)
{
    begin("", "");
    CHECK_ERR(fail(ERR_BUSY, "retry_s", "2", NULL), ERR_BUSY);
    reply_fault(&reply, &req, fault_last());
    reply_finish(&reply, &req, &wire);
    CHECK_EQ(wire.status, 503);
    CHECK_STR(header("Retry-After"), "2");
    request_done(&req);
}

TEST(every_code_has_a_status)
{
    for (int code = OK + 1; code < ERR_COUNT; code++)
        CHECK(status_of((Err)code) >= 400 && status_of((Err)code) < 600);
    CHECK_EQ(status_of(ERR_METHOD), 405);
    CHECK_EQ(status_of(ERR_BODY_TYPE), 415);
    CHECK_EQ(status_of(ERR_BODY_SIZE), 413);
}
