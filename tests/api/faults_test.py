#!/usr/bin/env python3
"""Bad input and bad surroundings: one clear sentence in the asker's language, the right status or exit code, nothing kept."""
import json
import os
import re
import socket
import sqlite3
from urllib.parse import quote

from harness import Ledger, Server, equal, main, run, test


def check_sentence(answer, names=()):
    """One sentence in each language, which names what it is about."""
    for name in names:
        assert name in answer.sentence(), f"{name!r} is not in {answer.sentence()!r}"
    assert "\n" not in answer.sentence() and answer.sentence()[-1] in "。.", answer.sentence()
    assert not re.search(r"\{\w*\}|[\[\]]$", answer.sentence()), "a hole that nothing filled: " + answer.sentence()


def refused(server, path, status, code, names=(), names_en=()):
    zh, en = server.get(path), server.get(path + ("&" if "?" in path else "?") + "lang=en")
    for answer in (zh, en):
        equal((answer.status, answer.code()), (status, code), path)
        equal(answer.headers["content-type"], "application/json; charset=utf-8")
        equal(answer.headers["cache-control"], "no-store")
    check_sentence(zh, names)
    check_sentence(en, names_en)
    assert re.search("[一-鿿]", zh.sentence()) and not re.match("[一-鿿]", en.sentence()), (zh.sentence(), en.sentence())


def listing(text):
    return "/api/parcel?filter=" + quote(text)


@test
def an_unknown_field_is_named_with_the_nearest_one(server):
    refused(server, listing("area_m = 3"), 400, "ERR_FIELD_UNKNOWN", ["area_m", "area_m2"], ["area_m2"])
    refused(server, "/api/parcel?sort=colour", 400, "ERR_FIELD_UNKNOWN", ["colour"])
    refused(server, "/api/parcel?facets=land_use,colour", 400, "ERR_FIELD_UNKNOWN", ["colour"])
    refused(server, "/api/parcel/plot-001/why?field=colour", 400, "ERR_FIELD_UNKNOWN", ["colour"])


@test
def a_field_of_others_is_answered_as_one_that_does_not_exist(server):
    for field in ("promised_to", "visibility"):
        refused(server, listing(f"{field} = 'x'"), 400, "ERR_FIELD_UNKNOWN", [field])
        refused(server, f"/api/parcel?sort={field}", 400, "ERR_FIELD_UNKNOWN", [field])
        refused(server, f"/api/parcel?facets={field}", 400, "ERR_FIELD_UNKNOWN", [field])
        refused(server, f"/api/parcel/plot-001/why?field={field}", 400, "ERR_FIELD_UNKNOWN", [field])
        got = server.post("/api/match", {"where": [{"field": field, "in": ["x"]}]})
        equal((got.status, got.code()), (400, "ERR_FIELD_UNKNOWN"))


@test
def a_field_that_is_not_filterable_is_said_to_be_so(server):
    refused(server, listing("office_zh = 'x'"), 400, "ERR_FIELD_NOT_FILTERABLE", ["office_zh"])
    refused(server, "/api/parcel?facets=area_m2", 400, "ERR_FIELD_NOT_FILTERABLE", ["area_m2"])


@test
def a_wrong_unit_type_or_code_says_what_was_expected(server):
    refused(server, listing("area_m2 >= '200亩'"), 400, "ERR_FILTER_TYPE", ["面积", "m2", "200亩"], ["Area", "m2"])
    refused(server, listing("land_use = 'M9'"), 400, "ERR_FILTER_TYPE", ["用地性质", "M9", "M1"], ["Land use"])
    refused(server, listing("available_from <= 5"), 400, "ERR_FILTER_TYPE", ["可供时间"])
    refused(server, listing("available_from <= '2023-02-30'"), 400, "ERR_FILTER_TYPE", ["2023-02-30"])


@test
def a_filter_that_does_not_parse_says_where(server):
    for text in ("area_m2 >", "area_m2 > NaN", "area_m2 ! 3", "(area_m2 > 3", "area_m2 > 3 land_use", "'", "area_m2 IN (",
                 "S_INTERSECTS(geometry, BBOX(1,2,3))", "area_m2 BETWEEN 3", "NOT"):
        answer = server.get(listing(text))
        assert answer.status == 400 and answer.code() in ("ERR_FILTER_SYNTAX", "ERR_FILTER_TYPE", "ERR_FIELD_UNKNOWN"), \
            (text, answer.body)
        check_sentence(answer)
    refused(server, listing("area_m2 > 3 AND"), 400, "ERR_FILTER_SYNTAX", ["例：", "15"], ["byte 15"])


