#!/usr/bin/env python3
"""The generated documents are as the program would write them now; every file a document names exists."""
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def generated_are_current(build):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["tools/docs.sh", f"{build}/lianpu", folder], cwd=ROOT, check=True)
        for name in ("data-model.md", "api.md", "configuration.md"):
            kept = ROOT / "docs" / name
            if not kept.exists() or kept.read_bytes() != (pathlib.Path(folder) / name).read_bytes():
                yield f"docs/{name} is old: make docs"


def named_files_exist():
    """`src/…`, `tests/…` and so on between backquotes in a document is a path of this project."""
    documents = [ROOT / n for n in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")] + sorted((ROOT / "docs").rglob("*.md"))
    for document in documents:
        if not document.exists():
            yield f"{document.name} is missing"
            continue
        for path in re.findall(r"`((?:src|tests|tools|web|data|bench|docs)/[\w./-]+)`", document.read_text(encoding="utf-8")):
            if not (ROOT / path).exists():
                yield f"{document.relative_to(ROOT)} names {path}, which does not exist"


def main():
    problems = list(generated_are_current(sys.argv[1])) + list(named_files_exist())
    for line in problems:
        print(f"not ok - {line}")
    if not problems:
        print("ok - the generated documents are current\nok - every file the documents name exists")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
