#include "http/reply.h"
#include "app/basemap.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"
#include "http/encoding.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>

static const char JSON_TYPE[] = "application/json; charset=utf-8";

int status_of(Err code)
{
    switch (code) {
    case ERR_METHOD:
        return 405;
    case ERR_BODY_TYPE:
        return 415;
    default:
        break;
    }
    switch (err_class(code)) {
    case CLASS_OK:
        return 200;
    case CLASS_INPUT:
        return 400;
    case CLASS_NOT_FOUND:
        return 404;
    case CLASS_CONFLICT:
        return 409;
    case CLASS_TOO_LARGE:
        return 413;
    case CLASS_BUSY:
        return 503;
    case CLASS_STORAGE:
        return 507;
    case CLASS_INTERNAL:
        break;
    }
    return 500;
}

void reply_json(Reply *reply, Request *req)
{
    reply_bytes(reply, JSON_TYPE, buf_view(&req->out));
}

void reply_bytes(Reply *reply, const char *type, Str body)
{
    *reply = (Reply){.status = 200, .type = type, .body = body};
}

/* What failed inside is for the log; the world is told that it failed, not where the files lie. */
static Fault told(const Request *req, const Fault *fault)
{
    FaultClass class = err_class(fault->code);
    if (class != CLASS_STORAGE && class != CLASS_INTERNAL)
        return *fault;
    Buf sentence;
    buf_init(&sentence, 2048);
    sentence_write(&sentence, LANG_EN, fault);
    log_event(LOG_ERROR, "request failed", "request", req->id, "path", str_c(req->path), "code",
              err_name(fault->code), "sentence", str_c(buf_view(&sentence)), NULL);
    buf_done(&sentence);
    return (Fault){.code = fault->code};
}

static void write_sentence(JsonOut *out, Lang lang, const Fault *fault)
{
    Buf sentence;
    buf_init(&sentence, 4096);
    Fault plain = {.code = ERR_INTERNAL};
    bool inside = err_class(fault->code) == CLASS_STORAGE;
    sentence_write(&sentence, lang, inside ? &plain : fault);
    out_str(out, buf_view(&sentence));
    buf_done(&sentence);
}

void reply_fault(Reply *reply, Request *req, const Fault *given)
{
    Fault fault = told(req, given);
    buf_clear(&req->out);
    JsonOut out = json_out(&req->out);
    out_object(&out);
    out_name(&out, "error");
    out_object(&out);
    out_name(&out, "code");
    out_c(&out, err_name(fault.code));
    out_name(&out, "sentence");
    write_sentence(&out, req->lang, &fault);
    out_name(&out, "args");
    out_object(&out);
    for (int i = 0; i < fault.count; i++) {
        out_name(&out, fault.args[i].name);
        out_c(&out, fault.args[i].text);
    }
    out_object_end(&out);
    out_object_end(&out);
    out_name(&out, "request");
    out_c(&out, req->id);
    out_object_end(&out);
    reply_json(reply, req);
    reply->status = status_of(fault.code);
    reply->private = true;
    if (fault.code == ERR_METHOD)
        reply->allow = str_copy(req->arena, str_of(fault_arg(&fault, "allowed"))).ptr;
    int64_t retry;
    if (err_class(fault.code) == CLASS_BUSY)
        reply->retry_s = str_int(str_of(fault_arg(&fault, "retry_s")), &retry) ? (int)retry : 2;
}

static void add(Wire *wire, const char *name, const char *value)
{
    assert(wire->header_count < REPLY_HEADERS_MAX);
    wire->headers[wire->header_count++] = (Pair){str_of(name), str_of(value)};
}

#define POLICY(images, connects)                                                                             \
    "default-src 'self'; img-src 'self' data: blob:" images                                                  \
    "; worker-src 'self'; style-src 'self'; connect-src 'self'" connects                                     \
    "; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"

/* What a page may fetch: from here, and from the tile service that the deployment named. */
static const char *policy(Request *req)
{
    const char *hosts = basemap_hosts(req->app ? app_config(req->app)->basemap : NULL);
    if (!hosts[0])
        return POLICY("", "");
    Buf text;
    buf_init(&text, 2 * BASEMAP_URL_MAX + 500);
    buf_fmt(&text, POLICY("%s", "%s"), hosts, hosts);
    const char *kept = str_copy(req->arena, buf_view(&text)).ptr;
    buf_done(&text);
    return kept;
}

/* A tile service may give its key to this site alone, and knows it by the referrer. */
static const char *referrer_policy(const Request *req)
{
    return req->app && basemap_hosts(app_config(req->app)->basemap)[0] ? "strict-origin" : "no-referrer";
}

