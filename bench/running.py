"""Programs under measure, and what asks them. Each ends when the program that started it does, even if that is killed; a
measuring program that is told to end takes the way out of its `with` blocks."""
import json
import os
import pathlib
import re
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.request

BOUND = ["setpriv", "--pdeathsig", "TERM"]  # the kernel ends it with the thread that started it

signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def run(*command, env=None, stdin=None):
    """What a command printed, its seconds, and its seconds of processor; one that fails ends the program."""
    start = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([*BOUND, *map(str, command)], capture_output=True, text=True, stdin=stdin,
                          env={**os.environ, "LANG": "C.UTF-8", **(env or {})})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.stdout, time.monotonic() - start, cpu


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def cpu_s(pids):
    """User and system time of processes, in seconds."""
    ticks = 0
    for pid in pids:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


class Process:
    """A server on a port of 127.0.0.1: `with` ends it, at once if something went wrong."""

    def __init__(self, command, port):
        self.port = port
        start = time.monotonic()
        self.process = subprocess.Popen([*BOUND, *map(str, command)], stderr=subprocess.DEVNULL)
        try:
            self._wait(start + self.ready_s)
        except BaseException:
            self.process.kill()
            raise
        self.ready = time.monotonic() - start

    probe, ready_s = "/", 20  # what is asked until it answers with 2xx, and for how long

    def _wait(self, until):
        while True:
            try:
                self.get(self.probe)
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > until:
                    sys.exit(f"{self.process.args[len(BOUND)]} did not start: it "
                             f"{'does not answer' if self.process.returncode is None else f'ended with {self.process.returncode}'}")
                time.sleep(0.002)

    def get(self, path, **headers):
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return answer.read()

    def pids(self):
        """Its own and its children's."""
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def stop(self):
        self.process.terminate()
        return self.process.wait(60)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind:
            self.process.kill()
            self.process.wait()
        elif self.process.poll() is None and self.stop():
            sys.exit(f"{self.process.args[len(BOUND)]} did not end well")


class Lianpu(Process):
    """lianpu serve; `ready` is the seconds until it answered."""
    probe, ready_s = "/readyz", 900  # a first start builds everything

    def __init__(self, program, ledger):
        port = free_port()
        super().__init__([program, "serve", "--db", ledger, "--listen", f"127.0.0.1:{port}"], port)

    def memory(self):
        """Resident kB, and of those the ones that are not mapped files."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        value = {line.split(":")[0]: line.split()[1] for line in status.splitlines() if line.startswith(("Rss", "VmRSS"))}
        return int(value["VmRSS"]), int(value["RssAnon"])


class Client:
    """One kept connection; what it does itself takes some 20 µs a request."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request):
        """Status and body of a request's bytes."""
        self.socket.sendall(request)
        got = self.socket.recv(262144)
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self._more()
        length = int(re.search(rb"\r\ncontent-length: *(\d+)", got[:end], re.I)[1])
        parts, have = [got[end + 4:]], len(got) - end - 4
        while have < length:
            parts.append(self._more())
            have += len(parts[-1])
        return int(got[9:12]), b"".join(parts)

    def _more(self):
        more = self.socket.recv(262144)
        if not more:
            raise ConnectionError("the server closed")
        return more

    def close(self):
        self.socket.close()


def get_bytes(path):
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


def post_bytes(path, body):
    return f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def wrk(port, paths, seconds, pids, clients=16, headers=()):
    """Asks for the paths of a file, one after another and again from the first, for so long: requests a second, mean bytes on the wire,
    and µs of the servers' processor a request. An answer that is not 2xx, or none, ends the program."""
    before = cpu_s(pids)
    script = pathlib.Path(__file__).parent / "paths.lua"
    said = run("wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "-s", script, *[part for header in headers for part in ("-H", header)],
               f"http://127.0.0.1:{port}", "--", paths)[0]
    spent = cpu_s(pids) - before
    found = json.loads(said.strip().splitlines()[-1])
    if found["errors"] or not found["requests"]:
        sys.exit(f"port {port}, {paths}: {found['errors']} errors in {found['requests']} requests")
    return found["requests"] / (found["duration_us"] / 1e6), found["bytes"] / found["requests"], spent * 1e6 / found["requests"]
