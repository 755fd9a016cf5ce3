#!/bin/sh
# run.sh [BUILD_FOLDER build]: every measure of bench/README.md in one run, with its peers, which it starts and ends itself;
# writes the table of bench/RESULTS.md. Ends with 1 if an answer was wrong or a program failed; times are only stated.
#   BENCH_ONLY="tiles names …"   only these parts (of: atlas match match10m tiles http names growth import product lists filters search);
#                                the table is then printed, and written only where BENCH_RESULTS=FILE says
#   PARCELS=FILE ENTERPRISES=FILE PARCELS10M=FILE   an outside generator's files (their columns: bench/convert.c, bench/convert_enterprises.c)
#   BENCH_PARCELS=N (1000000) BENCH_ENTERPRISES=N (5000000)   of our own generators, where there is no file
#   BENCH_PEERS=no               no peer is started
#   BENCH_SEED=N (1) of generators, tiles, briefs and names; BENCH_BRIEFS=N (400) BENCH_CHECKED=N (50) BENCH_CHECKED_SMALL=N (5000) BENCH_TILES=N (400) BENCH_SECONDS=N (4) BENCH_COMMITS=N (50)
set -eu
cd "$(dirname "$0")/.."
build=${1:-build}
parts=${BENCH_ONLY:-atlas match import product http tiles match10m names growth lists filters search}
[ -n "${PARCELS10M:-}" ] || parts=$(echo "$parts" | sed 's/ *match10m//')
seed=${BENCH_SEED:-1}
work=$(mktemp -d "${TMPDIR:-/tmp}/lianpu-bench-XXXXXX")
chmod 711 "$work" # peers run as other users
export TMPDIR="$work"
BENCH_OUT=$work/lines BENCH_WORK=$work BENCH_BUILD=$build BENCH_SEED=$seed BENCH_ATLAS=$work/atlas
export BENCH_OUT BENCH_WORK BENCH_BUILD BENCH_SEED BENCH_ATLAS
: >"$BENCH_OUT"
step_pid='' failed=0

# shellcheck source=bench/peers/postgres.sh
. bench/peers/postgres.sh

# Whatever happens, nothing of the run is left. Steps are waited for and not run in front, so that a signal is heard at once.
finish() {
    trap '' INT TERM HUP
    trap - EXIT
    if [ -n "$step_pid" ]; then
        kill -s TERM -- "-$step_pid" 2>/dev/null || true
        wait "$step_pid" 2>/dev/null || true
    fi
    postgres_stop
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# step COMMAND…: runs it in a process group of its own, which is told to end when run.sh is. A command that fails is said, and the run goes on.
step() {
    setsid setpriv --pdeathsig TERM "$@" &
    step_pid=$!
    if wait "$step_pid"; then
        step_pid=
        return 0
    fi
    step_pid=
    failed=1
    echo "FAILED: $*" >&2
    return 1
}

in_run() { case " $parts " in *" $1 "*) return 0 ;; esac; return 1; }
quoted() { python3 -c 'import json, sys; print(json.dumps(sys.argv[1], ensure_ascii=False))' "$1"; }
fact() { printf '{"fact":%s,"is":%s}\n' "$(quoted "$1")" "$(quoted "$2")" >>"$BENCH_OUT"; }
missing() { printf '{"job":%s,"who":%s,"missing":%s}\n' "$(quoted "$1")" "$(quoted "$2")" "$(quoted "$3")" >>"$BENCH_OUT"; }
load() { cut -d' ' -f1-3 /proc/loadavg; }

# Peers that others bring: each executable bench/peers/PART_*, with the environment that bench/README.md names.
peers_of() {
    [ "${BENCH_PEERS:-}" != no ] || return 0
    postgres_start || echo "PostgreSQL is left out"
    for peer in bench/peers/"$1"_*; do
        if [ -x "$peer" ]; then
            echo "-- $peer"
            step "$peer" || true
        fi
    done
}

say_machine() {
    fact parts "$parts"
    fact date "$(date +%Y-%m-%d\ %H:%M)"
    fact machine "$(nproc) × $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(awk '/MemTotal/ {printf "%.0f GiB", $2 / 1048576}' /proc/meminfo), $(
        sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release), kernel $(uname -r), $(${CC:-cc} --version | head -1), build $(
        meson introspect --buildoptions "$build" | python3 -c 'import json, sys; print(next(o["value"] for o in json.load(sys.stdin) if o["name"] == "buildtype"))')"
    fact "load average at the start" "$(load)"
}

# What stands on this machine, and what does not.
say_peers() {
    lacking=
    for tool in wrk:wrk nginx:nginx-light ogr2ogr:gdal-bin /usr/lib/cgi-bin/mapserv:cgi-mapserver spawn-fcgi:spawn-fcgi; do
        command -v "${tool%%:*}" >/dev/null || lacking="$lacking ${tool#*:}"
    done
    postgres_there || lacking="$lacking postgresql-15 postgresql-15-postgis-3"
    [ -z "$lacking" ] || echo "left out are the measures that need these: apt install$lacking (or tools/setup.sh bench)"
    fact peers "$({
        for package in postgresql-15 postgresql-15-postgis-3 cgi-mapserver nginx-light gdal-bin libsqlite3-0 wrk; do
            dpkg-query -W -f '${Package} ${Version}\n' "$package" 2>/dev/null || true
        done
        sed -n "s/^const DUCKDB_VERSION = '\\(.*\\)'.*/duckdb (npm) \\1/p" bench/peers/match_duckdb.mjs
    } | paste -sd, | sed 's/,/, /g')${lacking:+; not there:$lacking}"
}

