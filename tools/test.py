#!/usr/bin/env python3
"""Runs the project's tests and ends in a plain "N passed, N failed".

    tools/test.py check     the quick part: gcc build, unit tests, static checks; under 60 s
    tools/test.py test      everything

Each step's whole output is in build/test-logs/STEP.log; what failed is shown here too."""
import json
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
LOGS = ROOT / "build" / "test-logs"
JOBS = str(os.cpu_count() or 2)


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def add(self, step, passed, failed, seconds, problems):
        self.passed += passed
        self.failed += failed
        state = "ok" if not failed else "FAILED"
        print(f"{step:<28} {state:<7} {passed:>5} passed {failed:>3} failed {seconds:>7.1f} s", flush=True)
        for line in problems[:40]:
            print(f"    {line}", flush=True)


tally = Tally()


def run(step, command, timeout, env=None):
    """The command's exit code and output; a run that takes longer than `timeout` seconds has failed."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{step}.log"
    start = time.monotonic()
    with log.open("wb") as out:
        try:
            code = subprocess.run(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, timeout=timeout,
                                  env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL).returncode
        except subprocess.TimeoutExpired:
            code = 124
            out.write(f"\ngave up after {timeout} s\n".encode())
        except FileNotFoundError as error:
            code = 127
            out.write(str(error).encode())
    return code, log.read_text(encoding="utf-8", errors="replace"), time.monotonic() - start


def lines_step(step, command, timeout=600, env=None):
    """A step that prints TAP lines or one "N passed, N failed"."""
    code, text, seconds = run(step, command, timeout, env)
    plain = re.findall(r"^(\d+) passed, (\d+) failed", text, re.M)
    if plain:
        passed, failed = sum(int(p) for p, _ in plain), sum(int(f) for _, f in plain)
    else:
        passed = len(re.findall(r"^\s*ok\b", text, re.M))
        failed = len(re.findall(r"^\s*not ok\b", text, re.M))
    problems = [line for line in text.splitlines() if re.match(r"\s*not ok\b", line)]
    if code != 0 and not failed:
        failed, problems = 1, text.splitlines()[-15:]
    if code == 0 and passed + failed == 0:
        failed, problems = 1, ["it ended well and ran no test"]
    tally.add(step, passed, failed, seconds, problems)


def plain_step(step, command, timeout=900, env=None):
    """A step that is one check: it ends with 0 or it failed."""
    code, text, seconds = run(step, command, timeout, env)
    tally.add(step, int(code == 0), int(code != 0), seconds, text.splitlines()[-25:] if code else [])
    return code == 0


def meson_step(step, folder, suites, timeout, env=None, names=()):
    command = ["meson", "test", "-C", folder, "--no-rebuild", "--num-processes", JOBS]
    for suite in suites:
        command += ["--suite", suite]
    command += names
    code, text, seconds = run(step, command, timeout, env)
    passed = failed = 0
    problems = []
    results = ROOT / folder / "meson-logs" / "testlog.json"
    for line in results.read_text(encoding="utf-8").splitlines() if results.exists() else []:
        test = json.loads(line)
        shown = (test.get("stdout") or "") + "\n" + (test.get("stderr") or "")
        good, bad = len(re.findall(r"^ok\b", shown, re.M)), len(re.findall(r"^not ok\b", shown, re.M))
        plain = re.findall(r"^(\d+) passed, (\d+) failed", shown, re.M)
        if plain:
            good, bad = sum(int(p) for p, _ in plain), sum(int(f) for _, f in plain)
        if test["result"] not in ("OK", "SKIP") and not bad:
            bad = 1
        if bad:
            wanted = re.compile(r"not ok|# |ERROR: |runtime error|Sanitizer")
            problems.append(f"{test['name']}: {test['result']}")
            problems += [f"  {shown_line}" for shown_line in shown.splitlines() if wanted.search(shown_line)][:12]
        passed += good or int(test["result"] == "OK" and not bad)
        failed += bad
    if code != 0 and not failed:
        failed, problems = 1, text.splitlines()[-15:]
    if passed + failed == 0:
        failed, problems = 1, ["no test ran"]
    tally.add(step, passed, failed, seconds, problems)


def build(step, folder, compiler, options, targets=()):
    # A folder that `make build` set up knows neither these options nor the test library, which may have come since.
    again = ["--reconfigure"] if (ROOT / folder / "build.ninja").exists() else []
    if not plain_step(f"{step}-configure", ["meson", "setup", *again, folder, *options], 300, {"CC": compiler}):
        return False
    return plain_step(step, ["ninja", "-C", folder, *targets], 1500)


def static_checks():
    lines_step("layers", ["python3", "tools/check_layers.py"])
    lines_step("format", ["python3", "tools/check_format.py"])
    lines_step("docs", ["python3", "tools/check_docs.py", "build"])


def check():
    if build("build-gcc", "build", "gcc", ["-Dwerror=true"]):
        meson_step("unit", "build", ["unit"], 120)
        meson_step("cli", "build", ["cli"], 120)
    static_checks()


def test():
    plain_step("pages-check", ["npm", "run", "--silent", "check"], 300)
    plain_step("pages-build", ["make", "--silent", "web/dist/index.html"], 300)
    gcc = build("build-gcc", "build", "gcc", ["-Dwerror=true"])
    static_checks()
    sanitized = ["-Dwerror=true", "-Dbuildtype=debugoptimized", "-Db_sanitize=address,undefined", "-Db_lundef=false"]
    if build("build-clang-asan", "build-asan", "clang-14", sanitized):
        calm = {"ASAN_OPTIONS": "detect_leaks=1:abort_on_error=1",
                "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1"}
        meson_step("unit-asan", "build-asan", ["unit"], 600, calm)
        meson_step("store-asan", "build-asan", ["store"], 600, calm)
        meson_step("faults-asan", "build-asan", ["faults"], 600, calm)
        meson_step("cli-asan", "build-asan", ["cli"], 600, calm)
        meson_step("api-asan", "build-asan", ["api"], 900, calm)
    threads = ["-Dwerror=true", "-Dbuildtype=debugoptimized", "-Db_sanitize=thread", "-Db_lundef=false"]
    if build("build-tsan", "build-tsan", "gcc", threads, ["tests/test_atlas_swap"]):
        meson_step("swap-tsan", "build-tsan", [], 300, {"TSAN_OPTIONS": "halt_on_error=1"}, ["atlas_swap"])
    lines_step("data", ["npm", "run", "--silent", "test:data"])
    if gcc:
        lines_step("article", ["node", "tests/data/article_test.mjs", "build"])
        lines_step("tiles", ["tests/tiles/run.sh", "build"])
        lines_step("bench", ["python3", "tests/bench/bench_test.py", "build"], 300)
        lines_step("deb", ["python3", "tests/deb/deb_test.py", "build"], 300)
        lines_step("recipes", ["python3", "tests/recipes/recipes.py"], 600)
        lines_step("browser", ["tests/browser/run.sh", "build"], 1500)


def main():
    start = time.monotonic()
    {"check": check, "test": test}[sys.argv[1]]()
    print(f"\n{time.monotonic() - start:.0f} s")
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed or not tally.passed else 0


if __name__ == "__main__":
    sys.exit(main())
