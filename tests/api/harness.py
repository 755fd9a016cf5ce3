"""A ledger, a server on a free loopback port, and tests whose names are sentences, reported as TAP."""
import csv
import http.client
import io
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback

LIANPU = sys.argv[1] if len(sys.argv) > 1 else "build/lianpu"
TODAY = "2022-12-01"
PATIENCE_S = 60  # what is waited for at most; a machine under load is slow, not wrong

SOURCES = """id,name_zh,name_en,type,authority,visibility,rows_visibility,refresh_d,licence,url,as_of
s-bureau,自然资源局,Natural resources bureau,bureau,60,public,public,180,公开,http://example.invalid/b,2022-11-01
s-paper,日报,The daily,paper,40,public,public,,引用事实,http://example.invalid/p,2022-11-30
"""
REGIONS = """id,name_zh,name_en,short_zh,level,as_of,geometry
440700,江门市,Jiangmen,江门,city,2022-01-01,"POLYGON((112 21.5,113.4 21.5,113.4 22.9,112 22.9,112 21.5))"
440705,新会区,Xinhui,新会,county,2022-01-01,"POLYGON((112.8 22.1,113.2 22.1,113.2 22.6,112.8 22.6,112.8 22.1))"
"""
PARKS = """id,name_zh,name_en,tiers,regions,precision,office_zh,office_en,as_of,locator,geometry
park-a,甲园区,Park A,pilot_zone;characteristic,440705,approximate,甲园区招商部门,Park A office,2022-11-30,第3段,POINT(112.95 22.4)
park-b,乙园区,Park B,industrial,440705,surveyed,,,2022-11-30,第4段,POINT(113.1 22.3)
"""
FACILITIES = """id,name_zh,name_en,type,as_of,geometry
port-1,一号港,Port One,port,2022-01-01,POINT(113.0 22.2)
port-2,二号港,Port Two,port,2022-01-01,POINT(113.15 22.45)
rail-1,车站,Station,rail_station,2022-01-01,POINT(112.9 22.5)
"""
CHAINS = "id,name_zh,name_en,regions,as_of\nbattery,新能源电池,Batteries,440705,2022-11-30\n"
SEGMENTS = """id,name_zh,name_en,chain,stage,as_of
battery.cathode,正极材料,Cathodes,battery,up,2022-11-30
battery.cell,电芯,Cells,battery,mid,2022-11-30
"""
FLOWS = "id,chain,from_segment,to_segment,weight,as_of\nbattery.f1,battery,battery.cathode,battery.cell,40,2022-11-30\n"


def parcels(count=24):
    """Plots in a row, with the blanks and promises that real ledgers have."""
    rows = ["id,name_zh,how,precision,park,region,land_use,land_state,area_m2,price_fen_m2,power_left_kva,gas_state,"
            "available_from,promised_until,power_in_service,as_of,locator,geometry"]
    for n in range(count):
        west, south = 112.85 + 0.012 * (n % 12), 22.2 + 0.05 * (n // 12)
        ring = ",".join(f"{west + dx:.6f} {south + dy:.6f}" for dx, dy in
                        ((0, 0), (0.004, 0), (0.004, 0.003), (0, 0.003), (0, 0)))
        state = ["serviced", "advertised", "promised", "supplied", "serviced", ""][n % 6]
        rows.append(",".join([
            f"plot-{n:03d}", f"{n}号地块", "illustrative" if n % 5 == 0 else "reported", "surveyed",
            "park-a" if n % 3 else "park-b", "440705", ["M1", "M2", "W1"][n % 3], state,
            str(20000 + 5000 * n) if n % 7 else "", str(30000 + 700 * ((n * 5) % 24)) if n % 4 else "withheld",
            str(1000 * n) if n % 3 else "", "done" if n % 2 else "planned",
            "2023-06" if n % 2 else "2022-12-31", "2022-12-31" if state == "promised" else "",
            "2023-03" if n % 8 == 0 else "", "2022-05-01" if n % 9 == 0 else "2022-11-15", f"第{n}行",
            f'"POLYGON(({ring}))"']))
    return "\n".join(rows) + "\n"


def rows_of_examples(info, keys, change=0):
    """CSV of rows of a kind made of its fields' examples, from what /api/model tells of the kind; they refer to the first of
    `keys`. With a `change` numbers are larger by it and names end with it."""
    fields = [field for field in info["fields"] if "near" not in field and field["name"] not in ("how", "precision")]

    def value(field):
        example = field["example"]
        if field["type"] in ("ref", "refs"):
            return keys[0]
        if field["type"] == "num":
            return str(int(example) + change) if example.isdigit() else example
        return f"{example}{change}" if change and field["name"] == "name_zh" else example

    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["id", "as_of", *(field["name"] for field in fields)])
    for key in keys:
        rows.writerow([key, "2022-11-30", *(value(field) for field in fields)])
    return text.getvalue()


def run(*args, check=True, env=None):
    got = subprocess.run([LIANPU, *map(str, args)], capture_output=True, text=True, timeout=PATIENCE_S,
                         env={**os.environ, "LIANPU_TODAY": TODAY, **(env or {})})
    if check and got.returncode != 0:
        raise AssertionError(f"lianpu {' '.join(map(str, args))}: exit {got.returncode}\n{got.stderr}")
    return got


