#!/bin/sh
# Tiles of ours read by GDAL's MVT driver and by @mapbox/vector-tile: tests/tiles/run.sh BUILD_FOLDER
set -eu
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ninja -C "$1" --quiet tests/test_tile_write
LIANPU_TILES=$folder "$1"/tests/test_tile_write >"$folder"/log || { cat "$folder"/log; exit 1; }
python3 tests/tiles/check.py "$folder"
