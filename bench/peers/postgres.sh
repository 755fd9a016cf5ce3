# Sourced by run.sh: a PostgreSQL with PostGIS of the run's own, in $work/pg, on a free port of 127.0.0.1 and nowhere else. It
# ends when run.sh does, even if that is killed (pdeathsig). Sets DATABASE_URL and postgres_pid. Durable (fsync on); shared_buffers
# and work_mem as one would set them for such a machine. Who fills a table runs VACUUM ANALYZE; before the next part all is written (postgres_rest), so
# that it does nothing of its own beside what is measured.
postgres_bin=${LIANPU_PG_BIN:-/usr/lib/postgresql/15/bin}

postgres_there() { [ -x "$postgres_bin/postgres" ] && [ -f "$("$postgres_bin/pg_config" --sharedir)/extension/postgis.control" ]; }

# Asks for it: starts it the first time. 1: it is not there.
postgres_start() {
    [ -z "${postgres_pid:-}" ] || return 0
    [ "${BENCH_PEERS:-}" != no ] && postgres_there || return 1
    mkdir -p "$work/pg"
    chmod 711 "$work/pg"
    as=
    if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
        chown postgres "$work/pg"
        as="setpriv --reuid postgres --regid postgres --init-groups"
    fi
    postgres_port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
    (cd "$work/pg" && $as "$postgres_bin/initdb" -D "$work/pg/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync) >"$work/pg.log" 2>&1 ||
        { cat "$work/pg.log" >&2; return 1; }
    # ${as:-…}: --pdeathsig must be given in the same call, for a change of user forgets it.
    (cd "$work/pg" && exec ${as:-setpriv} --pdeathsig INT "$postgres_bin/postgres" -D "$work/pg/data" -k "$work/pg" -p "$postgres_port" \
        -c listen_addresses=127.0.0.1 -c shared_buffers=1GB -c work_mem=64MB -c maintenance_work_mem=512MB -c max_wal_size=8GB \
        -c effective_cache_size=8GB -c random_page_cost=1.1 -c max_parallel_workers_per_gather=2 -c autovacuum=off -c checkpoint_timeout=1h -c max_connections=20) >>"$work/pg.log" 2>&1 &
    postgres_pid=$!
    DATABASE_URL="postgresql://postgres@127.0.0.1:$postgres_port/postgres"
    export DATABASE_URL
    tries=0
    until "$postgres_bin/pg_isready" -q -h 127.0.0.1 -p "$postgres_port"; do
        tries=$((tries + 1))
        if [ $tries -gt 300 ] || ! kill -0 "$postgres_pid" 2>/dev/null; then
            cat "$work/pg.log" >&2
            postgres_stop
            return 1
        fi
        sleep 0.1
    done
}

postgres_rest() { [ -z "${postgres_pid:-}" ] || psql -X -q "$DATABASE_URL" -c CHECKPOINT || true; }

postgres_stop() {
    [ -n "${postgres_pid:-}" ] || return 0
    kill -INT "$postgres_pid" 2>/dev/null || true
    wait "$postgres_pid" 2>/dev/null || true
    postgres_pid=
}
