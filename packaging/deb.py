#!/usr/bin/env python3
"""Makes the Debian package of a built program: deb.py BUILD [FOLDER=BUILD/deb]. Prints its path.

Nothing is compiled here, and nothing but what this writes is in it: the program (the pages are in it), its unit, its
configuration, its documents and the licences of all that ships."""
import gzip
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
HERE = ROOT / "packaging"
MAINTAINER = "The Lianpu authors <lianpu@example.invalid>"
DOCUMENTS = ("operate.md", "configuration.md", "base-map.md", "deployment-lists.md", "data-model.md", "api.md")


def run(*words, cwd=ROOT):
    return subprocess.run(words, cwd=cwd, check=True, stdout=subprocess.PIPE, text=True).stdout


def put(text_or_path, target, mode=0o644):
    target.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(text_or_path, pathlib.Path):
        shutil.copyfile(text_or_path, target)
    else:
        target.write_text(text_or_path, encoding="utf-8")
    target.chmod(mode)


def version():
    return re.search(r"version: '([^']+)'", (ROOT / "meson.build").read_text(encoding="utf-8")).group(1)


def depends(binary):
    """What the program's libraries are called here, by dpkg-shlibdeps; it wants a source package's control file."""
    with tempfile.TemporaryDirectory() as folder:
        put("Source: lianpu\n\nPackage: lianpu\nArchitecture: any\n", pathlib.Path(folder) / "debian/control")
        said = run("dpkg-shlibdeps", "-O", "--ignore-missing-info", str(binary), cwd=folder)
    return re.search(r"shlibs:Depends=(.*)", said).group(1)


def page_licences(to):
    """Of the packages that the pages are made of: what package-lock.json has and is not for development alone."""
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    for path, package in sorted(lock["packages"].items()):
        if not path or package.get("dev") or package.get("devOptional") or package.get("optional"):
            continue
        found = sorted(p for p in (ROOT / path).glob("*") if re.match(r"(?i)(licen[cs]e|copying)", p.name) and p.is_file())
        name = path.removeprefix("node_modules/").replace("/", "_").lstrip("@")
        if found:
            put(found[0], to / f"{name}.txt")
        else:
            put(f"{name} {package['version']}: {package.get('license', 'see its package')}\n", to / f"{name}.txt")


def copyright_text():
    return ("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: Lianpu\n\n"
            "Files: *\nCopyright: The Lianpu authors\nLicense: Apache-2.0\n"
            " On Debian systems the text is in /usr/share/common-licenses/Apache-2.0, and here in LICENSE.\n"
            "Comment: the data that ships has licences of its own, told in licences/data/NOTICE.md; those of the\n"
            " packages that the pages are made of are in licences/pages.\n")


def fill(tree, binary):
    put(binary, tree / "usr/bin/lianpu", 0o755)
    run("strip", "--strip-unneeded", "--remove-section=.comment", str(tree / "usr/bin/lianpu"))
    put(HERE / "lianpu.service", tree / "usr/lib/systemd/system/lianpu.service")
    put(HERE / "lianpu.sysusers", tree / "usr/lib/sysusers.d/lianpu.conf")
    put(HERE / "lianpu.yaml", tree / "etc/lianpu/lianpu.yaml")
    docs = tree / "usr/share/doc/lianpu"
    for name in DOCUMENTS:
        put(ROOT / "docs" / name, docs / name)
    put(copyright_text(), docs / "copyright")
    put(ROOT / "LICENSE", docs / "LICENSE")
    for path in (ROOT / "data/licences").iterdir():
        put(path, docs / "licences/data" / path.name)
    page_licences(docs / "licences/pages")
    change = f"lianpu ({version()}) stable; urgency=medium\n\n  * See the project's history.\n\n -- {MAINTAINER}  {run('git', 'log', '-1', '--format=%cD').strip()}\n"
    (docs / "changelog.gz").write_bytes(gzip.compress(change.encode(), 9, mtime=0))
    (docs / "changelog.gz").chmod(0o644)


def control(tree, binary):
    size = sum(p.stat().st_size for p in tree.rglob("*") if p.is_file()) // 1024
    put(f"Package: lianpu\nVersion: {version()}\nArchitecture: {run('dpkg', '--print-architecture').strip()}\n"
        f"Maintainer: {MAINTAINER}\nInstalled-Size: {size}\nDepends: {depends(binary)}, systemd | adduser\n"
        "Section: web\nPriority: optional\nDescription: open industrial-chain investment atlas\n"
        " One server with an embedded ledger and a web map: parcels, parks, enterprises and\n"
        " industrial chains of a region, linked from what each bureau knows, with every\n"
        " value's source and date; sites are ranked for a project's brief.\n", tree / "DEBIAN/control")
    put("/etc/lianpu/lianpu.yaml\n", tree / "DEBIAN/conffiles")
    for name in ("postinst", "prerm", "postrm"):
        put(HERE / "debian" / name, tree / "DEBIAN" / name, 0o755)


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    out = pathlib.Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else build / "deb"
    os.environ.setdefault("SOURCE_DATE_EPOCH", run("git", "log", "-1", "--format=%ct").strip())
    os.umask(0o022)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        tree = pathlib.Path(folder) / "tree"
        fill(tree, build / "lianpu")
        control(tree, build / "lianpu")
        name = f"lianpu_{version()}_{run('dpkg', '--print-architecture').strip()}.deb"
        run("dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(out / name))
    print(out / name)


if __name__ == "__main__":
    main()
