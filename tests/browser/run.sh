#!/bin/sh
# Serves the sample city with the built program on a free loopback port and runs the browser's tests against it.
#   tests/browser/run.sh BUILD
set -eu
cd "$(dirname "$0")/../.."
build=${1:?the build folder}
folder=$(mktemp -d)
server=
cleanup() {
    if [ -n "$server" ]; then kill "$server" 2>/dev/null && wait "$server" 2>/dev/null; fi
    rm -rf "$folder"
}
trap cleanup EXIT INT TERM

"$build/lianpu" init "$folder/jiangmen.db" --sample jiangmen
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
"$build/lianpu" serve --db "$folder/jiangmen.db" --listen "127.0.0.1:$port" 2>"$folder/serve.log" &
server=$!
tries=0
until node -e "fetch('http://127.0.0.1:$port/readyz').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] && kill -0 "$server" 2>/dev/null || { cat "$folder/serve.log"; exit 1; }
done
status=0
# Those named together run side by side, a processor each; the others use two of themselves.
for together in "walk chains" "way ground" pages hostile; do
    running=
    for test in $together; do
        LIANPU_URL="http://127.0.0.1:$port" LIANPU_PROGRAM="$build/lianpu" node "tests/browser/$test.mjs" >"$folder/$test.tap" 2>&1 &
        running="$running $!"
    done
    for one in $running; do wait "$one" || status=1; done
    for test in $together; do cat "$folder/$test.tap"; done
done
exit $status
