#!/usr/bin/env python3
"""What is asked over HTTP of a server on the ledger of product_bench.py, FOLDER/bench.db, which is made if it is not there.

    http_bench.py tiles LIANPU FOLDER     distinct tiles a second, also of PostGIS asked directly and of MapServer; needs FOLDER/parcels.csv
    http_bench.py match LIANPU FOLDER     the briefs of FOLDER/briefs.jsonl and FOLDER/briefs.near.jsonl (match_bench writes them), one client
    http_bench.py small LIANPU FOLDER     processor time for a small JSON answer, beside nginx with the same bytes as a file

BENCH_SECONDS (4) of each measure, BENCH_SEED. All on one machine: the client shares the processors, so that the servers' processor time is
stated too. Ends with 1 if something was refused."""
import json
import math
import os
import pathlib
import random
import re
import shutil
import statistics
import sys
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parent / "peers"))
from product_bench import make_ledger  # noqa: E402
from report import report, times_us  # noqa: E402
from running import Client, Lianpu, post_bytes, run, wrk  # noqa: E402
from servers import MapServer, Nginx  # noqa: E402

ROUNDS = 5
SECONDS = int(os.environ.get("BENCH_SECONDS", "4"))
SEED = int(os.environ.get("BENCH_SEED", "1"))
TILES_MOST = 20000
ZOOMS = (6, 9, 12, 14)


# ---- tiles ----


def tile_over(lon, lat, zoom):
    x = int((lon + 180) / 360 * 2**zoom)
    y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**zoom)
    return x, y


def write_lists(folder):
    """Of each zoom the tiles that hold the first corner of a parcel, each once, in random order, at most TILES_MOST: FOLDER/tiles-ZOOM."""
    corner, deepest = re.compile(r"\(+(-?[\d.]+) (-?[\d.]+)"), set()
    with (folder / "parcels.csv").open(encoding="utf-8") as file:
        for line in file:
            if at := corner.search(line):
                deepest.add(tile_over(float(at[1]), float(at[2]), ZOOMS[-1]))
    counts = {}
    for zoom in ZOOMS:
        tiles = sorted({(x >> ZOOMS[-1] - zoom, y >> ZOOMS[-1] - zoom) for x, y in deepest})
        random.Random(SEED).shuffle(tiles)
        counts[zoom] = len(tiles[:TILES_MOST])
        (folder / f"tiles-{zoom}").write_text("".join(f"/tiles/parcel/{zoom}/{x}/{y}.mvt\n" for x, y in tiles[:TILES_MOST]))
    return counts


def tiles_a_second(folder, server, zoom, who, note, gzip=False):
    headers = ["Accept-Encoding: gzip"] if gzip else []
    rate, size, cpu = wrk(server.port, folder / f"tiles-{zoom}", SECONDS, server.pids(), headers=headers)
    report(f"tiles http z{zoom}{' gzip' if gzip else ''}", who, rate=rate, unit="tiles/s",
           note=f"{note}, mean {size / 1000:.1f} kB on the wire, {cpu:.0f} µs of its processor each, 16 connections")


def pgbench(folder, count):
    """The same list of z14, by pgbench's own random order: two connections, prepared."""
    if not os.environ.get("DATABASE_URL"):
        report("tiles http z14", "PostGIS", missing="no PostgreSQL")
        return
    url = os.environ["DATABASE_URL"]
    numbered = folder / "tiles-numbered"
    paths = (folder / "tiles-14").read_text().split()
    numbered.write_text("".join(f"{n},{path.split('/')[4]},{path.split('/')[5].removesuffix('.mvt')}\n" for n, path in enumerate(paths, 1)))
    run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", url, "-c", "DROP TABLE IF EXISTS lianpu_asked; CREATE TABLE lianpu_asked (number int PRIMARY KEY, x int, y int)",
        "-c", f"\\copy lianpu_asked FROM '{numbered}' (FORMAT csv)", "-c", "ANALYZE lianpu_asked")
    script = folder / "tile.sql"
    script.write_text(f"""\\set n random(1, {count})
SELECT ST_AsMVT(t, 'parcel', 4096, 'geom') FROM (
    SELECT id, land_use, land_state, area_m2, price_fen_m2, power_left_kva, ST_AsMVTGeom(geom, ST_TileEnvelope(14, x, y), 4096, 64, true) AS geom
    FROM lianpu_asked JOIN lianpu_tiles ON geom && ST_TileEnvelope(14, x, y, margin => 64.0 / 4096) WHERE number = :n) t WHERE geom IS NOT NULL;
""")
    said = run("pgbench", "-n", "-M", "prepared", "-c", "2", "-j", "2", "-T", SECONDS, "-f", script, url)[0]
    report("tiles http z14", "PostGIS", rate=float(re.search(r"tps = ([\d.]+)", said)[1]), unit="tiles/s",
           note="asked directly by pgbench over 2 connections, prepared, not compressed, no HTTP")


