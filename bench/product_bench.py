#!/usr/bin/env python3
"""The whole product on a folder that holds parcels.csv, facilities.csv and, if they are to be there too, enterprises.csv (bench/run.sh
makes them).

    product_bench.py import LIANPU FOLDER     lianpu import, and the same file of parcels by ogr2ogr
    product_bench.py product LIANPU FOLDER    first start, restart, how soon a commit by another process is seen, reads meanwhile

The ledger is FOLDER/bench.db, made if it is not there; every 10,000th part of the enterprises has a role in the segment bench.part.
Ends with 1 if an answer is wrong; times are only stated."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

from report import report, times_us
from running import BOUND, Client, Lianpu, get_bytes, run

COMMITS = int(os.environ.get("BENCH_COMMITS", "50"))
SWAP_SECONDS = 2 * int(os.environ.get("BENCH_SECONDS", "4"))
MEMBERS = 10000


def imported(lianpu, ledger, path, kind):
    """Imports a file and says how fast; ends if not all its rows were taken."""
    with path.open(encoding="utf-8") as file:
        rows = sum(1 for _ in file) - 1
    before = os.path.getsize(ledger)
    said, wall, cpu = run(lianpu, "import", path, "--db", ledger, "--as", kind, "--source", "gen")
    if str(rows) not in said:
        sys.exit(f"wrong: {rows} rows in {path}; import said: {said}")
    report(f"import {'parcels' if kind == 'parcel' else 'enterprises'}", rate=rows / wall, unit="rows/s", n=rows,
           note=f"{wall:.2f} s, {cpu:.2f} s of CPU, {(os.path.getsize(ledger) - before) / rows:.0f} bytes a row on disk")
    return rows


def add_rows(lianpu, ledger, folder, kind, text):
    path = folder / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    run(lianpu, "import", path, "--db", ledger, "--as", kind, *(["--as-of", "2022-11-30"] if kind == "source" else ["--source", "gen"]))


def add_segment(lianpu, ledger, folder, firms):
    """A chain of one segment with 10,000 members, evenly spread over the file."""
    members = []
    with (folder / "enterprises.csv").open(encoding="utf-8") as file:
        next(file)
        for at, line in enumerate(file):
            if at * MEMBERS // firms >= len(members) and len(members) < MEMBERS:
                members.append(line.split(",", 1)[0])
    add_rows(lianpu, ledger, folder, "chain", "id,name_zh\nbench,量\n")
    add_rows(lianpu, ledger, folder, "segment", "id,name_zh,chain,stage\nbench.part,部件,bench,mid\n")
    add_rows(lianpu, ledger, folder, "role", "id,name_zh,enterprise,segment,chain,type\n" +
             "".join(f"r{at},部件,{firm},bench.part,bench,leader\n" for at, firm in enumerate(members)))


def make_ledger(lianpu, folder):
    """FOLDER/bench.db, and how many parcels and enterprises lie in it. The numbers of rows stand beside it."""
    ledger, counts = folder / "bench.db", folder / "bench.json"
    if counts.exists():
        return ledger, *json.loads(counts.read_text())
    run(lianpu, "init", ledger)
    add_rows(lianpu, ledger, folder, "source", "id,name_zh,type,rows_visibility,published\ngen,生成器,generator,public,2022-11-30\n")
    run(lianpu, "import", folder / "facilities.csv", "--db", ledger, "--as", "facility", "--source", "gen")
    parcels, firms = imported(lianpu, ledger, folder / "parcels.csv", "parcel"), 0
    if (folder / "enterprises.csv").exists():
        firms = imported(lianpu, ledger, folder / "enterprises.csv", "enterprise")
        add_segment(lianpu, ledger, folder, firms)
    counts.write_text(json.dumps([parcels, firms]))
    return ledger, parcels, firms


# ---- the peer ----


def ogr2ogr(folder, who, rows, *to):
    """The types of columns guessed from the file's beginning, geometry read from its WKT, with the spatial index that each makes unless told not to."""
    _, wall, cpu = run("ogr2ogr", *to, folder / "parcels.csv", "-nln", "parcels_ogr", "-oo", "AUTODETECT_TYPE=YES",
                       "-oo", "GEOM_POSSIBLE_NAMES=geometry", "-oo", "KEEP_GEOM_COLUMNS=NO", "-a_srs", "EPSG:4326", "-nlt", "GEOMETRY")
    report("import parcels", who, rate=rows / wall, unit="rows/s", n=rows, note=f"{wall:.2f} s, {cpu:.2f} s of CPU, spatial index included")


