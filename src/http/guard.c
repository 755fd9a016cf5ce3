#include "http/guard.h"
#include <string.h>

Str header_find(const Header *headers, uint32_t count, const char *name)
{
    for (uint32_t i = 0; i < count; i++)
        if (str_is_caseless(headers[i].name, name))
            return headers[i].value;
    return STR("");
}

static uint32_t header_count(const GuardInput *input, const char *name, Str *ret_value)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < input->header_count; i++) {
        if (!str_is_caseless(input->headers[i].name, name))
            continue;
        count++;
        *ret_value = input->headers[i].value;
    }
    return count;
}

static bool is_token(Str text)
{
    static const char also[] = "!#$%&'*+-.^_`|~"; /* RFC 9110 §5.6.2 */
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool letter = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!letter && (c == '\0' || !strchr(also, c)))
            return false;
    }
    return text.len > 0;
}

static Err refuse(const char *detail)
{
    return fail(ERR_REQUEST, "detail", detail, NULL);
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static Err check_uri(Str uri)
{
    if (uri.len > GUARD_URI_MAX)
        return refuse("the address is too long");
    if (uri.len == 0 || uri.ptr[0] != '/')
        return refuse("the address does not begin with /");
    for (size_t i = 0; i < uri.len; i++) {
        unsigned char c = (unsigned char)uri.ptr[i];
        if (c <= 0x20 || c == 0x7F || c == '#' || c == '\\')
            return refuse("the address holds a character that must be percent-encoded");
        if (c != '%')
            continue;
        if (i + 2 >= uri.len || hex_digit(uri.ptr[i + 1]) < 0 || hex_digit(uri.ptr[i + 2]) < 0)
            return refuse("a percent sign in the address is not followed by two hexadecimal digits");
        if (uri.ptr[i + 1] == '0' && uri.ptr[i + 2] == '0')
            return refuse("the address holds a NUL");
    }
    return OK;
}

static Err check_headers(const GuardInput *input)
{
    if (input->header_count > GUARD_HEADERS_MAX)
        return refuse("there are too many headers");
    for (uint32_t i = 0; i < input->header_count; i++) {
        const Header *header = &input->headers[i];
        if (!is_token(header->name))
            return refuse("a header's name is not a token");
        if (header->value.len > GUARD_HEADER_BYTES_MAX)
            return refuse("a header is too long");
        for (size_t k = 0; k < header->value.len; k++) {
            unsigned char c = (unsigned char)header->value.ptr[k];
            if ((c < 0x20 && c != '\t') || c == 0x7F)
                return refuse("a header holds a control character");
        }
    }
    return OK;
}

static Err check_host(const GuardInput *input)
{
    Str host = STR("");
    uint32_t hosts = header_count(input, "Host", &host);
    if (hosts > 1)
        return refuse("there is more than one Host");
    if (hosts == 0)
        return str_is(input->version, "HTTP/1.0") ? OK : refuse("there is no Host");
    for (size_t i = 0; i < host.len; i++)
        if (host.ptr[i] <= 0x20 || strchr("/\\?#@,", host.ptr[i]))
            return refuse("the Host is not a host");
    return host.len ? OK : refuse("the Host is empty");
}

static Err check_length(const GuardInput *input, int64_t *ret_length)
{
    Str length = STR(""), coding = STR("");
    uint32_t lengths = header_count(input, "Content-Length", &length);
    uint32_t codings = header_count(input, "Transfer-Encoding", &coding);
    if (lengths > 1)
        return refuse("there is more than one Content-Length");
    if (codings > 1)
        return refuse("there is more than one Transfer-Encoding");
    if (lengths && codings)
        return refuse("there is both a Content-Length and a Transfer-Encoding");
    if (codings) {
        if (!str_is_caseless(coding, "chunked") || !str_is(input->version, "HTTP/1.1"))
            return refuse("the Transfer-Encoding is not chunked");
        *ret_length = -1;
        return OK;
    }
    int64_t bytes = 0;
    if (lengths) {
        for (size_t i = 0; i < length.len; i++)
            if (length.ptr[i] < '0' || length.ptr[i] > '9')
                return refuse("the Content-Length is not a number");
        if (!str_int(length, &bytes))
            return refuse("the Content-Length is not a number");
    }
    *ret_length = bytes;
    return OK;
}

Err guard_check(const GuardInput *input, int64_t *ret_length)
{
    if (!str_is(input->version, "HTTP/1.1") && !str_is(input->version, "HTTP/1.0"))
        return refuse("the version is neither HTTP/1.1 nor HTTP/1.0");
    if (!is_token(input->method) || input->method.len > 16)
        return refuse("the method is not a token");
    TRY(check_uri(input->uri));
    TRY(check_headers(input));
    TRY(check_host(input));
    int64_t length = 0;
    TRY(check_length(input, &length));
    if (length != 0 && !str_is(input->method, "POST"))
        return refuse("only a POST may have a body");
    *ret_length = length;
    return OK;
}
