#!/usr/bin/env python3
"""C is laid out as clang-format 14 does with .clang-format; no source passes 800 lines."""
import pathlib
import subprocess
import sys

LINES_MAX = 800


def main():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "--", "*.c", "*.h", "*.ts", "*.tsx", "*.mjs", "*.py"],
                            capture_output=True, text=True, check=True).stdout.split()
    sources = [name for name in listed if pathlib.Path(name).exists()]
    failed = 0
    c_sources = [name for name in sources if name.endswith((".c", ".h"))]
    said = subprocess.run(["clang-format-14", "--dry-run", *c_sources], capture_output=True, text=True).stderr
    for name in sorted({line.split(":")[0] for line in said.splitlines() if "-Wclang-format-violations" in line}):
        failed += 1
        print(f"not ok - {name} is not as clang-format lays it out (make format)")
    for name in sources:
        lines = len(pathlib.Path(name).read_text(encoding="utf-8").splitlines())
        if lines > LINES_MAX:
            failed += 1
            print(f"not ok - {name} has {lines} lines: a file past {LINES_MAX} is two")
    if not failed:
        print(f"ok - {len(sources)} sources are laid out as agreed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
