#!/usr/bin/env python3
"""The measures' own way from a run to its table, at sizes of no meaning and without a peer: bench_test.py BUILD_FOLDER. Prints TAP."""
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import traceback

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = sys.argv[1] if len(sys.argv) > 1 else "build"
TINY = {"BENCH_PARCELS": "2000", "BENCH_ENTERPRISES": "3000", "BENCH_TILES": "12", "BENCH_BRIEFS": "20", "BENCH_CHECKED": "10",
        "BENCH_SECONDS": "1", "BENCH_COMMITS": "5", "BENCH_PEERS": "no"}
TARGETS = [{"part": "p", "job": "quick", "title": "a quick job", "to_reach": {"p50_us": 10, "p99_us": 20}, "peers": ["Peer"], "why": "it is Monday"},
           {"part": "p", "job": "much", "to_reach": {"rate": 100, "ratio": 2}, "unit": "rows/s", "peers": ["Peer"]}]


def environment(folder, **more):
    return {**{name: value for name, value in os.environ.items() if not name.startswith(("BENCH", "PARCELS", "ENTERPRISES"))},
            **TINY, "TMPDIR": folder, **more}


def table(folder, *lines):
    """What table.py makes of these lines, as rows by job; all it said; and how it ended."""
    pathlib.Path(folder, "lines").write_text("".join(json.dumps(line) + "\n" for line in lines))
    pathlib.Path(folder, "targets").write_text(json.dumps(TARGETS))
    done = subprocess.run([sys.executable, ROOT / "bench/table.py", f"{folder}/lines", f"{folder}/targets"], capture_output=True, text=True)
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in done.stdout.splitlines() if line.startswith("| ")]
    return {row[0]: row for row in rows}, done.stdout + done.stderr, done.returncode


def a_run_measures_compares_and_writes_its_table_between_the_markers(folder):
    results = pathlib.Path(folder, "results.md")
    results.write_text("before\n<!-- make bench writes from here -->\nold\n<!-- to here -->\nafter\n")
    done = subprocess.run(["bench/run.sh", BUILD], cwd=ROOT, capture_output=True, text=True, timeout=300,
                          env=environment(folder, BENCH_ONLY="match tiles names lists product", BENCH_RESULTS=str(results)))
    text = results.read_text(encoding="utf-8")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert text.startswith("before\n") and text.endswith("\nafter\n") and "\nold\n" not in text, text
    for row in (r"\| match, 13 conditions.*\| [\d.]+( [µm]s)? / [\d.]+ [µm]s", r"\| tile z14, .* \| [\d.]+( [µm]s)? / [\d.]+ [µm]s CPU", r"\| tile z9, filtered",
                r"\| names, top 20.*\| [\d.]+( [µm]s)? / [\d.]+ [µm]s", r"\| cold build.*\| [\d.]+ s \|", r"\| one commit.*\| [\d.]+( [µm]s)? / [\d.]+ [µm]s",
                r"\| reads while commits.*\| [\d.]+( [µm]s)? / [\d.]+ [µm]s", r"2,000 parcels of bench/parcels.c, 3,000 enterprises"):
        assert re.search(row, text), f"{row} is not in\n{text}"
    compared = dict(re.findall(r"([\w ,-]+): ([\d,]+), 0 wrong", text[text.index("Answers compared"):]))
    assert len(compared) >= 3 and all(int(count.replace(",", "")) > 0 for count in compared.values()), compared
    assert list(pathlib.Path(folder).glob("lianpu-bench-*")) == [], "the run's folder is left"