def mapserver(folder):
    lacking = [package for tool, package in (("/usr/lib/cgi-bin/mapserv", "cgi-mapserver"), ("spawn-fcgi", "spawn-fcgi"), ("nginx", "nginx-light"))
               if not shutil.which(tool)] + ([] if os.environ.get("DATABASE_URL") else ["postgresql-15-postgis-3"])
    if lacking:
        for gzip in ("", " gzip"):
            report(f"tiles http z14{gzip}", "MapServer", missing=f"apt install {' '.join(lacking)}")
        return
    probe = (folder / "tiles-14").read_text().split("\n", 1)[0]
    with MapServer(folder / "mapserver", os.environ["DATABASE_URL"], probe) as server:
        if not server.nginx.get(probe).startswith(b"\x1a"):
            sys.exit(f"MapServer's {probe} is no tile: {server.nginx.get(probe)[:200]}")
        for gzip in (False, True):
            tiles_a_second(folder, server, 14, "MapServer", "2 mapserv behind nginx by FastCGI, from the PostGIS table (whose processor is not counted)", gzip)


def tiles(server, folder):
    counts = write_lists(folder)
    for zoom in ZOOMS:
        tiles_a_second(folder, server, zoom, "lianpu", f"{counts[zoom]:,} distinct tiles in turn")
    tiles_a_second(folder, server, 14, "lianpu", f"{counts[14]:,} distinct tiles in turn", gzip=True)
    return counts[14]


# ---- match ----


def match(server, folder):
    """Each brief once, in turn, on one kept connection; returns whether none was refused that should not be."""
    right = True
    for job, name in (("match http", "briefs.jsonl"), ("match near http", "briefs.near.jsonl")):
        if not (folder / name).exists():
            report(job, missing="match_bench wrote no briefs")
            continue
        client, times, sizes, refused = Client(server.port), [], [], 0
        requests = [post_bytes("/api/match", line.encode()) for line in (folder / name).read_text(encoding="utf-8").splitlines()]
        for request in requests:
            start = time.monotonic()
            status, body = client.ask(request)
            took = time.monotonic() - start
            if status == 200:
                times.append(took)
                sizes.append(len(body))
            elif status == 400 and json.loads(body)["error"]["code"] in ("ERR_RANGE", "ERR_CONTRADICTION"):
                refused += 1  # bounds are drawn at random: one may lie above its other end
            else:
                print(f"wrong: {status} {body[:300]!r} to {request[-300:]!r}")
                right = False
        client.close()
        if times:
            report(job, **times_us(times), bytes_p50=sorted(sizes)[len(sizes) // 2], bytes_most=max(sizes),
                   note=f"one client, not compressed; {refused} contradict themselves")
    return right


# ---- a small answer ----


def small(server, folder):
    """Rounds of ours and of nginx's alternate; the median of each."""
    path = f"/api/parcel/{json.loads(server.get('/api/parcel?limit=1'))['items'][0]['id']}"
    body, found = server.get(path), {"lianpu": [], "nginx": []}
    (folder / "small-lianpu").write_text(path + "\n")
    (folder / "small-nginx").write_text("/answer.json\n")

    def ask(who, asked):
        rate, _, cpu = wrk(asked.port, folder / f"small-{who}", SECONDS, asked.pids())
        found[who].append((cpu, rate))

    peers = os.environ.get("BENCH_PEERS") != "no"
    if peers and shutil.which("nginx"):
        with Nginx(folder / "nginx", {"answer.json": body}) as nginx:
            for _ in range(ROUNDS):
                ask("lianpu", server)
                ask("nginx", nginx)
    else:
        ask("lianpu", server)
        report("small json", "nginx", missing="apt install nginx-light" if peers else "left out")
    for who, rounds in found.items():
        if rounds:
            report("small json", who, value=statistics.median(cpu for cpu, _ in rounds), unit="µs",
                   note=f"{len(body):,} bytes, {statistics.median(rate for _, rate in rounds):,.0f} requests/s, median of {len(rounds)} rounds")


def main():
    what, lianpu, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    if what != "match" and not shutil.which("wrk"):
        report({"tiles": "tiles http z14", "small": "small json"}[what], missing="apt install wrk")
        return 0
    ledger, _, _ = make_ledger(lianpu, folder)
    right, count = True, 0
    with Lianpu(lianpu, ledger) as server:
        if what == "match":
            right = match(server, folder)
        elif what == "small":
            small(server, folder)
        else:
            count = tiles(server, folder)
    if count:  # ours has ended: the peers have the machine alone
        pgbench(folder, count)
        mapserver(folder)
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