def import_peers(folder, rows):
    whos = {"ogr2ogr GPKG": ["-f", "GPKG", folder / "parcels.gpkg"]}
    if os.environ.get("DATABASE_URL"):
        whos["ogr2ogr PostGIS"] = ["-f", "PostgreSQL", f"PG:{os.environ['DATABASE_URL']}", "--config", "PG_USE_COPY", "YES", "-overwrite"]
        run("psql", "-X", "-q", os.environ["DATABASE_URL"], "-c", "CREATE EXTENSION IF NOT EXISTS postgis")
    else:
        report("import parcels", "ogr2ogr PostGIS", missing="no PostgreSQL")
    for who, to in whos.items():
        if shutil.which("ogr2ogr"):
            ogr2ogr(folder, who, rows, *to)
        else:
            report("import parcels", who, missing="apt install gdal-bin")
    (folder / "parcels.gpkg").unlink(missing_ok=True)
    if os.environ.get("DATABASE_URL"):  # nothing is to work on beside what is measured next
        run("psql", "-X", "-q", os.environ["DATABASE_URL"], "-c", "DROP TABLE IF EXISTS parcels_ogr", "-c", "CHECKPOINT")


# ---- the server ----


def starts(lianpu, ledger, parcels, firms):
    """First start and restart; returns whether the rows are all there."""
    for old in ledger.parent.glob(f"{ledger.name}.*"):
        if old.is_dir():
            shutil.rmtree(old)
    with Lianpu(lianpu, ledger) as server:
        report("cold build", value=server.ready, unit="s", note=f"{parcels + firms:,} rows")
        kinds = json.loads(server.get("/api/meta"))["kinds"]
        resident, own = server.memory()
        report("memory", value=resident * 1024 / (parcels + firms), unit="bytes a row",
               note=f"resident; {own * 1024 / (parcels + firms):.1f} of them not the mapped file")
    with Lianpu(lianpu, ledger) as server:
        report("restart", value=server.ready, unit="s")
    counts = [kinds.get(kind, {}).get("count", 0) for kind in ("parcel", "enterprise")]
    if counts != [parcels, firms]:
        print(f"wrong: {parcels} and {firms} rows in the files, {counts} in the atlas")
    return counts == [parcels, firms]


def commit(lianpu, ledger, folder, key, n):
    """One price by a process of its own; returns it."""
    one = folder / "one.csv"
    one.write_text(f"id,price_fen_m2,as_of\n{key},{10000 + n},{2023 + n // 336}-{n // 28 % 12 + 1:02d}-{n % 28 + 1:02d}\n")
    run(lianpu, "import", one, "--db", ledger, "--as", "parcel", "--source", "gen")
    return 10000 + n


def commits_seen(lianpu, ledger, folder, server, key):
    """Seconds from the end of each commit's command to the first answer that shows it."""
    seen, client, request = [], Client(server.port), get_bytes(f"/api/parcel/{key}")
    for n in range(COMMITS):
        price = commit(lianpu, ledger, folder, key, n)
        done = time.monotonic()
        while json.loads(client.ask(request)[1])["fields"].get("price_fen_m2") != price:
            if time.monotonic() - done > 5:
                print(f"wrong: the commit {n} of {key} is not seen")
                return False
        seen.append(time.monotonic() - done)
    client.close()
    report("commit seen", **times_us(seen), note="from the end of its command")
    return True


def read_for(port, path, seconds, out):
    """Reads one after another over one connection, then writes the times and how many failed."""
    client, times, errors = Client(port), [], 0
    end = time.monotonic() + seconds
    while (start := time.monotonic()) < end:
        errors += client.ask(get_bytes(path))[0] != 200
        times.append(time.monotonic() - start)
    pathlib.Path(out).write_text(json.dumps({"times": times, "errors": errors}))


class Reader:
    """read_for as a process of its own: what starts the commits must not keep it from its turn."""

    def __init__(self, server, path, out):
        self.out = out
        self.process = subprocess.Popen([*BOUND, sys.executable, __file__, "read", str(server.port), path, str(SWAP_SECONDS), str(out)])

    def is_reading(self):
        return self.process.poll() is None

    def result(self):
        if self.process.wait():
            sys.exit("a reader failed")
        return json.loads(self.out.read_text())


def reads_during_swaps(lianpu, ledger, folder, server, key):
    path, commits = f"/api/parcel/{key}", 0
    idle = Reader(server, path, folder / "reads.json").result()
    reader = Reader(server, path, folder / "reads.json")
    while reader.is_reading():
        commit(lianpu, ledger, folder, key, COMMITS + commits)
        commits += 1
    busy = reader.result()
    errors = idle["errors"] + busy["errors"]
    report("reads during swaps", "idle", **times_us(idle["times"]))
    report("reads during swaps", **times_us(busy["times"]),
           note=f"{commits} commits back to back, each a process of its own on the same processors; {errors} errors")
    return errors == 0


def main():
    if sys.argv[1] == "read":
        read_for(int(sys.argv[2]), sys.argv[3], float(sys.argv[4]), sys.argv[5])
        return 0
    what, lianpu, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    ledger, parcels, firms = make_ledger(lianpu, folder)
    if what == "import":
        import_peers(folder, parcels)
        return 0
    right = starts(lianpu, ledger, parcels, firms)
    with Lianpu(lianpu, ledger) as server:
        key = json.loads(server.get("/api/parcel?limit=1"))["items"][0]["id"]
        right &= commits_seen(lianpu, ledger, folder, server, key)
        right &= reads_during_swaps(lianpu, ledger, folder, server, key)
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