@test
def a_filter_that_nests_ten_thousand_deep_is_refused(server):
    for text in ("(" * 10000 + "area_m2 > 1" + ")" * 10000, "NOT " * 3000 + "area_m2 > 1", "(" * 4000):
        for path in (listing(text), "/tiles/parcel/5/26/13.mvt?filter=" + quote(text)):
            answer = server.get(path)
            assert (answer.status, answer.code()) in ((400, "ERR_FILTER_DEPTH"), (413, "ERR_LIMIT")), answer.body
            check_sentence(answer)
    got = server.post("/api/match", '{"where":' + "[" * 10000 + "]" * 10000 + "}")
    equal((got.status, got.code()), (413, "ERR_LIMIT"))
    got = server.post("/api/match", {"where": [], "filter": "(" * 10000 + "area_m2 > 1" + ")" * 10000})
    assert got.code() in ("ERR_FILTER_DEPTH", "ERR_LIMIT"), got.body


@test
def tiles_out_of_range_are_refused(server):
    for tile in ("23/0/0", "5/32/0", "5/0/32", "0/1/0", "4294967295/0/0"):
        refused(server, f"/tiles/parcel/{tile}.mvt", 400, "ERR_TILE_RANGE", [tile])
    for tile in ("-1/0/0", "a/0/0", "5/1.5/0", "5/+1/0", "99999999999/0/0", "5/ /0"):
        refused(server, f"/tiles/parcel/{quote(tile)}.mvt", 400, "ERR_PARAM")
    refused(server, "/tiles/source/5/0/0.mvt", 404, "ERR_ROUTE_UNKNOWN")
    refused(server, "/tiles/colour/5/0/0.mvt", 404, "ERR_ROUTE_UNKNOWN")


@test
def an_unknown_id_kind_or_path_is_not_found(server):
    refused(server, "/api/parcel/none", 404, "ERR_ID_UNKNOWN", ["地块", "none"], ["parcel", "none"])
    refused(server, "/api/parcel/none/why", 404, "ERR_ID_UNKNOWN", ["none"])
    refused(server, "/api/parcel/" + quote("../../etc/passwd", safe=""), 404, "ERR_ID_UNKNOWN")
    refused(server, "/api/parcel/" + "x" * 5000, 404, "ERR_ID_UNKNOWN")
    refused(server, "/api/colour", 404, "ERR_ROUTE_UNKNOWN", ["/api/colour"])
    refused(server, "/nothing", 404, "ERR_ROUTE_UNKNOWN", ["/nothing"])
    refused(server, "/assets/none.js", 404, "ERR_ROUTE_UNKNOWN")


@test
def a_parameter_that_is_unknown_twice_or_out_of_bounds_is_named(server):
    refused(server, "/api/parcel?colour=red", 400, "ERR_PARAM_UNKNOWN", ["colour", "filter"], ["colour"])
    refused(server, "/api/meta?filter=x", 400, "ERR_PARAM_UNKNOWN", ["filter"])
    refused(server, "/api/parcel?limit=5&limit=6", 400, "ERR_PARAM", ["limit"])
    for value in ("201", "-1", "x", "", "1e3", "99999999999999999999", "5;drop"):
        refused(server, "/api/parcel?limit=" + quote(value), 400, "ERR_PARAM", ["limit", "200", "50"], ["limit"])
    for value in ("1,2,3", "1,2,3,x", "113,22,112,23", "112,23,113,22", "1,2,3,4,5", "nan,1,2,3", "inf,1,2,3", "200,0,201,1",
                  "1e400,0,1,1"):
        refused(server, "/api/parcel?bbox=" + quote(value), 400, "ERR_PARAM", ["bbox", "112.0,21.4,113.4,22.9"], ["bbox"])


