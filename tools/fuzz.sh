#!/bin/sh
# Runs every fuzzer of tests/fuzz for FUZZ_SECONDS (60) on its corpus; a crash ends it with the input that did it.
set -eu
cd "$(dirname "$0")/.."
seconds=${FUZZ_SECONDS:-60}
[ -f build-fuzz/build.ninja ] ||
    CC=clang-14 meson setup build-fuzz -Dfuzz=true -Dbuildtype=debugoptimized -Db_sanitize=address,undefined -Db_lundef=false -Dc_args=-fsanitize=fuzzer-no-link >/dev/null
ninja -C build-fuzz --quiet fuzzers
passed=0
failed=0
for fuzzer in build-fuzz/tests/fuzz/*_fuzz; do
    name=$(basename "$fuzzer" _fuzz)
    corpus=build-fuzz/corpus/$name
    mkdir -p "$corpus"
    seeds=tests/fuzz/corpus/$name
    [ -d "$seeds" ] || seeds=
    # shellcheck disable=SC2086
    if "$fuzzer" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="build-fuzz/$name-" "$corpus" $seeds >"build-fuzz/$name.log" 2>&1; then
        echo "ok - $name: $(sed -n 's/stat::number_of_executed_units: *//p' "build-fuzz/$name.log") inputs in $seconds s"
        passed=$((passed + 1))
    else
        echo "not ok - $name: see build-fuzz/$name.log"
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
