#!/bin/sh
# run.sh [BUILD_FOLDER build]: every measure of bench/README.md. Ends with 1 if an answer was wrong; times are only printed.
# PARCELS=FILE takes the parcels of another generator instead of bench/parcels.c (its columns: see bench/convert.c).
# ENTERPRISES=FILE adds a generator's enterprises (columns id, name, …, capital, lon, lat), and briefs with a distance to 10,000 of them.
# BENCH_PARCELS=N (1000000), BENCH_BRIEFS=N (400), BENCH_CHECKED=N (50).
set -eu
cd "$(dirname "$0")/.."
build=${1:-build}
ninja -C "$build" --quiet bench/atlas_bench bench/parcels bench/convert bench/convert_enterprises bench/atlas_load bench/list_bench bench/filter_bench bench/match_bench bench/names_bench bench/names_top_bench
work=$(mktemp -d "${TMPDIR:-/tmp}/lianpu-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT
count=${BENCH_PARCELS:-1000000}

echo "== atlas: build, open, commit"
"$build/bench/atlas_bench" "$count" 400 "$work"

echo "== match: 13 conditions and the offer, 5 terms, top 50"
if [ -n "${PARCELS:-}" ]; then
    "$build/bench/convert" "$PARCELS" "$work"
else
    "$build/bench/parcels" "$work" "$count"
fi
[ -z "${ENTERPRISES:-}" ] || "$build/bench/convert_enterprises" "$ENTERPRISES" "$work"
"$build/bench/atlas_load" "$work/parcels.csv" "$work/facilities.csv" "$work/atlas" ${ENTERPRISES:+"$ENTERPRISES"}
"$build/bench/match_bench" "$work/atlas" "${BENCH_BRIEFS:-400}" "${BENCH_CHECKED:-50}"

echo "== lists: filtered, counted, added up, in order"
"$build/bench/list_bench" "$work/atlas"

echo "== filters meant to keep the server busy"
"$build/bench/filter_bench" "$work/atlas"

echo "== search by name"
for names in plots firms; do
    "$build/bench/names_bench" "$names" "$count" 1000 60 "$work"
done
if [ -n "${ENTERPRISES:-}" ]; then
    "$build/bench/names_top_bench" "$ENTERPRISES" 2000 60 200 "$work"
fi

echo "== the product: import, first start, restart, a commit seen"
python3 bench/product_bench.py "$build/lianpu" "$work"

echo "== over HTTP: a small answer beside nginx, tiles, reads while commits are swapped in"
if command -v wrk >/dev/null; then python3 bench/http_bench.py "$build/lianpu"; else echo "left out: apt install wrk nginx-light"; fi
