#!/usr/bin/env python3
"""Compares what GDAL and @mapbox/vector-tile read from tiles with what was written into them.

    tests/tiles/check.py FOLDER     FOLDER holds the tiles and expected.json of test_tile_write"""
import json
import math
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
READERS = {"GDAL": ["python3", str(HERE / "read_gdal.py")], "mapbox": ["node", str(HERE / "read_mapbox.mjs")]}
EXTENT, BUFFER = 4096, 64
passed = failed = 0


def check(good, what):
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    print(f"{'ok' if good else 'not ok'} - {what}")


def units(tile, position):
    """Degrees to units of the tile."""
    size = EXTENT * 2 ** tile["z"]
    x = (position[0] + 180) / 360 * size - tile["x"] * EXTENT
    y = (1 - math.asinh(math.tan(math.radians(position[1]))) / math.pi) / 2 * size - tile["y"] * EXTENT
    return x, y


def parts(geometry):
    kind, coordinates = geometry["type"], geometry["coordinates"]
    return {"Point": lambda: [[[coordinates]]], "Polygon": lambda: [coordinates], "MultiPolygon": lambda: coordinates}[kind]()


def points(tile, geometry):
    return [units(tile, p) for part in parts(geometry) for ring in part for p in ring]


def area(tile, geometry):
    total = 0
    for part in parts(geometry):
        for i, ring in enumerate(part):
            at = [units(tile, p) for p in ring]
            twice = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(at, at[1:])))
            total += twice / 2 if i == 0 else -twice / 2
    return total


def box(at):
    xs, ys = [p[0] for p in at], [p[1] for p in at]
    return min(xs), min(ys), max(xs), max(ys)


def same_shape(tile, want, got):
    """Within the tile: the same box to one unit and the same area to what rounding can do. Else: within
    the tile's buffer and no larger."""
    want_box, got_box = box(points(tile, want)), box(points(tile, got))
    if want["type"] == "Point":
        return got["type"] == "Point" and all(abs(a - b) <= 0.51 for a, b in zip(want_box, got_box))
    low, high = -BUFFER - 0.01, EXTENT + BUFFER + 0.01
    if all(low <= n <= high for n in want_box):
        edge = sum(math.dist(a, b) for part in parts(want) for ring in part
                   for a, b in zip([units(tile, p) for p in ring], [units(tile, p) for p in ring][1:]))
        return (all(abs(a - b) <= 0.51 for a, b in zip(want_box, got_box)) and
                abs(area(tile, want) - area(tile, got)) <= edge and
                [len(p) for p in parts(want)] == [len(p) for p in parts(got)])
    cut = [min(max(n, -BUFFER), EXTENT + BUFFER) for n in want_box]
    return (got_box[0] >= cut[0] - 0.51 and got_box[1] >= cut[1] - 0.51 and got_box[2] <= cut[2] + 0.51 and
            got_box[3] <= cut[3] + 0.51 and 0 < area(tile, got) <= area(tile, want) + 1)


def compare(reader, tile, layers):
    name = f"{reader} reads {tile['file']}"
    check(list(layers) == [tile["layer"]], f"{name}: its one layer")
    features = layers.get(tile["layer"], [])
    if "count" in tile:
        check(sum(f["properties"]["count"] for f in features) == tile["count"], f"{name}: every row is counted")
        return
    want = tile["features"]
    check([f["properties"]["id"] for f in features] == [f["properties"]["id"] for f in want], f"{name}: its features in order")
    for w, g in zip(want, features):
        check(w["properties"] == g["properties"], f"{name}: the properties of {w['properties']['id']}")
        check(same_shape(tile, w["geometry"], g["geometry"]), f"{name}: the shape of {w['properties']['id']}")


def main():
    folder = pathlib.Path(sys.argv[1])
    for tile in json.loads((folder / "expected.json").read_text(encoding="utf-8")):
        read = {}
        for reader, command in READERS.items():
            out = subprocess.run([*command, str(folder / tile["file"]), *(str(tile[k]) for k in "zxy")],
                                 capture_output=True, text=True, cwd=HERE)
            if out.returncode:
                check(False, f"{reader} reads {tile['file']}: {out.stderr.strip()[-300:]}")
                continue
            read[reader] = json.loads(out.stdout)
            compare(reader, tile, read[reader])
        if len(read) == 2:
            a, b = (r.get(tile["layer"], []) for r in read.values())
            check(len(a) == len(b) and all(abs(area(tile, p["geometry"]) - area(tile, q["geometry"])) < 1
                                           for p, q in zip(a, b)), f"both see the same areas in {tile['file']}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
