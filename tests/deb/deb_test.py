#!/usr/bin/env python3
"""The Debian package: deb_test.py BUILD. It is made, holds what it should, and what is in it works without an installation."""
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import traceback
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build").resolve()
TESTS = []


def test(body):
    TESTS.append(body)
    return body


def run(*words, **how):
    got = subprocess.run([str(w) for w in words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=300, **how)
    assert got.returncode == 0, f"{words}: exit {got.returncode}\n{got.stdout}{got.stderr}"
    return got.stdout


class Package:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.path = pathlib.Path(run(sys.executable, ROOT / "packaging/deb.py", BUILD, self.folder / "out").strip())
        self.tree = self.folder / "tree"
        run("dpkg-deb", "-R", self.path, self.tree)
        self.fields = dict(line.split(": ", 1) for line in run("dpkg-deb", "-f", self.path).splitlines() if re.match(r"[A-Z][\w-]*: ", line))


@test
def the_package_names_itself_and_the_libraries_it_needs_and_no_npm(package):
    assert package.fields["Package"] == "lianpu" and package.fields["Version"] in package.path.name
    depends = package.fields["Depends"]
    for library in ("libc6", "libmicrohttpd12", "libsqlite3-0", "libpq5", "libgeos-c1v5", "libicu72", "libfyaml0", "libsodium23"):
        assert re.search(rf"\b{library}\b", depends), f"{library} is not in {depends}"
    assert not re.search(r"npm|node|python|-dev\b", depends), depends
    assert "new Debian package" in run("dpkg-deb", "-I", package.path)


@test
def its_files_are_where_debian_has_them_and_belong_to_root(package):
    listed = {}
    for line in run("dpkg-deb", "-c", package.path).splitlines():
        mode, owner, _, _, _, name = line.split(None, 5)
        assert owner == "root/root", line
        assert mode[5] != "w" and mode[8] != "w", f"others may write: {line}"
        listed[name.removeprefix(".")] = mode
    for name, mode in (("/usr/bin/lianpu", "-rwxr-xr-x"), ("/usr/lib/systemd/system/lianpu.service", "-rw-r--r--"),
                       ("/usr/lib/sysusers.d/lianpu.conf", "-rw-r--r--"), ("/etc/lianpu/lianpu.yaml", "-rw-r--r--"),
                       ("/usr/share/doc/lianpu/copyright", "-rw-r--r--"), ("/usr/share/doc/lianpu/operate.md", "-rw-r--r--")):
        assert listed.get(name) == mode, f"{name}: {listed.get(name)}"
    assert (package.tree / "DEBIAN/conffiles").read_text() == "/etc/lianpu/lianpu.yaml\n"


@test
def every_licence_of_what_ships_is_in_it(package):
    docs = package.tree / "usr/share/doc/lianpu"
    assert (docs / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert {p.name for p in (docs / "licences/data").iterdir()} == {p.name for p in (ROOT / "data/licences").iterdir()}
    pages = {p.name for p in (docs / "licences/pages").iterdir()}
    assert {"preact.txt", "maplibre-gl.txt", "pmtiles.txt", "fontsource-variable_noto-sans-sc.txt"} <= pages, pages


@test
def the_program_in_it_runs_and_takes_the_configuration_in_it(package):
    program = package.tree / "usr/bin/lianpu"
    assert run(program, "--version") == f"lianpu {package.fields['Version']}\n"
    run(program, "serve", "--config", package.tree / "etc/lianpu/lianpu.yaml", "--check-config")
    commented = (package.tree / "etc/lianpu/lianpu.yaml").read_text(encoding="utf-8")
    every = package.folder / "every.yaml"
    every.write_text(re.sub(r"^# ([a-z-]+:)", r"\1", commented, flags=re.M), encoding="utf-8")
    run(program, "serve", "--config", every, "--check-config")


@test
def the_pages_are_in_the_program(package):
    program = (package.tree / "usr/bin/lianpu").read_bytes()
    assert b"/assets/" in program and (ROOT / "web/dist/index.html").exists(), "the pages were not built: make build"


@test
def systemd_finds_nothing_wrong_with_the_unit_and_it_is_shut_tight(package):
    if not shutil.which("systemd-analyze"):
        return
    text = (package.tree / "usr/lib/systemd/system/lianpu.service").read_text()
    unit = package.folder / "lianpu.service"
    unit.write_text(text.replace("/usr/bin/lianpu", str(package.tree / "usr/bin/lianpu")))
    got = subprocess.run(["systemd-analyze", "verify", "--man=no", str(unit)], stderr=subprocess.PIPE, text=True, timeout=60)
    said = [line for line in got.stderr.splitlines() if "lianpu.service" in line]
    assert got.returncode == 0 and not said, got.stderr
    exposure = run("systemd-analyze", "security", "--offline=true", "--no-pager", unit)
    assert float(re.search(r"level for \S+: ([\d.]+)", exposure).group(1)) <= 2.0, exposure[-300:]
    used = set(re.findall(r"^(\w+)=", text, re.M))
    assert {"Type", "WatchdogSec", "User", "ProtectSystem", "NoNewPrivileges", "PrivateTmp", "RestrictAddressFamilies",
            "SystemCallFilter", "MemoryDenyWriteExecute", "CapabilityBoundingSet", "StateDirectory"} <= used


@test
def the_server_serves_reads_the_ledger_and_builds_its_atlas_under_the_unit_s_filters(package):
    program, ledger = package.tree / "usr/bin/lianpu", package.folder / "shut.db"
    run(program, "init", ledger, "--sample", "jiangmen")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as supervisor:
        supervisor.bind(str(package.folder / "notify"))
        supervisor.settimeout(60)
        server = subprocess.Popen([sys.executable, ROOT / "tests/deb/shut.py", package.tree / "usr/lib/systemd/system/lianpu.service", program,
                                   "serve", "--config", package.tree / "etc/lianpu/lianpu.yaml", "--db", ledger, "--listen", "127.0.0.1:0"],
                                  stderr=subprocess.PIPE, text=True, env={**os.environ, "NOTIFY_SOCKET": str(package.folder / "notify")})
        try:
            events = []
            while not events or events[-1].get("event") != "listening":
                line = server.stderr.readline()
                if not line:
                    assert server.wait(60) == 77, f"it did not start: {events}"
                    return
                events.append(json.loads(line) if line.startswith("{") else {})
            assert supervisor.recv(200).startswith(b"READY=1")
            base = f"http://{events[-1]['address']}"
            first = json.load(urllib.request.urlopen(f"{base}/api/parcel?limit=1", timeout=60))["items"][0]["id"]
            assert json.load(urllib.request.urlopen(f"{base}/api/parcel/{first}/why", timeout=60))["id"] == first
        finally:
            server.terminate()
        said = server.stderr.read()
        assert server.wait(60) == 0, said
        events += map(json.loads, filter(None, said.splitlines()))
        assert any(event.get("event") == "atlas built" for event in events), events
        assert not any(event.get("level") == "error" for event in events), events
        assert supervisor.recv(200).startswith(b"STOPPING=1")


@test
def the_scripts_of_the_package_are_shell(package):
    for name in ("postinst", "prerm", "postrm"):
        run("sh", "-n", package.tree / "DEBIAN" / name)


@test
def the_same_program_makes_the_same_package(package):
    again = pathlib.Path(run(sys.executable, ROOT / "packaging/deb.py", BUILD, package.folder / "again").strip())
    for part in ("--ctrl-tarfile", "--fsys-tarfile"):
        one, two = (subprocess.run(["dpkg-deb", part, str(p)], check=True, stdout=subprocess.PIPE).stdout for p in (package.path, again))
        assert one == two, part


def main():
    failed = 0
    with tempfile.TemporaryDirectory(prefix="lianpu-deb-") as folder:
        package = Package(folder)
        for body in TESTS:
            name = body.__name__.replace("_", " ")
            try:
                body(package)
                print(f"ok - {name}", flush=True)
            except Exception:  # noqa: BLE001: a test may fail in any way
                failed += 1
                print(f"not ok - {name}", flush=True)
                for line in traceback.format_exc().splitlines():
                    print(f"# {line}", flush=True)
    print(f"1..{len(TESTS)}")
    return 1 if failed else 0


sys.exit(main())
