#!/bin/sh
# Runs a command with a private PostgreSQL + PostGIS: tests/store/pg.sh COMMAND…
# The cluster lives in a temporary folder, listens on a unix socket in it and on nothing else, and is gone afterwards. The
# command finds its URL in LIANPU_TEST_PG. LIANPU_PG_FSYNC=on makes it durable, which tests of loss need and others don't.
set -eu
bin=${LIANPU_PG_BIN:-/usr/lib/postgresql/15/bin}
[ -x "$bin/initdb" ] || { echo "no PostgreSQL 15 in $bin" >&2; exit 1; }
home=$(mktemp -d /tmp/lianpu-pg-XXXXXX)
as=
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
    chown postgres "$home"
    as="runuser -u postgres --"
fi
chmod 711 "$home"
stop() {
    $as "$bin/pg_ctl" -D "$home/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$home"
}
trap stop EXIT
trap 'exit 130' INT TERM
cd "$home"
$as "$bin/initdb" -D "$home/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$home/log" 2>&1 || { cat "$home/log" >&2; exit 1; }
$as "$bin/pg_ctl" -D "$home/data" -w -l "$home/data/server.log" \
    -o "-k $home -c listen_addresses='' -c fsync=${LIANPU_PG_FSYNC:-off} -c max_connections=50" start >/dev/null ||
    { cat "$home/data/server.log" >&2; exit 1; }
$as "$bin/createdb" -h "$home" -U postgres lianpu
$as psql -q -h "$home" -U postgres -d lianpu -c 'CREATE EXTENSION postgis' >/dev/null
cd "$OLDPWD"
LIANPU_TEST_PG="postgresql:///lianpu?host=$home&user=postgres" "$@"
