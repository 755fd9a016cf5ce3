#!/usr/bin/env python3
"""Reads one vector tile with GDAL's MVT driver (ogr2ogr) and prints {layer: [GeoJSON features]}.

    tests/tiles/read_gdal.py FILE Z X Y"""
import json
import subprocess
import sys

file, z, x, y = sys.argv[1:5]
# CLIP=NO keeps the buffer. The driver gives metres of Web Mercator, which are turned into degrees.
options = ["-oo", f"Z={z}", "-oo", f"X={x}", "-oo", f"Y={y}", "-oo", "CLIP=NO"]
names = subprocess.run(["ogrinfo", "-ro", "-so", "-q", file, *options], check=True, capture_output=True, text=True).stdout
layers = {}
for line in names.splitlines():
    name = line.split(":", 1)[1].split("(")[0].strip()
    out = subprocess.run(["ogr2ogr", "-f", "GeoJSON", "/vsistdout/", file, name, *options, "-t_srs", "EPSG:4326",
                          "-lco", "COORDINATE_PRECISION=12"], check=True, capture_output=True, text=True).stdout
    layers[name] = json.loads(out)["features"]
    for feature in layers[name]:  # a property that one feature lacks is null here; GDAL adds an id of its own
        feature["properties"] = {k: v for k, v in feature["properties"].items() if v is not None and k != "mvt_id"}
print(json.dumps(layers, ensure_ascii=False))
