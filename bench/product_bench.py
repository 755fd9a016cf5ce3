#!/usr/bin/env python3
"""The whole product on a folder that holds parcels.csv and facilities.csv (bench/convert.c or bench/parcels.c), and
enterprises.csv if they are to be there too (bench/convert_enterprises.c): import, first start, restart, and how soon a commit by another process is seen by the server.

    product_bench.py LIANPU FOLDER

Ends with 1 if an answer is wrong; times are only printed."""
import json
import os
import pathlib
import resource
import socket
import subprocess
import sys
import time
import urllib.request

COMMITS = 20


def run(*command):
    start = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LANG": "C.UTF-8"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.stdout, time.monotonic() - start, cpu


class Server:
    """lianpu serve on a free loopback port; `ready` is the seconds until it answered."""

    def __init__(self, lianpu, ledger):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        start = time.monotonic()
        self.process = subprocess.Popen([lianpu, "serve", "--db", ledger, "--listen", f"127.0.0.1:{self.port}"],
                                        stderr=subprocess.DEVNULL)
        while True:
            try:
                self.get("/readyz")
                break
            except OSError:
                time.sleep(0.002)
        self.ready = time.monotonic() - start

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as answer:
            return answer.read()

    def memory(self):
        """Resident kB, and of those the ones that are not mapped files."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        value = {line.split(":")[0]: line.split()[1] for line in status.splitlines() if line.startswith("Rss") or line.startswith("VmRSS")}
        return int(value["VmRSS"]), int(value["RssAnon"])

    def stop(self):
        self.process.terminate()
        if self.process.wait(30):
            sys.exit("the server did not end well")


def imported(lianpu, ledger, path, kind):
    """Imports a file and says how fast; returns what the command said, how many rows the file has, and its headings."""
    before = os.path.getsize(ledger)
    said, wall, cpu = run(lianpu, "import", str(path), "--db", ledger, "--as", kind, "--source", "gen")
    with path.open(encoding="utf-8") as file:
        heading = file.readline().rstrip("\r\n").split(",")
        rows = sum(1 for _ in file)
    print(f"import of {kind}, durable: {rows / wall:,.0f} rows/s ({wall:.2f} s, {cpu:.2f} s of CPU); "
          f"{(os.path.getsize(ledger) - before) / rows:.0f} bytes a row", flush=True)
    return said, rows, heading


def main():
    lianpu, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    ledger = str(folder / "bench.db")
    (folder / "sources.csv").write_text("id,name_zh,type,rows_visibility,published\ngen,生成器,generator,public,2022-11-30\n")
    run(lianpu, "init", ledger)
    run(lianpu, "import", str(folder / "sources.csv"), "--db", ledger, "--as", "source", "--as-of", "2022-11-30")
    run(lianpu, "import", str(folder / "facilities.csv"), "--db", ledger, "--as", "facility", "--source", "gen")
    said, rows, heading = imported(lianpu, ledger, folder / "parcels.csv", "parcel")
    firms = 0
    if (folder / "enterprises.csv").exists():
        _, firms, _ = imported(lianpu, ledger, folder / "enterprises.csv", "enterprise")

    server = Server(lianpu, ledger)
    kinds = json.loads(server.get("/api/meta"))["kinds"]
    count, all_rows = kinds["parcel"]["count"], rows + firms
    resident, own = server.memory()
    print(f"first start, atlas built from the ledger: {server.ready:.2f} s for {all_rows:,} rows")
    print(f"memory: {resident * 1024 / all_rows:.0f} bytes a row resident, {own * 1024 / all_rows:.1f} of them not the mapped file")
    server.stop()
    server = Server(lianpu, ledger)
    print(f"restart: {server.ready:.3f} s")

    first = json.loads(server.get("/api/parcel?limit=1"))["items"][0]
    seen, wrong = [], 0
    for n in range(COMMITS):
        price = 10000 + n
        one = folder / "one.csv"
        one.write_text(f"id,price_fen_m2,as_of\n{first['id']},{price},2022-12-{n + 1:02d}\n")
        run(lianpu, "import", str(one), "--db", ledger, "--as", "parcel", "--source", "gen")
        done = time.monotonic()
        while json.loads(server.get(f"/api/parcel/{first['id']}"))["fields"].get("price_fen_m2") != price:
            if time.monotonic() - done > 5:
                wrong += 1
                break
        seen.append((time.monotonic() - done) * 1000)
    seen.sort()
    print(f"commit of one parcel by another process, seen by the server: p50 {seen[len(seen) // 2]:.1f} ms, most {seen[-1]:.1f} ms "
          f"after its command ended ({COMMITS} commits)")
    if count != rows or kinds.get("enterprise", {}).get("count", 0) != firms or "geometry" not in heading or str(rows) not in said:
        wrong += 1
        print(f"wrong: {rows} rows in the file, {count} in the atlas; import said: {said}")
    server.stop()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
