#!/usr/bin/env python3
"""Puts files into the program: a C file with .incbin, and a header that declares the table (src/base/embed.h).

    embed.py --name web_assets --c OUT.c --header OUT.h [--depfile OUT.d] [--compress] [--tree DIR]
             [--fallback NAME=PATH]... [NAME=PATH]...

The table is sorted by name. --tree takes every file below DIR under its path there; if DIR is not there, the fallbacks are
embedded in its place. With --compress each file also comes as gzip and brotli where that is smaller: FILE.br and FILE.gz
beside the C file, made once for each content. Standard library only; brotli by the program of that name, if there is one."""
import argparse
import gzip
import hashlib
import pathlib
import shutil
import subprocess

COMPRESSIBLE = {".html", ".css", ".js", ".mjs", ".json", ".geojson", ".csv", ".svg", ".txt", ".map", ".yaml", ".xml", ".pbf"}
SMALLEST = 860  # bytes; below it a header costs more than is won


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--name", required=True)
    parser.add_argument("--c", required=True, type=pathlib.Path)
    parser.add_argument("--header", required=True, type=pathlib.Path)
    parser.add_argument("--depfile", type=pathlib.Path)
    parser.add_argument("--compress", action="store_true")
    parser.add_argument("--tree", type=pathlib.Path)
    parser.add_argument("--fallback", action="append", default=[])
    parser.add_argument("files", nargs="*")
    return parser.parse_args()


def pair(text):
    name, _, path = text.partition("=")
    return name, pathlib.Path(path)


def chosen(args):
    """{name: path}, and what the choice depends on."""
    files = dict(pair(f) for f in args.files)
    depends = []
    if args.tree is not None:
        # A folder's time changes when a name in it appears or goes; the parent's when the tree itself does.
        depends.append(args.tree if args.tree.is_dir() else args.tree.parent)
        found = sorted(p for p in args.tree.rglob("*") if p.is_file()) if args.tree.is_dir() else []
        depends += [p for p in args.tree.rglob("*") if p.is_dir()] if args.tree.is_dir() else []
        files.update({p.relative_to(args.tree).as_posix(): p for p in found})
        if not found:
            files.update(pair(f) for f in args.fallback)
    return files, depends


def kept(path, data):
    """The bytes at that path, written only if they are not there already."""
    if not path.exists() or path.read_bytes() != data:
        path.write_bytes(data)
    return path


def compressed(folder, path, data):
    """Paths of the smaller forms: {"gzip": …, "brotli": …}."""
    forms = {}
    if path.suffix not in COMPRESSIBLE or len(data) < SMALLEST:
        return forms
    stem = hashlib.sha256(data).hexdigest()[:24]
    gz, br = folder / f"{stem}.gz", folder / f"{stem}.br"
    if not gz.exists():
        gz.write_bytes(gzip.compress(data, 9, mtime=0))
    if not br.exists() and shutil.which("brotli"):
        raw = subprocess.run(["brotli", "--best", "--stdout", "--", str(path)], check=True, capture_output=True).stdout
        br.write_bytes(raw)
    for form, at in (("gzip", gz), ("brotli", br)):
        if at.exists() and at.stat().st_size < len(data):
            forms[form] = at
    return forms


def c_text(args, files):
    folder = args.c.parent / f"{args.c.stem}.parts"
    folder.mkdir(parents=True, exist_ok=True)
    blobs, rows = [], []

    def blob(path):
        symbol = f"{args.name}_{len(blobs)}"
        blobs.append(f'__asm__(".section .rodata\\n.balign 16\\n{symbol}:\\n.incbin \\"{path.resolve()}\\"\\n.byte 0\\n.previous\\n");\n'
                     f"extern const char {symbol}[] __attribute__((visibility(\"hidden\")));\n")
        return f"{{{symbol}, {path.stat().st_size}}}"

    for name in sorted(files, key=lambda n: n.encode()):
        path = files[name]
        data = path.read_bytes()
        forms = compressed(folder, path, data) if args.compress else {}
        digest = hashlib.sha256(data).hexdigest()[:32]
        fields = [f'.name = "{name}"', f".plain = {blob(path)}"]
        fields += [f".{form} = {blob(at)}" for form, at in forms.items()]
        rows.append(f'    {{{", ".join(fields)}, .digest = "{digest}"}},\n')
    return (f'/* Made by tools/embed.py. */\n#include "{args.header.name}"\n\n' + "".join(blobs) +
            f"\nconst Embedded {args.name}[] = {{\n" + "".join(rows) + "};\n" +
            f"const uint32_t {args.name}_count = {len(rows)};\n")


def main():
    args = arguments()
    files, depends = chosen(args)
    if not files:
        raise SystemExit(f"embed.py: nothing to embed as {args.name}")
    kept(args.header, ('/* Made by tools/embed.py. */\n#pragma once\n#include "base/embed.h"\n\n'
                       f"extern const Embedded {args.name}[];\nextern const uint32_t {args.name}_count;\n").encode())
    kept(args.c, c_text(args, files).encode())
    if args.depfile:
        needs = " ".join(str(p.resolve()).replace(" ", "\\ ") for p in [*depends, *files.values()])
        args.depfile.write_text(f"{args.c} {args.header}: {needs}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
