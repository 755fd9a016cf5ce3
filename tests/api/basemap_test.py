#!/usr/bin/env python3
"""What lies under the map: the ground with its licences, and a deployment's own base map, by ranges or from a service."""
import gzip
import json
import pathlib
import struct

from harness import Ledger, Server, equal, main, run, test

LAYERS = {"land": "ODbL-1.0", "water": "LGPL-3.0-or-later", "rivers": "LGPL-3.0-or-later", "places": "CC-BY-4.0"}


def pmtiles(folder, size=100_000):
    """A file whose head is right; what follows is told by its place."""
    head = bytearray(127)
    head[:8] = b"PMTiles\x03"
    struct.pack_into("<8Q", head, 8, 127, 10, 137, 10, 147, 0, 147, size - 147)
    head[97], head[98], head[99], head[101] = 2, 2, 1, 14
    path = pathlib.Path(folder) / "delta.pmtiles"
    path.write_bytes(bytes(head) + bytes(n % 251 for n in range(size - 127)))
    return path


@test
def the_ground_is_served_as_meta_says_and_never_changes_under_its_address(server):
    told = server.get("/api/meta").json()["basemap"]
    equal({layer["name"]: layer["licence"] for layer in told["layers"]}, LAYERS)
    equal((told["credit"], told["datum"], told["under"]), ("© OpenStreetMap contributors · GSHHG · GeoNames", "wgs84", None))
    for layer in told["layers"]:
        got = server.get(layer["url"])
        equal((got.status, got.headers["content-type"], len(got.body)), (200, "application/geo+json; charset=utf-8", layer["bytes"]))
        assert "immutable" in got.headers["cache-control"]
        small = server.get(layer["url"], Accept_Encoding="gzip")
        equal(gzip.decompress(small.body), got.body)
        assert len(server.get(layer["url"], Accept_Encoding="br").body) < len(small.body) < len(got.body) / 2
        assert json.loads(got.body)["features"]


@test
def under_another_address_the_ground_is_asked_about_again(server):
    for address in ("/basemap/land.geojson", "/basemap/land.geojson?v=0"):
        got = server.get(address)
        equal((got.status, got.headers["cache-control"]), (200, "no-cache"))
        equal(server.get(address, If_None_Match=got.headers["etag"]).status, 304)
    equal(server.get("/basemap/land.geojson?w=0").code(), "ERR_PARAM_UNKNOWN")


@test
def the_licences_of_the_ground_can_be_read(server):
    text = server.get("/basemap/README.md").body.decode()
    assert all(word in text for word in ("ODbL 1.0", "LGPL-3.0", "CC BY 4.0", "Wessel"))


@test
def what_is_not_there_is_unknown(server):
    for address in ("/basemap/roads.geojson", "/basemap/pmtiles", "/basemap/..%2fland.geojson"):
        got = server.get(address)
        assert got.status in (400, 404), (address, got.status)


@test
def a_pmtiles_file_is_read_in_ranges(folder):
    path = pmtiles(folder)
    whole = path.read_bytes()
    server = Server(Ledger(folder), "--basemap", path, "--basemap-datum", "wgs84", "--basemap-credit", "© OpenStreetMap")
    try:
        under = server.get("/api/meta").json()["basemap"]["under"]
        equal((under["type"], under["datum"], under["max_zoom"]), ("pmtiles_vector", "wgs84", 14))
        for asked, first, last in (("bytes=0-126", 0, 126), ("bytes=90000-", 90000, 99999), ("bytes=-100", 99900, 99999),
                                   ("bytes=99999-200000", 99999, 99999), ("bytes=-200000", 0, 99999)):
            got = server.get(under["url"], Range=asked, Accept_Encoding="gzip, br")
            equal((got.status, got.headers["content-range"]), (206, f"bytes {first}-{last}/100000"), asked)
            equal(got.body, whole[first:last + 1], asked)
            assert "content-encoding" not in got.headers and "immutable" in got.headers["cache-control"]
        for asked in ("bytes=100000-", "bytes=5-2", "bytes=0-1,4-5", "bytes=-0", "bytes=", "bytes=-", "bytes=+1-2", "bytes=a-b", "lines=1-2"):
            got = server.get("/basemap/pmtiles", Range=asked)
            equal((got.status, got.headers["content-range"], got.code()), (416, "bytes */100000", "ERR_PARAM"), asked)
        plain = server.get("/basemap/pmtiles")
        equal((plain.status, plain.headers["accept-ranges"], plain.body), (200, "bytes", whole))
        stale = server.get("/basemap/pmtiles", Range="bytes=0-9", If_Range='"other"')
        equal((stale.status, len(stale.body)), (200, 100000))
        fresh = server.get("/basemap/pmtiles", Range="bytes=0-9", If_Range=plain.headers["etag"])
        equal((fresh.status, len(fresh.body)), (206, 10))
    finally:
        equal(server.stop(), 0)


@test
def a_file_too_large_for_one_answer_is_refused_whole_and_answered_in_parts(folder):
    path = pmtiles(folder)
    with path.open("r+b") as file:
        file.truncate(3 << 30)
    server = Server(Ledger(folder), "--basemap", path, "--basemap-datum", "wgs84", "--basemap-credit", "x")
    try:
        equal(server.get("/basemap/pmtiles").code(), "ERR_REQUEST")
        got = server.get("/basemap/pmtiles", Range="bytes=5-")
        equal((got.status, got.headers["content-range"]), (206, f"bytes 5-{5 + (16 << 20) - 1}/{3 << 30}"))
        end = server.get("/basemap/pmtiles", Range="bytes=-1")
        equal((end.headers["content-range"], end.body), (f"bytes {(3 << 30) - 1}-{(3 << 30) - 1}/{3 << 30}", b"\0"))
    finally:
        equal(server.stop(), 0)


@test
def a_service_is_allowed_to_the_browser_and_told_who_asks_and_nobody_else_is(folder):
    ledger = Ledger(folder)
    server = Server(ledger, "--basemap-url", "https://t0.example.cn/w?tk={key}&x={x}&y={y}&z={z}", "--basemap-datum", "cgcs2000",
                    "--basemap-credit", "天地图", env={"LIANPU_BASEMAP_KEY": "k1"})
    try:
        got = server.get("/")
        policy = dict(part.strip().split(" ", 1) for part in got.headers["content-security-policy"].split(";"))
        assert "https://t0.example.cn" in policy["img-src"] and "https://t0.example.cn" in policy["connect-src"]
        equal((policy["default-src"], policy["style-src"]), ("'self'", "'self'"))
        equal(got.headers["referrer-policy"], "strict-origin")
        equal(server.get("/api/meta").json()["basemap"]["under"]["tiles"], ["https://t0.example.cn/w?tk=k1&x={x}&y={y}&z={z}"])
        equal(server.get("/basemap/pmtiles").status, 404)
    finally:
        equal(server.stop(), 0)


@test
def a_base_map_in_another_datum_stops_the_start_with_the_reason(folder):
    ledger = Ledger(folder)
    got = run("serve", "--db", ledger.path, "--basemap", pmtiles(folder), "--basemap-datum", "gcj02", "--basemap-credit", "x", check=False,
              env={"LANG": "en_GB.UTF-8", "LC_ALL": ""})
    equal(got.returncode, 2)
    assert "300 to 600 m" in got.stderr, got.stderr


if __name__ == "__main__":
    main()
