#!/usr/bin/env python3
"""Includes go downward only, and an outside library's header appears in one module only.

The rule stands here once; ARCHITECTURE.md draws it. Exit 1 with a line for each include that breaks it."""
import pathlib
import re
import sys

ENGINES = ["match", "tile", "chain"]
MAY_INCLUDE = {
    "base": [],
    "text": [],
    "geo": [],
    "model": ["geo", "text"],
    "store": ["model"],
    "intake": ["store", "model", "geo", "text"],
    "link": ["store", "model", "geo", "text"],
    "atlas": ["model", "geo", "text"],
    "match": ["atlas", "model", "geo", "text"],
    "tile": ["atlas", "model", "geo", "text"],
    "chain": ["atlas", "model", "geo", "text"],
    "app": ["intake", "link", "store", "atlas", "model", "geo", "text"] + ENGINES,
    "http": ["app", "intake", "link", "store", "atlas", "model", "geo", "text"] + ENGINES,
    "cli": ["http", "app", "intake", "link", "store", "atlas", "model", "geo", "text"] + ENGINES,
}
OUTSIDE = {
    "sodium.h": "base", "jansson.h": "base", "xxhash.h": "base",
    "unicode/": "text", "geos_c.h": "geo", "libfyaml.h": "model",
    "expat.h": "intake", "zip.h": "intake", "sqlite3.h": "store", "libpq-fe.h": "store", "microhttpd.h": "http", "zlib.h": "http", "brotli/": "http",
    "coin/": "match",
}
# Written by tools/embed.py at build time, each for the module named.
GENERATED = {"sample_data.h": "app", "web_assets.h": "http", "schema_files.h": "store"}
# Headers of the C library, POSIX and Linux: anyone may include them.
SYSTEM = re.compile(r"^(std\w+|string|errno|ctype|locale|math|assert|limits|time|inttypes|unistd|fcntl|signal|pthread|"
                    r"poll|spawn|semaphore|dirent|getopt|ftw|strings|netdb|sys/\w+|netinet/\w+|arpa/inet|linux/\w+|"
                    r"immintrin|endian)\.h$")


def problems(root: pathlib.Path):
    for path in sorted((root / "src").rglob("*.[ch]")):
        module = path.relative_to(root / "src").parts[0]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = re.match(r'\s*#\s*include\s+([<"])([^>"]+)[>"]', line)
            if not found:
                continue
            kind, name = found.groups()
            where = f"{path.relative_to(root)}:{number}"
            if kind == '"':
                other = name.split("/")[0]
                if name in GENERATED:
                    if module != GENERATED[name]:
                        yield f"{where}: {name} belongs to {GENERATED[name]}"
                elif "/" not in name:
                    yield f'{where}: include "{name}" by its path from src/'
                elif other != module and other != "base" and other not in MAY_INCLUDE.get(module, []):
                    yield f"{where}: {module} may not include {other}"
            elif not SYSTEM.match(name):
                owner = next((o for h, o in OUTSIDE.items() if name == h or (h.endswith("/") and name.startswith(h))), None)
                if owner is None:
                    yield f"{where}: <{name}> is no header this project knows; say in tools/check_layers.py whose it is"
                elif owner != module:
                    yield f"{where}: <{name}> belongs to {owner}"
        if module != "store" and re.search(r'"\s*(SELECT|INSERT|UPDATE|DELETE|select|insert into|update|delete from)\s+\w+.*\b(from|into|set|FROM|INTO|SET)\b',
                                           path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(root)}: SQL outside store"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    found = list(problems(root))
    for line in found:
        print(f"not ok - {line}")
    if not found:
        print("ok - includes go downward only, and each outside header has one owner")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
