#!/bin/sh
# match_postgres.sh [PREFIX $BENCH_WORK/briefs]: the briefs that match_bench wrote (match_peers.h) put to PostgreSQL in the database that
# DATABASE_URL names, and the ids compared in order with ours. Ends with 1 if a brief's differ. The table plots is made anew.
# Times are the server's own, without the way to the client. Each query is parsed and planned, as it would be: no two are alike.
# Indexes: land use, land state, gas and area together; price; area. As many workers as it wants; without jit, which only costs here.
set -eu
here=$(dirname "$0")
[ -n "${DATABASE_URL:-}" ] || exec python3 "$here/report.py" match PostgreSQL --missing "not on this machine"
prefix=$(realpath "${1:-$BENCH_WORK/briefs}.sql") prefix=${prefix%.sql}
ask() { PGOPTIONS='-c client_min_messages=warning' psql -X -q -At -v ON_ERROR_STOP=1 "$DATABASE_URL" "$@"; }

start=$(date +%s)
ask <<SQL
DROP TABLE IF EXISTS plots;
$(sed 's/^CREATE TABLE/CREATE UNLOGGED TABLE/; s/\bid text/id text COLLATE "C"/' "$prefix.plots.sql")
\\copy plots FROM '$prefix.plots.csv' (FORMAT csv, HEADER true)
CREATE INDEX ON plots (land_use, land_state, gas_state, area_m2);
CREATE INDEX ON plots (price_fen_m2);
CREATE INDEX ON plots (area_m2);
VACUUM ANALYZE plots;
SQL
version=$(ask -c "SELECT 'PostgreSQL ' || split_part(current_setting('server_version'), ' ', 1)")
echo "$version: $(ask -c 'SELECT count(*) FROM plots') parcels loaded in $(($(date +%s) - start)) s"

ask <<SQL >"$prefix.postgres"
SET jit = off;
CREATE TEMP TABLE asked (number serial, query text, answer text, took_us float8);
CREATE TEMP TABLE answered (number serial, answer text);
\\copy asked (query) FROM '$prefix.sql' (FORMAT csv, DELIMITER E'\\t', QUOTE E'\\b')
\\copy answered (answer) FROM '$prefix.answers' (FORMAT csv, DELIMITER E'\\t', QUOTE E'\\b', NULL E'\\f')
DO \$\$
DECLARE
    one record;
    started timestamptz;
    found text;
BEGIN
    FOR one IN (SELECT * FROM asked ORDER BY number LIMIT 5) UNION ALL (SELECT * FROM asked ORDER BY number) LOOP
        started := clock_timestamp();
        EXECUTE 'SELECT array_to_string(ARRAY(' || one.query || '), '' '')' INTO found;
        UPDATE asked SET took_us = extract(epoch FROM clock_timestamp() - started) * 1e6, answer = found WHERE number = one.number;
    END LOOP;
END \$\$;
SELECT took_us, asked.answer = answered.answer FROM asked JOIN answered USING (number) ORDER BY number;
SQL
python3 "$here/report.py" match PostgreSQL <"$prefix.postgres"
