#!/usr/bin/env python3
"""A server beside other commands: commits become visible, secret ones change nothing, a busy stop loses nothing."""
import concurrent.futures
import http.client
import json
import os
import re
import signal
import socket
import threading
import time

from harness import PATIENCE_S, Ledger, Server, equal, main, test, until


def area(server, plot):
    got = server.get(f"/api/parcel/{plot}")
    return got.json()["fields"].get("area_m2") if got.status == 200 else None


@test
def a_commit_of_another_process_is_seen(folder):
    ledger = Ledger(folder)
    server = Server(ledger)
    try:
        ledger.add("parcel", "id,area_m2,as_of\nplot-001,77777,2022-11-30\nplot-new,5,2022-11-30\n", "s-bureau")
        until(lambda: area(server, "plot-001") == 77777, "the new area")
        until(lambda: area(server, "plot-new") == 5, "the new plot")
        equal(server.get("/api/parcel").json()["total"], 25)
        equal(server.get("/api/meta").json()["kinds"]["parcel"]["count"], 25)
        why = server.get("/api/parcel/plot-001/why?field=area_m2").json()["fields"]["area_m2"]
        equal(why["value"], 77777)
    finally:
        equal(server.stop(), 0)


@test
def what_was_changed_while_no_server_ran_is_there_after_a_restart(folder):
    ledger = Ledger(folder)
    server = Server(ledger)
    equal(server.stop(), 0)
    ledger.add("parcel", "id,area_m2,as_of\nplot-001,88888,2022-11-30\n", "s-bureau")
    server = Server(ledger)
    until(lambda: area(server, "plot-001") == 88888, "the new area")
    equal(server.stop(), 0)
    server = Server(ledger)
    equal(area(server, "plot-001"), 88888)
    equal(server.stop(), 0)
    assert not any("atlas built" in line for line in server.lines), "what is on disk is used as it is"


@test
def a_new_port_changes_the_distances_of_all_plots(folder):
    ledger = Ledger(folder)
    server = Server(ledger)
    try:
        far = server.get("/api/parcel/plot-000").json()["fields"]["port_m"]
        ledger.add("facility", "id,name_zh,type,as_of,geometry\nport-3,三号港,port,2022-11-30,POINT(112.852 22.2015)\n", "s-bureau")
        until(lambda: server.get("/api/parcel/plot-000").json()["fields"]["port_m"] == 0, "the new distance")
        assert far > 0
        equal(server.get("/api/parcel/plot-000/why?field=port_m").json()["fields"]["port_m"]["to"]["id"], "port-3")
    finally:
        equal(server.stop(), 0)


@test
def a_source_that_refreshes_less_often_makes_its_stale_rows_fresh(folder):
    ledger = Ledger(folder)
    server = Server(ledger)
    brief = {"where": [], "top": 200, "taken": True}
    try:
        def stale():
            got = server.post("/api/match", brief).json()
            return {s["entity"]["id"] for s in got["sites"] + got["unknowns"] for w in s["warnings"] if w["code"] == "stale"}
        equal(stale(), {"plot-000", "plot-009", "plot-018"})
        ledger.add("source", "id,refresh_d,as_of\ns-bureau,365,2022-11-30\n")
        until(lambda: stale() == set(), "nothing is stale")
    finally:
        equal(server.stop(), 0)


@test
def a_secret_commit_changes_no_public_byte(folder):
    ledger = Ledger(folder)
    server = Server(ledger)
    paths = ["/api/meta", "/api/model", "/api/parcel?limit=200&facets=land_use,park", "/api/park", "/api/source",
             "/api/parcel/plot-001", "/api/parcel/plot-001/why", "/tiles/parcel/5/26/13.mvt"]
    try:
        before = [(a.status, a.headers["etag"], a.body) for a in map(server.get, paths)]
        swaps = re.search(r"lianpu_atlas_swaps_total (\d+)", server.get("/metrics").body.decode()).group(1)
        ledger.add("parcel", "id,name_zh,visibility,promised_to,area_m2,as_of\nplot-001,密,staff,甲公司,1,2022-12-01\n"
                             "plot-secret,密地块,staff,乙公司,2,2022-12-01\n", "s-bureau")
        # A public commit behind it: when it is visible, the secret one has been looked at, too.
        ledger.add("parcel", "id,visibility,promised_to,as_of\nplot-002,restricted,丙公司,2022-12-01\n", "s-bureau")
        ledger.add("park", "id,name_zh,as_of\npark-c,丙园区,2022-11-30\n", "s-paper")
        until(lambda: server.get("/api/park/park-c").status == 200, "the public commit")
        after = [(a.status, a.headers["etag"], a.body) for a in map(server.get, paths)]
        for path, one, two in zip(paths, before, after):
            if path in ("/api/meta", "/api/park"):
                continue
            equal(two, one, path)
        equal(server.get("/api/parcel/plot-secret").status, 404)
        equal(server.get("/api/parcel/plot-secret/why").status, 404)
        equal(int(re.search(r"lianpu_atlas_swaps_total (\d+)", server.get("/metrics").body.decode()).group(1)), int(swaps) + 1)
    finally:
        equal(server.stop(), 0)


@test
def many_rows_at_once_become_a_new_base(folder):
    ledger = Ledger(folder)
    server = Server(ledger)
    try:
        rows = "".join(f"many-{n},{n + 1},2022-11-30\n" for n in range(5000))
        ledger.add("parcel", "id,area_m2,as_of\n" + rows, "s-bureau")
        until(lambda: server.get("/api/parcel").json()["total"] == 5024, "all rows")
        server.event("atlas built")
    finally:
        equal(server.stop(), 0)


