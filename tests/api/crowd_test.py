#!/usr/bin/env python3
"""Admission: who does little keeps nobody from being answered, and what is too much is refused at once."""
import http.client
import pathlib
import socket
import threading
import time

import harness
from crowd import Crowd, percentile
from harness import PATIENCE_S, Ledger, Server, equal, main, test

PATHS = ("/api/parcel?limit=5", "/tiles/parcel/9/415/223.mvt", "/api/meta", "/api/parcel/plot-001/why", "/healthz")


def timed(server, seconds):
    """Requests one after another, each over a connection of its own and over one that is kept: ms."""
    taken, end = [], time.monotonic() + seconds
    kept = server.connect()
    while time.monotonic() < end:
        for path in PATHS:
            for connection in (kept, server.connect()):
                start = time.monotonic()
                connection.request("GET", path)
                answer = connection.getresponse()
                answer.read()
                taken.append((time.monotonic() - start) * 1000)
                assert answer.status in (200, 204), f"{path}: {answer.status}"
                if connection is not kept:
                    connection.close()
        time.sleep(0.01)
    kept.close()
    return taken


@test
def idle_and_slow_clients_in_crowds_slow_nobody_down(folder):
    server = Server(Ledger(folder), "--connections", "4000")
    try:
        crowd = Crowd(server.port, idle=2000, slow=500)
        taken = timed(server, 6)
        told = crowd.end()
        equal(told["statuses"], [200])
        equal((told["idle_ended"], told["slow_ended"], told["slow_answered"]), (0, 0, 500), told)
        assert told["bytes_sent"] >= 500 * 3, told
        assert percentile(taken, 99) < 250, f"p99 {percentile(taken, 99):.1f} ms of {len(taken)}, {told}"
    finally:
        equal(server.stop(), 0)


@test
def idle_connections_end_after_their_time_and_make_room_for_who_waits(folder):
    server = Server(Ledger(folder, sample=False), "--connections", "16", "--idle-seconds", "1", "--threads", "1")
    try:
        crowd = [socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_S) for _ in range(16)]
        start = time.monotonic()
        equal(server.get("/healthz").status, 200)  # the seventeenth: accepted when the others are over
        assert time.monotonic() - start > 0.3, "the limit of connections did not hold"
        equal([s.recv(1) for s in crowd], [b""] * 16)
    finally:
        equal(server.stop(), 0)


@test
def fewer_connections_than_told_are_opened_and_said_where_fewer_files_may_be_open(folder):
    program = harness.LIANPU
    script = pathlib.Path(folder) / "few-files"
    script.write_text(f'#!/bin/sh\nulimit -n 600\nexec "{pathlib.Path(program).resolve()}" "$@"\n')
    script.chmod(0o755)
    ledger = Ledger(folder, sample=False)
    try:
        harness.LIANPU = str(script)
        server = Server(ledger, "--connections", "1000")
    finally:
        harness.LIANPU = program
    try:
        told = server.event("fewer connections than told")
        equal((told["connections"], told["told"]), ("344", "1000"))
        assert "\nlianpu_connections_limit 344\n" in server.get("/metrics").body.decode()
    finally:
        equal(server.stop(), 0)


def a_crowd_is_refused_at_once(folder, *asks):
    """One worker and a queue of two, twelve who ask at once: some are answered, the others refused, and reads go on."""
    server = Server(Ledger(folder), "--queue", "2", "--workers", "1")
    statuses, reads, problems = [set() for _ in asks], [], []
    done = threading.Event()

    def hammer():
        try:
            for n in range(40):
                crowd = [socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_S) for _ in range(12)]
                for s in crowd:
                    s.sendall(asks[n % len(asks)])
                for s in crowd:
                    answer = http.client.HTTPResponse(s)
                    answer.begin()
                    body = answer.read()
                    statuses[n % len(asks)].add(answer.status)
                    if answer.status == 503 and (answer.getheader("Retry-After") != "2" or b"ERR_BUSY" not in body):
                        problems.append(body)
                    s.close()
        finally:
            done.set()
    try:
        thread = threading.Thread(target=hammer)
        thread.start()
        while not done.is_set():
            start = time.monotonic()
            equal(server.get("/api/parcel?limit=5").status, 200)
            reads.append((time.monotonic() - start) * 1000)
        thread.join()
        equal((statuses, problems), ([{200, 503} for _ in asks], []))
        assert percentile(reads, 99) < 250, f"p99 {percentile(reads, 99):.1f} ms of {len(reads)}"
    finally:
        equal(server.stop(), 0)


def posted(brief):
    return (f"POST /api/match HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(brief)}\r\n\r\n{brief}").encode()


@test
def a_full_queue_answers_503_at_once_while_reads_go_on(folder):
    a_crowd_is_refused_at_once(folder, b"GET /api/parcel/plot-001/why HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")


@test
def plots_are_put_together_by_a_worker_however_the_member_is_spelt(folder):
    brief = '{"where":[{"field":"area_m2","min":400000}],"%s":{"gap_m":30,"max_plots":12}}'
    a_crowd_is_refused_at_once(folder, *[posted(brief % member) for member in ("assemble", "\\u0061ssemble")])


main()
