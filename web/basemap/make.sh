#!/bin/sh
# Makes sea.geojson anew: the sea around the Pearl River's west bank, under the map's own outlines.
# Needs npm and the packages of package.json (mapshaper); takes about 10 s and 2 GB of memory.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent @geo-maps/earth-seas-10m@0.6.0 >/dev/null
tar xzf ./*.tgz
node --max-old-space-size=4000 "$here/../../node_modules/mapshaper/bin/mapshaper" package/map.geo.json \
  -clip bbox=110.6,20.6,115.2,24.2 -simplify 60% keep-shapes \
  -o "$here/sea.geojson" format=geojson precision=0.0001 rfc7946