class Ledger:
    """A ledger file in that folder; or, with a url, one in PostgreSQL."""

    def __init__(self, folder, name="test.db", sample=True, url=None):
        self.folder = folder
        self.path = url or pathlib.Path(folder) / name
        run("init", self.path)
        if sample:
            self.add("source", SOURCES)
            self.add("region", REGIONS, "s-bureau")
            self.add("park", PARKS, "s-paper")
            self.add("facility", FACILITIES, "s-bureau")
            self.add("parcel", parcels(), "s-bureau")
            self.add("chain", CHAINS, "s-paper")
            self.add("segment", SEGMENTS, "s-paper")
            self.add("flow", FLOWS, "s-paper")

    def add(self, kind, csv_text, source=None):
        with tempfile.NamedTemporaryFile("w", suffix=".csv", dir=self.folder, encoding="utf-8") as file:
            file.write(csv_text)
            file.flush()
            run("import", file.name, "--db", self.path, "--as", kind, *(["--source", source] if source else []))


class Answer:
    def __init__(self, response, body):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = body

    def json(self):
        return json.loads(self.body)

    def code(self):
        return self.json()["error"]["code"]

    def sentence(self):
        return self.json()["error"]["sentence"]


class Server:
    def __init__(self, ledger, *options, env=None):
        self.lines = []
        self.heard = threading.Condition()
        self.process = subprocess.Popen(
            [LIANPU, "serve", "--db", str(ledger.path if isinstance(ledger, Ledger) else ledger), "--listen", "127.0.0.1:0",
             *options], stderr=subprocess.PIPE, text=True, encoding="utf-8",
            env={**os.environ, "LIANPU_TODAY": TODAY, **(env or {})})
        threading.Thread(target=self._read, daemon=True).start()
        self.port = int(self.event("listening")["address"].rsplit(":", 1)[1])
        until(lambda: self.get("/readyz").status == 200, "the server is ready")

    def _read(self):
        for line in self.process.stderr:
            with self.heard:
                self.lines.append(line)
                self.heard.notify_all()
        with self.heard:
            self.lines.append("")
            self.heard.notify_all()

    def event(self, name):
        """The first logged event of that name; waits for it."""
        deadline = time.monotonic() + PATIENCE_S
        with self.heard:
            while True:
                for line in self.lines:
                    if line.startswith("{") and json.loads(line)["event"] == name:
                        return json.loads(line)
                if "" in self.lines or not self.heard.wait(deadline - time.monotonic()):
                    raise AssertionError(f"no event {name}:\n{''.join(self.lines)}")

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)

    def request(self, method, path, body=None, headers=None):
        connection = self.connect()
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return Answer(response, response.read())
        finally:
            connection.close()

    def get(self, path, **headers):
        return self.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def post(self, path, value, content_type="application/json"):
        body = value if isinstance(value, (bytes, str)) else json.dumps(value)
        return self.request("POST", path, body.encode() if isinstance(body, str) else body, {"Content-Type": content_type})

    def raw(self, data, wait_s=5.0):
        """Bytes as they are; what comes back until the server closes, or falls silent for wait_s."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait_s) as s:
            try:
                s.sendall(data)
            except OSError:
                pass  # it closed already; what it said is still to be read
            got = b""
            try:
                while chunk := s.recv(65536):
                    got += chunk
                return got, True
            except socket.timeout:
                return got, False
            except ConnectionResetError:
                return got, True

    def memory_kb(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])

    def stop(self):
        """The exit code of a graceful stop."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE_S)


def until(true, what):
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited in vain: {what}")
        time.sleep(0.002)


def equal(got, want, what=""):
    if got != want:
        raise AssertionError(f"{what}\n  got  {got!r}\n  want {want!r}")


tests = []


def test(function):
    tests.append(function)
    return function


def main():
    """Runs every function marked @test with one shared server, or the world it makes itself if it takes only a folder."""
    folder = tempfile.mkdtemp(prefix="lianpu-api-")
    failed = 0
    server = None
    try:
        for function in tests:
            wants = function.__code__.co_varnames[:function.__code__.co_argcount]
            name = function.__name__.replace("_", " ")
            try:
                if "server" in wants and server is None:
                    server = Server(Ledger(folder, "shared.db"))
                given = {"server": server, "folder": tempfile.mkdtemp(dir=folder)}
                function(**{w: given[w] for w in wants})
                print(f"ok - {name}", flush=True)
            except Exception:  # noqa: BLE001: a test may fail in any way
                failed += 1
                print(f"not ok - {name}", flush=True)
                for line in traceback.format_exc().splitlines():
                    print(f"# {line}", flush=True)
        if server is not None:
            code = server.stop()
            print(f"{'ok' if code == 0 else 'not ok'} - the server ended well")
            failed += code != 0
        print(f"1..{len(tests) + (server is not None)}")
    finally:
        if server is not None and server.process.poll() is None:
            server.process.kill()
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if failed else 0)