static void add_security(Wire *wire, Request *req)
{
    add(wire, "Content-Security-Policy", policy(req));
    add(wire, "X-Content-Type-Options", "nosniff");
    add(wire, "X-Frame-Options", "DENY");
    add(wire, "Referrer-Policy", referrer_policy(req));
    add(wire, "Cross-Origin-Opener-Policy", "same-origin");
    add(wire, "Cross-Origin-Resource-Policy", "same-origin");
    add(wire, "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
}

/* The prepared bytes if there are some, else made now; identity when it does not pay. */
static Encoding encode(const Reply *reply, Request *req, Str *ret_body)
{
    Encoding encoding = encoding_accepted(request_header(req, "Accept-Encoding"));
    *ret_body = reply->body;
    if (encoding == ENCODING_IDENTITY || reply->ranges || reply->body.len < REPLY_COMPRESS_MIN ||
        strncmp(reply->type, "image/", 6) == 0)
        return ENCODING_IDENTITY;
    if (encoding == ENCODING_BROTLI && reply->brotli.len) {
        *ret_body = reply->brotli;
        return encoding;
    }
    if (encoding == ENCODING_GZIP && reply->gzip.len) {
        *ret_body = reply->gzip;
        return encoding;
    }
    if (strncmp(reply->type, "font/", 5) == 0)
        return ENCODING_IDENTITY; /* woff2 is compressed already */
    return encoding_apply(encoding, reply->body, req->arena, ret_body) ? encoding : ENCODING_IDENTITY;
}

/* A strong tag is of the very bytes, so each encoding has its own; only the ending differs, so that any of
 * them tells that the content has not changed. */
static Str entity_tag(const Reply *reply, Request *req, Encoding encoding)
{
    char digest[33];
    if (reply->etag)
        snprintf(digest, sizeof digest, "%s", reply->etag);
    else
        hash_hex(reply->body.ptr, reply->body.len, digest);
    char *tag = arena_alloc(req->arena, 48);
    const char *const endings[] = {"", "-gz", "-br"};
    snprintf(tag, 48, "\"%s%s\"", digest, endings[encoding]);
    return str_of(tag);
}

static bool unchanged(Request *req, Str tag, Encoding encoding)
{
    Str asked = request_header(req, "If-None-Match");
    if (asked.len == 0)
        return false;
    if (etag_matches(asked, tag))
        return true;
    if (encoding == ENCODING_IDENTITY)
        return false;
    char plain[48];
    snprintf(plain, sizeof plain, STR_FMT "\"", (int)(tag.len - 4), tag.ptr);
    return etag_matches(asked, str_of(plain));
}

static void add_caching(const Reply *reply, Request *req, Encoding encoding, Wire *wire)
{
    if (reply->private) {
        add(wire, "Cache-Control", "no-store");
        add(wire, "Vary", "Accept, Accept-Encoding, Accept-Language");
        return;
    }
    Str tag = entity_tag(reply, req, encoding);
    add(wire, "ETag", tag.ptr);
    add(wire, "Cache-Control", reply->immutable ? "public, max-age=31536000, immutable" : "no-cache");
    add(wire, "Vary", reply->by_language ? "Accept-Encoding, Accept-Language" : "Accept-Encoding");
    bool reading = str_is(req->method, "GET") || str_is(req->method, "HEAD");
    if ((wire->status == 200 || wire->status == 204) && reading && unchanged(req, tag, encoding)) {
        wire->status = 304;
        wire->body = STR("");
    }
}

void reply_finish(const Reply *reply, Request *req, Wire *ret)
{
    *ret = (Wire){.status = reply->status};
    Encoding encoding = encode(reply, req, &ret->body);
    add_caching(reply, req, encoding, ret);
    if (ret->status != 304 && ret->body.len) {
        add(ret, "Content-Type", reply->type);
        if (encoding != ENCODING_IDENTITY)
            add(ret, "Content-Encoding", encoding_name(encoding));
    }
    add_security(ret, req);
    add(ret, "X-Request-Id", req->id);
    if (reply->ranges)
        add(ret, "Accept-Ranges", "bytes");
    if (reply->range)
        add(ret, "Content-Range", reply->range);
    if (reply->allow)
        add(ret, "Allow", reply->allow);
    if (reply->file_name) {
        const char *parts[] = {"attachment; filename=\"", reply->file_name, "\""};
        Buf text;
        buf_init(&text, 256);
        for (int i = 0; i < 3; i++)
            buf_c(&text, parts[i]);
        add(ret, "Content-Disposition", str_copy(req->arena, buf_view(&text)).ptr);
        buf_done(&text);
    }
    if (reply->retry_s)
        add(ret, "Retry-After", str_copy(req->arena, str_of(num_c(reply->retry_s))).ptr);
    if (reply->close)
        add(ret, "Connection", "close");
}
