"""Writes migrations as C strings: embed.py OUT.c FILE.sql …; schema/sqlite/001_init.sql becomes schema_sqlite_001_init."""
import pathlib
import sys


def c_string(text):
    """One literal a line, so that the compiler's messages and a reader find their place."""
    quoted = (line.replace("\\", "\\\\").replace('"', '\\"') for line in text.splitlines())
    return "\n".join(f'    "{line}\\n"' for line in quoted)


def main(out, files):
    parts = ['#include "store/migrate.h"\n']
    for path in map(pathlib.Path, files):
        parts.append(f"const char schema_{path.parent.name}_{path.stem}[] =\n{c_string(path.read_text('utf-8'))};\n")
    pathlib.Path(out).write_text("\n".join(parts), "utf-8")


main(sys.argv[1], sys.argv[2:])
