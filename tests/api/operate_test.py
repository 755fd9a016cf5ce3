#!/usr/bin/env python3
"""What tells an operator how the server is: metrics, the log's request lines, request ids."""
import json
import os
import pathlib

import prometheus
from harness import Ledger, Server, equal, main, test, until


def scrape(server):
    got = server.get("/metrics")
    equal(got.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8")
    return prometheus.parse(got.body.decode())


def value(families, name, **labels):
    return families[name].samples[(name, tuple(labels.items()))]


def ask_a_little(server):
    for path in ("/api/parcel?limit=3", "/api/parcel/none", "/api/parcel?limit=none", "/nowhere", "/api/parcel/plot-001/why", "/"):
        server.get(path)
    server.raw(b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")


@test
def every_line_of_the_metrics_is_what_prometheus_reads_and_counters_only_grow(server):
    ask_a_little(server)
    before = scrape(server)
    ask_a_little(server)
    after = scrape(server)
    prometheus.never_less(before, after)
    route = {"method": "GET", "route": "/api/{kind}/{id}"}
    assert value(after, "lianpu_requests_total", **route, status="404") > value(before, "lianpu_requests_total", **route, status="404")
    assert value(after, "lianpu_requests_refused_total") > value(before, "lianpu_requests_refused_total")
    for name, family in after.items():
        assert family.samples, f"{name} has no sample"


@test
def requests_by_status_and_the_histogram_count_the_same(server):
    ask_a_little(server)

    def same():  # a request is counted when its answer is out: the client may be quicker
        families = scrape(server)
        by_route = {}
        for (_, labels), count in families["lianpu_requests_total"].samples.items():
            key = tuple(pair for pair in labels if pair[0] != "status")
            by_route[key] = by_route.get(key, 0) + count
        return by_route == {labels: count for (name, labels), count in families["lianpu_request_seconds"].samples.items()
                            if name.endswith("_count")}
    until(same, "both count the same")


@test
def the_limits_that_were_told_are_the_ones_shown(folder):
    path = pathlib.Path(folder) / "lianpu.yaml"
    path.write_text("queue: 17\nconnections: 77\nworkers: 1\n", encoding="utf-8")
    server = Server(Ledger(folder, sample=False), "--config", str(path), "--connections", "88")
    try:
        families = scrape(server)
        equal((value(families, "lianpu_queue_limit"), value(families, "lianpu_connections_limit")), (17, 88))
        until(lambda: value(scrape(server), "lianpu_connections") == 1, "the connection that asks is the only one")
    finally:
        equal(server.stop(), 0)


@test
def commits_lag_and_the_wal_are_told_where_the_operator_says_so(folder):
    ledger = Ledger(folder)
    plain = Server(ledger)
    try:
        hidden = {"lianpu_atlas_commit", "lianpu_ledger_commit", "lianpu_atlas_lag_commits", "lianpu_atlas_lag_seconds", "lianpu_ledger_wal_bytes"}
        equal(hidden & set(scrape(plain)), set())
    finally:
        equal(plain.stop(), 0)
    server = Server(ledger, "--metrics-ledger")
    try:
        # An atlas that was there already is served at once, and brought up to date then.
        until(lambda: value(scrape(server), "lianpu_atlas_lag_commits") == 0, "nothing is behind at first")
        before = scrape(server)
        assert hidden <= set(before)
        ledger.add("parcel", "id,area_m2,as_of\nplot-001,31,2022-12-01\n", "s-bureau")
        until(lambda: value(scrape(server), "lianpu_atlas_commit") == value(before, "lianpu_ledger_commit") + 1, "the commit is shown")
        until(lambda: value(scrape(server), "lianpu_atlas_lag_commits") == 0, "nothing is behind")
        after = scrape(server)
        prometheus.never_less(before, after)
        equal(value(after, "lianpu_ledger_commit"), value(after, "lianpu_atlas_commit"))
        equal(value(after, "lianpu_atlas_lag_seconds"), 0)
        wal = str(ledger.path) + "-wal"
        equal(value(after, "lianpu_ledger_wal_bytes"), os.path.getsize(wal) if os.path.exists(wal) else 0)
    finally:
        equal(server.stop(), 0)


def requests(server):
    return [event for event in map(json.loads, filter(None, server.lines)) if event["event"] == "request"]


@test
def each_request_has_a_line_with_its_id_where_all_are_wanted(folder):
    server = Server(Ledger(folder), "--log-requests", "all")
    try:
        kept = server.get("/api/parcel/none?lang=en", X_Request_Id="desk-17.a")
        equal(kept.headers["x-request-id"], "desk-17.a")
        made = [server.get("/healthz", X_Request_Id=bad).headers["x-request-id"] for bad in ("two words", "x" * 65, 'a"b', "é")]
        assert all(len(one) == 32 and set(one) <= set("0123456789abcdef") for one in made) and len(set(made)) == 4, made
    finally:
        equal(server.stop(), 0)
    lines = {event["request"]: event for event in requests(server)}
    line = lines["desk-17.a"]
    equal([line[name] for name in ("level", "method", "path", "route", "status", "whole")],
          ["info", "GET", "/api/parcel/none", "/api/{kind}/{id}", "404", "true"])
    equal(int(line["bytes"]), len(kept.body))
    assert float(line["ms"]) > 0
    assert all(lines[one]["path"] == "/healthz" and lines[one]["status"] == "200" for one in made)
    assert not any("lang=en" in text for text in server.lines), "the query is in the log"


@test
def only_failed_and_malformed_requests_have_a_line_unless_told_and_none_if_told(folder):
    ledger = Ledger(folder)
    for options, want in (((), ["400"]), (("--log-requests", "none"), [])):
        server = Server(ledger, *options)
        try:
            until(lambda: server.get("/readyz").status == 200, "the atlas")
            ask_a_little(server)
        finally:
            equal(server.stop(), 0)
        equal([event["status"] for event in requests(server) if event["status"] != "503"], want)


@test
def a_path_of_any_length_has_a_line_and_one_line(folder):
    server = Server(Ledger(folder, sample=False), "--log-requests", "all")
    try:
        server.get("/" + "a" * 4000, X_Request_Id="long")
        server.get("/%0A%22x%22", X_Request_Id="odd")
    finally:
        equal(server.stop(), 0)
    lines = {event["request"]: event for event in requests(server)}
    assert lines["long"]["path"].startswith("/aaaa") and len(lines["long"]["path"]) <= 255
    equal(lines["odd"]["path"], "/%0A%22x%22")


main()