@test
def a_build_that_fails_keeps_the_old_atlas_says_so_and_is_tried_again(folder):
    ledger = Ledger(folder)
    server = Server(ledger)
    atlas = str(ledger.path) + ".atlas"
    hidden = atlas + ".away"
    try:
        os.rename(atlas, hidden)
        open(atlas, "w").close()  # no folder: nothing can be written into it
        ledger.add("parcel", "id,area_m2,as_of\nplot-001,55555,2022-11-30\n", "s-bureau")
        server.event("atlas not brought up to date")
        equal(area(server, "plot-001"), 25000, "the old atlas still answers")
        metrics = server.get("/metrics").body.decode()
        assert int(re.search(r"lianpu_atlas_builds_failed_total (\d+)", metrics).group(1)) >= 1
        equal(server.get("/readyz").status, 200)
        os.remove(atlas)
        os.rename(hidden, atlas)
        until(lambda: area(server, "plot-001") == 55555, "the next try")
    finally:
        equal(server.stop(), 0)


@test
def a_supervisor_hears_that_it_is_ready_that_it_lives_and_that_it_stops(folder):
    ledger = Ledger(folder)
    for name in (os.path.join(folder, "notify"), f"@lianpu-live-{os.getpid()}"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as supervisor:
            supervisor.bind(name.replace("@", "\0"))
            supervisor.settimeout(PATIENCE_S)
            server = Server(ledger, env={"NOTIFY_SOCKET": name, "WATCHDOG_USEC": "4000000"})
            try:
                equal(supervisor.recv(200).decode().split("\n")[0], "READY=1")
                equal(server.get("/readyz").status, 200)
                equal([supervisor.recv(200) for _ in range(2)], [b"WATCHDOG=1"] * 2)
            finally:
                equal(server.stop(), 0)
            said = []
            supervisor.setblocking(False)
            try:
                while True:
                    said.append(supervisor.recv(200).decode().split("\n")[0])
            except BlockingIOError:
                pass
            equal(said[-1], "STOPPING=1")
            equal(set(said[:-1]) - {"WATCHDOG=1"}, set())


@test
def a_stop_while_busy_answers_what_was_asked(folder):
    ledger = Ledger(folder)
    server = Server(ledger)
    slow = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_S)
    body = b'{"where":[]}'
    slow.sendall(b"POST /api/match HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) +
                 body[:5])
    until(lambda: server.get("/healthz").status == 200, "the first half has arrived")
    busy = threading.Event()

    def hammer():
        got = []
        while not busy.is_set():
            try:
                got.append(server.get("/api/parcel/plot-001/why").status)
            except (OSError, http.client.HTTPException):
                break
        return got
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        jobs = [pool.submit(hammer) for _ in range(8)]
        until(lambda: re.search(r'why",status="200"\} \d{2}', server.get("/metrics").body.decode()), "the hammering")
        server.process.send_signal(signal.SIGTERM)
        server.event("stopping")
        slow.sendall(body[5:])
        said = b""
        while chunk := slow.recv(65536):
            said += chunk
        busy.set()
        statuses = [s for job in jobs for s in job.result()]
    assert said.startswith(b"HTTP/1.1 200 ") and b"Connection: close" in said, said[:300]
    assert set(statuses) <= {200, 503}, set(statuses)
    equal(server.process.wait(PATIENCE_S), 0)


@test
def a_full_queue_is_refused_at_once_and_says_when_to_come_again(folder):
    server = Server(Ledger(folder))
    try:
        sockets = []
        ask = b"GET /api/parcel/plot-001/why HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        for _ in range(400):
            s = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_S)
            s.sendall(ask)
            sockets.append(s)
        answers = []
        for s in sockets:
            said = b""
            while chunk := s.recv(65536):
                said += chunk
            answers.append(said)
            s.close()
        for said in answers:
            if said.startswith(b"HTTP/1.1 503 "):
                assert b"Retry-After: 2" in said and b"ERR_BUSY" in said, said
            else:
                assert said.startswith(b"HTTP/1.1 200 "), said[:100]
    finally:
        equal(server.stop(), 0)


@test
def readers_see_whole_atlases_while_they_are_swapped(folder):
    ledger = Ledger(folder)
    server = Server(ledger)
    done = threading.Event()
    try:
        def read():
            while not done.is_set():
                got = server.get("/api/parcel?limit=200&filter=" + "area_m2%3D31%20OR%20area_m2%3D32").json()
                areas = {i["fields"]["area_m2"] for i in got["items"] if not i.get("maybe")}
                assert len(areas) <= 1, f"two commits in one answer: {areas}"
        with concurrent.futures.ThreadPoolExecutor(3) as pool:
            jobs = [pool.submit(read) for _ in range(3)]
            for turn in range(10):
                value = 31 + turn % 2
                ledger.add("parcel", f"id,area_m2,as_of\nplot-001,{value},2022-12-01\nplot-002,{value},2022-12-01\n", "s-bureau")
                until(lambda: area(server, "plot-002") == value, "the commit")
            done.set()
            for job in jobs:
                job.result()
    finally:
        done.set()
        equal(server.stop(), 0)


@test
def the_log_is_json_and_tells_where_it_listens(folder):
    server = Server(Ledger(folder, sample=False), "--map-approval", "粤S(2022)001号")
    try:
        event = server.event("listening")
        assert event["address"].startswith("127.0.0.1:") and event["map_approval"] == "粤S(2022)001号"
    finally:
        equal(server.stop(), 0)
    assert all(json.loads(line) for line in server.lines if line), server.lines
    server.event("stopped")


main()
