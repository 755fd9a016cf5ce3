#!/usr/bin/env python3
"""What many idle and slow clients cost the others: slow_clients.py LIANPU LEDGER [--idle 10000] [--slow 4000] [--seconds 20] [--connections N]

Starts the server, asks it for a while alone, then the same beside the crowd of tests/api/crowd.py: connections that say nothing, half of
which have been answered before, and clients that send a byte a second. Prints percentiles of the requests in between, each over a
connection of its own and over a kept one, and what the crowd costs the server in memory and processor time."""
import argparse
import http.client
import json
import os
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests/api"))
from crowd import Crowd, percentile, room_for  # noqa: E402

PATHS = ("/api/parcel?limit=5", "/api/meta", "/healthz")


class Server:
    def __init__(self, program, ledger, connections):
        self.process = subprocess.Popen([program, "serve", "--db", ledger, "--listen", "127.0.0.1:0"]
                                        + (["--connections", str(connections)] if connections else []),
                                        stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            event = json.loads(line)
            if event["event"] == "fewer connections than told":
                sys.exit(f"only {event['connections']} connections: more files may not be open (ulimit -Hn)")
            if event["event"] == "listening":
                self.port = int(event["address"].rsplit(":", 1)[1])
                break
        while self.status("/readyz") != 200:
            time.sleep(0.05)

    def status(self, path, connection=None):
        own = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        own.request("GET", path)
        answer = own.getresponse()
        answer.read()
        if not connection:
            own.close()
        return answer.status

    def memory_mb(self):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(text.split("VmRSS:")[1].split()[0]) / 1024

    def cpu_s(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ask(server, seconds):
    """ms over new connections, ms over a kept one."""
    fresh, kept, end = [], [], time.monotonic() + seconds
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    while time.monotonic() < end:
        for path in PATHS:
            for taken, over in ((fresh, None), (kept, connection)):
                start = time.monotonic()
                if server.status(path, over) != 200:
                    sys.exit(f"{path} was not answered with 200")
                taken.append((time.monotonic() - start) * 1000)
        time.sleep(0.005)
    return fresh, kept


def told(name, fresh, kept, cpu_s, seconds, memory_mb):
    print(f"{name:<12} {len(fresh) + len(kept):>6} requests   new connection p50 {percentile(fresh, 50):6.2f} p99 {percentile(fresh, 99):7.2f} ms"
          f"   kept p50 {percentile(kept, 50):6.2f} p99 {percentile(kept, 99):7.2f} ms   server {cpu_s / seconds * 100:5.1f} % of a core, {memory_mb:6.0f} MB")


def main():
    args = argparse.ArgumentParser()
    args.add_argument("program")
    args.add_argument("ledger")
    for name, usual in (("idle", 10000), ("slow", 4000), ("seconds", 20), ("connections", 0)):
        args.add_argument(f"--{name}", type=int, default=usual)
    given = args.parse_args()
    room_for(given.idle + given.slow + 100)
    server = Server(given.program, given.ledger, given.connections)
    try:
        for name in ("alone", "in a crowd"):
            crowd = Crowd(server.port, given.idle, given.slow) if name != "alone" else None
            cpu = server.cpu_s()
            fresh, kept = ask(server, given.seconds)
            told(name, fresh, kept, server.cpu_s() - cpu, given.seconds, server.memory_mb())
        print("the crowd:", json.dumps(crowd.end()))
    finally:
        server.process.terminate()
        server.process.wait()


main()
