#!/usr/bin/env python3
"""What a request costs over HTTP: processor time of the server for a small JSON answer and for tiles, beside nginx serving the
same bytes as a file, and how long reads take while commits are swapped in back to back.

    http_bench.py LIANPU [SECONDS 4]

Needs wrk and nginx (apt install wrk nginx-light); without nginx its column is left out. All on one machine: the client shares the processors,
so processor time is what compares. Runs alternate; medians of ROUNDS."""
import json
import math
import os
import pathlib
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

from product_bench import Server, run

ROUNDS = 5
CLIENTS = 16
SWAP_SECONDS = 6
READ = "/api/parcel/jm-dh-a-01"
TILE_ZOOMS = (9, 12, 14)


def cpu_s(pids):
    """User and system time of processes, in seconds."""
    ticks = 0
    for pid in pids:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def wrk(url, seconds, pids):
    """Requests a second and µs of the server's processor a request."""
    before = cpu_s(pids)
    said = subprocess.run(["wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds}s", url], capture_output=True, text=True, check=True).stdout
    spent = cpu_s(pids) - before
    if "Non-2xx" in said:
        sys.exit(f"{url}: {said}")
    requests = int(re.search(r"(\d+) requests in", said)[1])
    return float(re.search(r"Requests/sec:\s*([\d.]+)", said)[1]), spent * 1e6 / requests


class Nginx:
    """One worker, access log off, a folder of files as JSON."""

    def __init__(self, folder, files):
        root = folder / "root"
        root.mkdir()
        for name, body in files.items():
            (root / name).write_bytes(body)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        config = folder / "nginx.conf"
        config.write_text(f"""daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error;
events {{ worker_connections 512; }}
http {{ access_log off; sendfile on; keepalive_requests 1000000; default_type application/json; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; server {{ listen 127.0.0.1:{self.port}; root {root}; }} }}
""")
        self.process = subprocess.Popen(["nginx", "-c", str(config), "-p", str(folder)], stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{next(iter(files))}").read()
                break
            except OSError:
                time.sleep(0.02)
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        self.pids = [self.process.pid, *map(int, children)]

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def small_answers(server, seconds, folder):
    body = server.get(READ)
    nginx = Nginx(folder, {"answer.json": body}) if shutil.which("nginx") else None
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(wrk(f"http://127.0.0.1:{server.port}{READ}", seconds, [server.process.pid]))
        if nginx:
            theirs.append(wrk(f"http://127.0.0.1:{nginx.port}/answer.json", seconds, nginx.pids))
    mine = statistics.median(cpu for _, cpu in ours)
    print(f"small JSON of {len(body):,} bytes: {statistics.median(rate for rate, _ in ours):,.0f} requests/s, {mine:.1f} µs of the server's processor each")
    if nginx:
        other = statistics.median(cpu for _, cpu in theirs)
        print(f"nginx, the same bytes as a file: {statistics.median(rate for rate, _ in theirs):,.0f} requests/s, {other:.1f} µs each; ratio {mine / other:.2f}")
        nginx.stop()
    lon, lat = json.loads(body)["anchor"]
    for zoom in TILE_ZOOMS:
        x = int((lon + 180) / 360 * 2**zoom)
        y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**zoom)
        tile = f"/tiles/parcel/{zoom}/{x}/{y}.mvt"
        rate, cpu = wrk(f"http://127.0.0.1:{server.port}{tile}", seconds, [server.process.pid])
        print(f"{tile}, {len(server.get(tile)):,} bytes: {rate:,.0f} requests/s, {cpu:.1f} µs each")


def read_for(server, seconds, times, errors):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        start = time.monotonic()
        try:
            server.get(READ)
        except OSError:
            errors.append(1)
        times.append((time.monotonic() - start) * 1000)


def swaps(lianpu, ledger, server, folder):
    """Reads one after another, first with nothing else, then with a commit as soon as the last one is done."""
    errors, idle, busy, commits = [], [], [], 0
    read_for(server, SWAP_SECONDS, idle, errors)
    reader = threading.Thread(target=read_for, args=(server, SWAP_SECONDS, busy, errors))
    reader.start()
    while reader.is_alive():
        one = folder / "one.csv"
        one.write_text(f"id,price_fen_m2,as_of\njm-dh-a-01,{30000 + commits},2023-01-{commits % 28 + 1:02d}\n")
        run(lianpu, "import", str(one), "--db", ledger, "--as", "parcel", "--source", "lianpu-sample")
        commits += 1
    reader.join()
    p99 = [sorted(times)[int(len(times) * 0.99)] for times in (idle, busy)]
    print(f"reads: p99 {p99[0]:.2f} ms with nothing else, {p99[1]:.2f} ms during {commits} commits back to back (each a process of its own on the same "
          f"processors); ratio {p99[1] / p99[0]:.1f}; {len(errors)} errors")
    return len(errors)


def main():
    lianpu, seconds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 4
    if not shutil.which("wrk"):
        sys.exit("wrk is missing: apt install wrk nginx-light")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        ledger = str(folder / "city.db")
        run(lianpu, "init", ledger, "--sample", "jiangmen")
        server = Server(lianpu, ledger)
        try:
            small_answers(server, seconds, folder)
            wrong = swaps(lianpu, ledger, server, folder)
        finally:
            server.stop()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