def a_run_that_is_told_to_end_leaves_no_process_and_no_folder(folder):
    run = subprocess.Popen(["bench/run.sh", BUILD], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                           env=environment(folder, BENCH_ONLY="product", BENCH_SECONDS="300"))
    for line in run.stdout:
        if line.startswith("commit seen"):  # a server runs, and is read from for ten minutes
            break
    run.send_signal(signal.SIGTERM)
    assert run.wait(60) == 143, run.returncode
    until, left = time.monotonic() + 20, True
    while left and time.monotonic() < until:
        left = subprocess.run(["pgrep", "-f", folder], capture_output=True, text=True).stdout
        time.sleep(0.02)
    assert not left, subprocess.run(["pgrep", "-af", folder], capture_output=True, text=True).stdout
    assert list(pathlib.Path(folder).glob("lianpu-bench-*")) == [], "the run's folder is left"


def an_unknown_part_is_refused(folder):
    done = subprocess.run(["bench/run.sh", BUILD], cwd=ROOT, capture_output=True, text=True, env=environment(folder, BENCH_ONLY="tiles tyles"))
    assert done.returncode == 2 and "no part tyles" in done.stderr, done.stderr


def what_is_reached_and_what_falls_short_are_told_and_why(folder):
    rows, text, code = table(folder, {"job": "quick", "who": "lianpu", "n": 5, "p50_us": 8, "p99_us": 25, "cpu": True},
                             {"job": "quick", "who": "Peer", "n": 5, "p50_us": 80, "p99_us": 50},
                             {"job": "much", "who": "lianpu", "rate": 120, "unit": "rows/s"}, {"job": "much", "who": "Peer", "rate": 40, "unit": "rows/s"})
    assert code == 0, text
    assert rows["a quick job"] == ["a quick job", "10 / 20 µs", "8 / 25 µs CPU", "**no**: p99", "Peer 80 / 50 µs: **10× / 2×**"], rows
    assert rows["much"] == ["much", "≥ 100 rows/s; ≥ 2×", "120 rows/s", "yes", "Peer 40 rows/s: **3×**"], rows
    assert "- a quick job: it is Monday" in text, text


def a_peer_that_is_not_there_is_said_and_not_passed_over(folder):
    rows, text, code = table(folder, {"job": "quick", "who": "lianpu", "n": 5, "p50_us": 8, "p99_us": 9},
                             {"job": "quick", "who": "Peer", "missing": "apt install peer"}, {"job": "much", "who": "lianpu", "rate": 120, "unit": "rows/s"})
    assert code == 0 and rows["a quick job"][3:] == ["yes", "Peer not measured: apt install peer"], text
    assert rows["much"][3:] == ["not measured: ratio", "Peer not measured"], text
    assert "it is Monday" not in text, text


def a_wrong_answer_is_named_and_fails_the_table(folder):
    _, text, code = table(folder, {"job": "quick", "who": "Peer", "compared": 30, "wrong": 2, "n": 1, "p50_us": 1, "p99_us": 1})
    assert code == 1 and "quick (Peer): 2 of 30 compared answers are wrong" in text, text


def a_line_with_a_word_of_its_own_is_refused(folder):
    for line in ({"job": "quick", "who": "lianpu", "p50_ms": 1}, {"job": "quick", "who": "lianpu", "rate": 5}, {"job": "quick", "rate": 5, "unit": "s"}):
        _, text, code = table(folder, line)
        assert code == 1 and "not a line of a result" in text, text


def main():
    tests = [value for name, value in globals().items() if callable(value) and getattr(value, "__code__", None)
             and value.__code__.co_varnames[:1] == ("folder",) and name not in ("environment", "table")]
    failed = 0
    for test in tests:
        with tempfile.TemporaryDirectory(prefix="lianpu-bench-test-") as folder:
            os.chmod(folder, 0o755)
            name = test.__name__.replace("_", " ")
            try:
                test(folder)
                print(f"ok - {name}", flush=True)
            except Exception:  # noqa: BLE001: a test may fail in any way
                failed += 1
                print(f"not ok - {name}", flush=True)
                for line in traceback.format_exc().splitlines():
                    print(f"# {line}", flush=True)
    print(f"1..{len(tests)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