@test
def a_brief_that_is_wrong_says_which_field_and_shows_an_example(server):
    cases = [
        ({"where": [{"field": "area_m2", "min": 5, "max": 3}]}, "ERR_RANGE", "面积"),
        ({"where": [{"field": "colour", "min": 5}]}, "ERR_FIELD_UNKNOWN", "colour"),
        ({"where": [{"field": "area_m2", "min": "200亩"}]}, None, "面积"),
        ({"where": [{"field": "area_m2", "min": 9}, {"field": "area_m2", "max": 5}]}, "ERR_CONTRADICTION", "area_m2"),
        ({"where": [{"field": "land_use", "in": ["M9"]}]}, "ERR_VALUE", "用地性质"),
        ({"where": [{"field": "land_use", "in": []}]}, "ERR_VALUE", "land_use"),
        ({"where": [{"field": "area_m2"}]}, "ERR_BRIEF", "area_m2"),
        ({"where": 5}, None, "where"),
        ({"weigh": [{"field": "price_fen_m2", "weight": 101, "better": "less"}]}, None, "weight"),
        ({"weigh": [{"field": "price_fen_m2", "weight": 1, "better": "nicer"}]}, None, "better"),
        ({"weigh": [{"field": "land_use", "weight": 1, "better": "less"}]}, None, "land_use"),
        ({"colour": 5}, "ERR_BRIEF", "colour"),
        ({"top": 100000}, "ERR_VALUE", "top"),
        ([], "ERR_BRIEF", "JSON"),
        ({"filter": "area_m2 >"}, "ERR_FILTER_SYNTAX", "例"),
    ]
    for brief, code, name in cases:
        for lang in ("zh", "en"):
            got = server.request("POST", f"/api/match?lang={lang}", json.dumps(brief),
                                 {"Content-Type": "application/json"})
            equal(got.status, 400, f"{brief} {got.body}")
            assert code is None or got.code() == code, (brief, got.body)
            check_sentence(got, [name] if lang == "zh" else [])


@test
def what_is_no_json_says_the_line(server):
    for body in ('{"where": [}', "", "{", '{"top": NaN}', '{"top": Infinity}', '{"top": 1, "top": 2}', "\xff", '{"a":"\\ud800"}'):
        got = server.post("/api/match", body.encode("latin-1"))
        equal((got.status, got.code()), (400, "ERR_JSON"), repr(body))
        check_sentence(got)
    got = server.post("/api/match", '{"where":\n [}')
    equal(got.json()["error"]["args"]["line"], "2")


@test
def a_body_of_another_type_is_refused(server):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""):
        got = server.post("/api/match", "{}", kind)
        equal((got.status, got.code()), (415, "ERR_BODY_TYPE"), kind)
        check_sentence(got, ["application/json"])
    equal(server.post("/api/match", "{}", "Application/JSON; charset=utf-8").status, 200)


@test
def a_body_of_64_kib_is_read_and_one_byte_more_is_refused(server):
    brief = json.dumps({"where": []})
    equal(server.post("/api/match", brief + " " * (65536 - len(brief))).status, 200)
    got = server.post("/api/match", brief + " " * (65537 - len(brief)))
    equal((got.status, got.code()), (413, "ERR_BODY_SIZE"))
    check_sentence(got, ["65536"])


@test
def a_body_of_100_mb_is_refused_and_never_kept(server):
    before = server.memory_kb()
    block = b" " * 1_000_000
    got = server.request("POST", "/api/match", (block for _ in range(100)),
                         {"Content-Type": "application/json", "Content-Length": "100000000"})
    equal((got.status, got.code()), (413, "ERR_BODY_SIZE"))
    chunked = server.request("POST", "/api/match", (block for _ in range(100)), {"Content-Type": "application/json"})
    equal((chunked.status, chunked.code()), (413, "ERR_BODY_SIZE"))
    grown = server.memory_kb() - before
    assert grown < 8 * 1024, f"{grown} KB more"
    head = b"POST /api/match HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\n" \
           b"Expect: 100-continue\r\n\r\n"
    said, closed = server.raw(head)
    assert said.startswith(b"HTTP/1.1 413 ") and closed, said[:100]


@test
def a_wrong_method_is_told_the_right_ones(server):
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO"):
        got = server.request(method, "/api/parcel")
        equal((got.status, got.code(), got.headers["allow"]), (405, "ERR_METHOD", "GET, HEAD"), method)
        check_sentence(got, ["GET, HEAD"])
    got = server.get("/api/match")
    equal(got.status, 404, "GET /api/match is a kind that does not exist")
    equal(server.request("DELETE", "/api/match").status, 405)