rows_of() { python3 -c 'import sys; print(f"{sum(1 for _ in open(sys.argv[1])) - 1:,}")' "$1"; }
origin() { if [ -n "$1" ]; then echo "an outside generator"; else echo "$2"; fi; }

make_data() {
    if [ -n "${PARCELS:-}" ]; then
        step "$build/bench/convert" "$PARCELS" "$work"
    else
        step "$build/bench/parcels" "$work" "${BENCH_PARCELS:-1000000}" "$seed"
    fi
    BENCH_FIRMS=${ENTERPRISES:-$work/firms.csv} BENCH_PARCELS_CSV=$work/parcels.csv BENCH_ENTERPRISES_CSV=$work/enterprises.csv
    export BENCH_FIRMS BENCH_PARCELS_CSV BENCH_ENTERPRISES_CSV
    [ -n "${ENTERPRISES:-}" ] || step "$build/bench/enterprises" "$BENCH_FIRMS" "${BENCH_ENTERPRISES:-5000000}" "$seed"
    step "$build/bench/convert_enterprises" "$BENCH_FIRMS" "$work"
    fact data "$(rows_of "$work/parcels.csv") parcels of $(origin "${PARCELS:-}" bench/parcels.c), $(rows_of "$work/enterprises.csv") enterprises of $(
        origin "${ENTERPRISES:-}" bench/enterprises.c), 400 facilities; seed $seed"
    step "$build/bench/atlas_load" "$work/parcels.csv" "$work/facilities.csv" "$work/atlas" "$BENCH_FIRMS"
}

part_atlas() { step "$build/bench/atlas_bench" "${BENCH_PARCELS:-1000000}" 400 "$work"; }
part_lists() { step "$build/bench/list_bench" "$work/atlas"; }
part_filters() { step "$build/bench/filter_bench" "$work/atlas"; }

match_briefs() { BENCH_BRIEFS_OUT=$work/briefs BENCH_JOB=match step "$build/bench/match_bench" "$work/atlas" "${BENCH_BRIEFS:-400}" "${BENCH_CHECKED:-50}" "$seed"; }

part_match() {
    match_briefs || true
    peers_of match
}

part_match10m() {
    mkdir -p "$work/10m"
    step "$build/bench/convert" "$PARCELS10M" "$work/10m" &&
        step "$build/bench/atlas_load" "$work/10m/parcels.csv" "$work/10m/facilities.csv" "$work/10m/atlas" &&
        BENCH_JOB="match 10m" step "$build/bench/match_bench" "$work/10m/atlas" "${BENCH_BRIEFS:-400}" 5 "$seed"
    rm -rf "$work/10m"
}

part_tiles() {
    step "$build/bench/tile_bench" "$work/atlas" "$work/tiles" "${BENCH_TILES:-400}" "$seed" || true
    if postgres_start; then
        step bench/peers/tiles_postgis.sh "$work" "$work/tiles"
    else
        for zoom in 6 9 11 12 14; do missing "tile z$zoom" PostGIS "no PostgreSQL with PostGIS was started"; done
    fi
}

part_names() {
    step "$build/bench/names_top_bench" "$BENCH_FIRMS" 2000 60 200 "$work" || true
    peers_of names
}

part_growth() { step bench/growth.sh; }

part_search() {
    for names in plots firms; do
        step "$build/bench/names_bench" "$names" "${BENCH_PARCELS:-1000000}" 1000 60 "$work" || true
    done
}

part_import() {
    postgres_start || true
    step python3 bench/product_bench.py import "$build/lianpu" "$work"
}
part_product() {
    step python3 bench/product_bench.py product "$build/lianpu" "$work" || true
    step python3 bench/http_bench.py small "$build/lianpu" "$work"
}
part_http() {
    { postgres_start && step bench/peers/tiles_table.sh "$work"; } || true
    step python3 bench/http_bench.py tiles "$build/lianpu" "$work" || true
    [ -f "$work/briefs.jsonl" ] || match_briefs || true
    step python3 bench/http_bench.py match "$build/lianpu" "$work"
}

# Read as a whole before it begins, so that a change of this file does not meddle with a run.
run() {
    for part in $parts; do
        command -v "part_$part" >/dev/null || { echo "run.sh: no part $part" >&2; exit 2; }
    done
    ninja -C "$build" --quiet lianpu bench/atlas_bench bench/parcels bench/convert bench/convert_enterprises bench/enterprises bench/atlas_load \
        bench/list_bench bench/filter_bench bench/match_bench bench/match_check bench/names_bench bench/names_top_bench bench/tile_bench
    say_machine
    say_peers
    make_data
    for part in $parts; do
        postgres_rest
        began=$(date +%s)
        echo "== $part"
        "part_$part" || true
        took="${took:-}$part $(($(date +%s) - began)) s, "
    done
    fact "load average at the end" "$(load)"
    fact "the run's parts took" "${took%, }"
    [ -n "${BENCH_ONLY:-}" ] || BENCH_RESULTS=${BENCH_RESULTS:-bench/RESULTS.md}
    python3 bench/table.py "$BENCH_OUT" bench/targets.json ${BENCH_RESULTS:+"$BENCH_RESULTS"} || failed=1
}
{ run; exit $failed; }
