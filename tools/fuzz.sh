#!/bin/sh
# Runs the fuzzers of tests/fuzz, one on each processor, each for FUZZ_SECONDS (60) on its corpus; what it finds is left in
# build-fuzz.   tools/fuzz.sh [NAME ...]   all of them unless some are named
set -eu
cd "$(dirname "$0")/.."
export FUZZ_SECONDS="${FUZZ_SECONDS:-60}"

# One fuzzer: a line that says how it went.
if [ "${1:-}" = --one ]; then
    name=$2
    corpus=build-fuzz/corpus/$name
    seeds=tests/fuzz/corpus/$name
    mkdir -p "$corpus"
    [ -d "$seeds" ] || seeds=
    # shellcheck disable=SC2086
    if "build-fuzz/tests/fuzz/${name}_fuzz" -max_total_time="$FUZZ_SECONDS" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="build-fuzz/$name-" "$corpus" $seeds >"build-fuzz/$name.log" 2>&1; then
        echo "ok - $name: $(sed -n 's/stat::number_of_executed_units: *//p' "build-fuzz/$name.log") inputs in $FUZZ_SECONDS s"
    else
        echo "not ok - $name: see build-fuzz/$name.log"
        tail -n 40 "build-fuzz/$name.log" | sed 's/^/# /'
    fi
    exit
fi

[ -f build-fuzz/build.ninja ] ||
    CC=clang-14 meson setup build-fuzz -Dfuzz=true -Dbuildtype=debugoptimized -Db_sanitize=address,undefined -Db_lundef=false -Dc_args=-fsanitize=fuzzer-no-link >/dev/null
ninja -C build-fuzz --quiet fuzzers
[ $# -gt 0 ] || set -- $(basename -a -s _fuzz build-fuzz/tests/fuzz/*_fuzz)
printf '%s\n' "$@" | xargs -n 1 -P "$(nproc)" tools/fuzz.sh --one | tee build-fuzz/said
failed=$(grep -c '^not ok' build-fuzz/said || :)
echo "$(($# - failed)) fuzzers passed, $failed failed"
[ "$failed" = 0 ]