@test
def the_language_is_that_of_the_query_and_else_of_the_header(server):
    assert "地块" in server.get("/api/parcel/none").sentence()
    assert "There is no parcel" in server.get("/api/parcel/none", Accept_Language="en-GB,en;q=0.9").sentence()
    assert "地块" in server.get("/api/parcel/none", Accept_Language="zh-CN,en;q=0.9").sentence()
    assert "地块" in server.get("/api/parcel/none?lang=zh", Accept_Language="en").sentence()


# ---- starting ----

def serve(*args, **env):
    return run("serve", *args, check=False, env=env)


def one_sentence(got, code, names):
    equal(got.returncode, code, got.stderr)
    lines = [line for line in got.stderr.splitlines() if line and not line.startswith("{")]
    equal(len(lines), 1, got.stderr)
    for name in names:
        assert name in lines[0], lines[0]


@test
def a_port_in_use_is_said_in_one_sentence(folder):
    ledger = Ledger(folder, sample=False)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        another = f"127.0.0.1:{taken.getsockname()[1] + 1}"
        one_sentence(serve("--db", ledger.path, "--listen", address), 4, [address, "例：--listen " + another])
        port = str(taken.getsockname()[1])
        one_sentence(serve("--db", ledger.path, LIANPU_PORT=port), 4, [port])


@test
def an_address_that_is_none_is_wrong_use(folder):
    ledger = Ledger(folder, sample=False)
    for address in ("8787", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:80a", ":8787"):
        one_sentence(serve("--db", ledger.path, "--listen", address), 2, ["127.0.0.1:8787"])
    one_sentence(serve("--db", ledger.path, LIANPU_PORT="many"), 2, ["LIANPU_PORT"])
    one_sentence(serve(), 2, ["--db"])
    one_sentence(serve("--db", ledger.path, "--colour"), 2, ["--colour"])


@test
def a_ledger_that_is_none_is_said_to_be_so(folder):
    foreign = os.path.join(folder, "foreign.db")
    with sqlite3.connect(foreign) as db:
        db.execute("create table t(x)")
    db.close()
    text = os.path.join(folder, "text.db")
    with open(text, "w", encoding="utf-8") as file:
        file.write("this is no database\n" * 500)
    listen = ("--listen", "127.0.0.1:0")
    one_sentence(serve("--db", foreign, *listen), 6, ["foreign.db"])
    one_sentence(serve("--db", text, *listen), 6, ["text.db"])
    one_sentence(serve("--db", os.path.join(folder, "missing.db"), *listen), 6, ["missing.db"])
    assert not os.path.exists(os.path.join(folder, "missing.db")), "nothing half-made"
    assert not os.path.exists(foreign + ".atlas"), "nothing half-made"


@test
def an_atlas_that_was_damaged_is_built_anew(folder):
    ledger = Ledger(folder)
    server = Server(ledger)
    want = server.get("/api/parcel?limit=200").body
    equal(server.stop(), 0)
    atlas = str(ledger.path) + ".atlas"
    segments = [name for name in os.listdir(atlas) if name.endswith(".seg")]
    assert segments
    for name in segments:
        path = os.path.join(atlas, name)
        data = bytearray(open(path, "rb").read())
        data[len(data) // 2] ^= 0xFF
        open(path, "wb").write(data)
    server = Server(ledger)
    equal(server.get("/api/parcel?limit=200").body, want)
    equal(server.stop(), 0)


@test
def an_atlas_of_another_ledger_is_not_believed(folder):
    first, second, third = (Ledger(folder, f"{name}.db") for name in "abc")
    second.add("parcel", "id,name_zh,as_of\nplot-new,新地块,2022-11-30\n", "s-bureau")
    third.add("parcel", "id,name_zh,as_of\nplot-other,别的地块,2022-11-30\n", "s-bureau")
    atlas = os.path.join(folder, "atlas")
    for ledger, statuses in ((second, (200, 404)), (first, (404, 404)), (second, (200, 404)), (third, (404, 200))):
        server = Server(ledger, "--atlas", atlas)
        equal(tuple(server.get(f"/api/parcel/{plot}").status for plot in ("plot-new", "plot-other")), statuses)
        equal(server.stop(), 0)


main()
