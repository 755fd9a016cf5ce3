#!/usr/bin/env python3
"""Does what docs/adding-a-field.md, docs/adding-a-route.md and docs/deployment-lists.md say, on a copy of the sources, and checks what they promise.

A recipe is read, not repeated here. Three forms of text are instructions:

    In `FILE`, below the line with `TEXT`:      the block that follows is inserted there
    A new file `FILE`:                          the block that follows is its content
    a block marked console                      each line behind "$ " is run in the copy; the lines below it are
                                                what it must print (… stands for anything)
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
INSERT = re.compile(r"In `([^`]+)`, below the line with `([^`]+)`:\s*\n\n```\w*\n(.*?)```", re.S)
CREATE = re.compile(r"A new file `([^`]+)`:\s*\n\n```\w*\n(.*?)```", re.S)
CONSOLE = re.compile(r"```console\n(.*?)```", re.S)


class Recipe:
    def __init__(self, document):
        self.name = document.stem
        self.text = document.read_text(encoding="utf-8")

    def steps(self):
        """(place in the text, what to do, its parts), in the order they stand in."""
        found = [(m.start(), "insert", m.groups()) for m in INSERT.finditer(self.text)]
        found += [(m.start(), "create", m.groups()) for m in CREATE.finditer(self.text)]
        found += [(m.start(), "console", m.groups()) for m in CONSOLE.finditer(self.text)]
        return sorted(found, key=lambda step: step[0])

    def follow(self, folder, env):
        for _, what, parts in self.steps():
            yield from {"insert": insert, "create": create, "console": console}[what](folder, env, *parts)


def insert(folder, _env, file, mark, block):
    path = folder / file
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    places = [i for i, line in enumerate(lines) if mark in line]
    if len(places) != 1:
        raise AssertionError(f"{file} has {len(places)} lines with {mark}")
    lines.insert(places[0] + 1, block)
    path.write_text("".join(lines), encoding="utf-8")
    yield f"{file} takes the lines below {mark}"


def create(folder, _env, file, block):
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block, encoding="utf-8")
    yield f"{file} is written"


def console(folder, env, block):
    commands = re.split(r"^\$ ", block, flags=re.M)[1:]
    for command in commands:
        line, _, wanted = command.partition("\n")
        while line.endswith("\\"):
            more, _, wanted = wanted.partition("\n")
            line = line[:-1] + more.strip()
        done = subprocess.run(["bash", "-c", line], cwd=folder, env=env, capture_output=True, text=True, timeout=600)
        shown = done.stdout + done.stderr
        pattern = ".*".join(re.escape(piece) for piece in wanted.strip().split("…"))
        if done.returncode != 0 or (wanted.strip() and not re.search(pattern, shown, re.S)):
            raise AssertionError(f"`{line}` ended with {done.returncode} and printed:\n{shown[-2000:]}\nwanted: {wanted}")
        yield f"`{line}` prints what the recipe says"


def copy_of_sources(folder):
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True,
                            check=True).stdout.splitlines()
    for name in listed:
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    if (ROOT / "web/dist").is_dir():
        shutil.copytree(ROOT / "web/dist", folder / "web/dist")
    os.symlink(ROOT / "node_modules", folder / "node_modules")


def main():
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="lianpu-recipes-") as name:
        folder = pathlib.Path(name) / "lianpu"
        folder.mkdir()
        copy_of_sources(folder)
        env = {**os.environ, "LANG": "C.UTF-8"}
        subprocess.run(["meson", "setup", "build", "-Dbuildtype=debug", "-Dwerror=true"], cwd=folder, env=env, check=True,
                       stdout=subprocess.DEVNULL)
        subprocess.run(["ninja", "-C", "build", "--quiet", "lianpu"], cwd=folder, env=env, check=True)
        for document in [*sorted((ROOT / "docs").glob("adding-a-*.md")), ROOT / "docs/deployment-lists.md"]:
            start = time.monotonic()
            try:
                for said in Recipe(document).follow(folder, env):
                    passed += 1
                    print(f"ok - {document.stem}: {said}", flush=True)
            except (AssertionError, OSError, subprocess.SubprocessError) as problem:
                failed += 1
                print(f"not ok - {document.stem}: {problem}", flush=True)
            print(f"# {document.stem}: {time.monotonic() - start:.0f} s")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
