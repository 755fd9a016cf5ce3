#!/bin/sh
# growth.sh: what match and names cost for each row as the rows grow, over every n-th parcel and enterprise of the run's data; and match over
# the 50,000 compared with working it out row by row, for thousands of briefs. Ends with 1 if an answer is wrong.
# BENCH_BUILD, BENCH_WORK, BENCH_SEED, BENCH_ATLAS, BENCH_PARCELS_CSV, BENCH_FIRMS: as bench/README.md says. BENCH_CHECKED_SMALL=N (5000) briefs of every sort.
set -eu
: "${BENCH_BUILD:?}" "${BENCH_WORK:?}" "${BENCH_PARCELS_CSV:?}" "${BENCH_FIRMS:?}"
seed=${BENCH_SEED:-1} folder=$BENCH_WORK/growth failed=0
mkdir -p "$folder"
trap 'rm -rf "$folder"' EXIT

# thin FILE ROWS: the headings and so many of its rows, evenly spaced; all if it has no more.
thin() { awk -v wanted="$2" -v all="$(($(wc -l <"$1") - 1))" 'NR == 1 || int((NR - 1) * wanted / all) > int((NR - 2) * wanted / all) || wanted >= all' "$1"; }

thin "$BENCH_FIRMS" 20000 >"$folder/firms.csv"
for rows in 10000 50000 100000; do
    thin "$BENCH_PARCELS_CSV" "$rows" >"$folder/parcels.csv"
    "$BENCH_BUILD/bench/atlas_load" "$folder/parcels.csv" "$BENCH_WORK/facilities.csv" "$folder/atlas" "$folder/firms.csv"
    if [ "$rows" = 50000 ]; then
        "$BENCH_BUILD/bench/match_check" "$folder/atlas" "${BENCH_CHECKED_SMALL:-5000}" "$seed" || failed=1
    else
        "$BENCH_BUILD/bench/match_bench" growth "$folder/atlas" 200 "$seed"
    fi
    rm -rf "$folder/atlas"
done
"$BENCH_BUILD/bench/match_bench" growth "$BENCH_ATLAS" 200 "$seed"
for rows in 10000 100000 1000000; do
    thin "$BENCH_FIRMS" "$rows" >"$folder/firms.csv"
    "$BENCH_BUILD/bench/names_top_bench" growth "$folder/firms.csv" 500 "$folder"
done
exit $failed
