#!/usr/bin/env python3
"""Raw bytes: what two servers in a row could understand differently is refused, and nothing behind it is ever answered."""
import re
import socket
import time

from harness import equal, main, test

SECOND = b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Request-Id: smuggled\r\n\r\n"


def statuses(data):
    return [int(s) for s in re.findall(rb"HTTP/1\.[01] (\d{3}) ", data)]


def refused(server, head, behind=SECOND):
    """Refused with 400 or the like, the connection is closed, and the request behind it is not answered."""
    said, closed = server.raw(head + behind)
    got = statuses(said)
    assert closed, f"left open after {head[:120]!r}: {said[:200]!r}"
    assert all(400 <= status < 600 for status in got), (head[:120], said[:300])
    assert b"smuggled" not in said, (head[:120], said[:300])


POST = b"POST /api/match HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@test
def two_lengths_are_refused(server):
    refused(server, POST + b"Content-Length: 2\r\nContent-Length: 90\r\n\r\n{}")
    refused(server, POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}")
    refused(server, POST + b"Content-Length: 2, 2\r\n\r\n{}")


@test
def a_length_beside_chunks_is_refused(server):
    refused(server, POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
    refused(server, POST + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n")


@test
def disguised_transfer_encodings_are_refused(server):
    for coding in (b"xchunked", b"chunked, identity", b"identity", b"gzip, chunked", b" chunked\r\nTransfer-Encoding: x", b"\x0bchunked"):
        refused(server, POST + b"Transfer-Encoding: " + coding + b"\r\n\r\n0\r\n\r\n")
    refused(server, POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n")
    refused(server, b"POST /api/match HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")


@test
def lengths_that_are_no_plain_number_are_refused(server):
    for length in (b"+2", b"-2", b"0x2", b"2 ", b"", b"2;", b"99999999999999999999999", b"1e1"):
        if length.strip() == b"2":
            continue
        refused(server, POST + b"Content-Length: " + length + b"\r\n\r\n{}")
    refused(server, POST + b"Content-Length : 2\r\n\r\n{}")


@test
def a_get_with_a_body_is_refused(server):
    refused(server, b"GET /api/meta HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello")
    refused(server, b"GET /api/meta HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")


@test
def host_missing_twice_or_strange_is_refused(server):
    refused(server, b"GET /api/meta HTTP/1.1\r\n\r\n")
    refused(server, b"GET /api/meta HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
    refused(server, b"GET /api/meta HTTP/1.1\r\nHost: a/b@c\r\n\r\n")
    refused(server, b"GET http://evil/api/meta HTTP/1.1\r\nHost: x\r\n\r\n")


@test
def addresses_with_nul_controls_or_half_an_escape_are_refused(server):
    for path in (b"/api/parcel/%00", b"/api/parcel/%", b"/api/parcel/%2", b"/api/parcel/%zz", b"/api/parcel?filter=%G1", b"/a\x01b",
                 b"/a\x7fb", b"\\api\\meta", b"/api/meta#x", b"*", b"api/meta"):
        refused(server, b"GET " + path + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    refused(server, b"GET /api/me ta HTTP/1.1\r\nHost: x\r\n\r\n")


@test
def headers_with_controls_or_strange_names_are_refused(server):
    refused(server, b"GET /api/meta HTTP/1.1\r\nHost: x\r\nX: a\x01b\r\n\r\n")
    refused(server, b"GET /api/meta HTTP/1.1\r\nHost: x\r\nX(y): a\r\n\r\n")
    refused(server, b"GET /api/meta HTTP/1.1\r\nHost: x\r\nno colon here\r\n\r\n")
    refused(server, b"GET /api/meta HTTP/1.1\r\n Host: x\r\n\r\n")


@test
def addresses_and_headers_beyond_their_limits_are_refused(server):
    refused(server, b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    refused(server, b"GET /" + b"a" * 3_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    refused(server, b"GET /api/meta HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 100 + b"\r\n")
    refused(server, b"GET /api/meta HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 10_000 + b"\r\n\r\n")


@test
def other_versions_and_noise_are_refused(server):
    for line in (b"GET /api/meta HTTP/0.9", b"GET /api/meta HTTP/2.0", b"GET /api/meta HTTP/9.9", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc",
                 b"GET /api/meta", b"G(T /api/meta HTTP/1.1"):
        refused(server, line + b"\r\nHost: x\r\n\r\n")


@test
def a_refused_request_hears_one_sentence_and_its_number(server):
    said, _ = server.raw(b"POST /api/match HTTP/1.1\r\nHost: x\r\nX-Request-Id: r-1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}")
    equal(statuses(said), [400])
    text = said.decode()
    assert "Content-Length 不止一个" in text and '"request":"r-1"' in text and "Connection: close" in text, text


@test
def requests_in_one_packet_are_answered_one_after_the_other(server):
    get = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    post = POST + b"Content-Length: 2\r\n\r\n{}"
    chunked = POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
    last = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    said, closed = server.raw(get + post + chunked + get + last, wait_s=20)
    equal(statuses(said), [200] * 5)
    assert closed


@test
def a_refused_body_is_not_taken_for_a_request(server):
    """A 413 or 404 whose body is read and forgotten: what the body holds is never answered."""
    body = SECOND * 2000
    said, closed = server.raw(POST + b"Content-Length: %d\r\n\r\n" % len(body) + body, wait_s=20)
    equal(statuses(said), [413])
    assert closed
    said, closed = server.raw(b"POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(SECOND) + SECOND, wait_s=20)
    equal(statuses(said), [404])
    assert closed


@test
def a_request_that_never_ends_leaves_the_others_alone(server):
    halves = []
    for _ in range(50):
        s = socket.create_connection(("127.0.0.1", server.port))
        s.sendall(b"GET /api/meta HTTP/1.1\r\nHost: x\r\nX: ")
        halves.append(s)
    start = time.monotonic()
    equal(server.get("/api/meta").status, 200)
    assert time.monotonic() - start < 5
    for s in halves:
        s.close()


main()
