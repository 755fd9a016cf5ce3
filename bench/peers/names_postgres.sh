#!/bin/sh
# names_postgres.sh [FOLDER $BENCH_WORK]: the questions that names_top_bench wrote put to PostgreSQL in the database that DATABASE_URL
# names: LIKE over a GIN index of pg_trgm, the 20 largest. The sizes are compared with ours, in order. Ends with 1 if a question's differ.
# The table firms is made anew. Times are the server's own; each query is planned with its text, as it would be.
set -eu
here=$(dirname "$0") folder=$(realpath "${1:-$BENCH_WORK}")
if [ -z "${DATABASE_URL:-}" ]; then
    for job in names "names no hit"; do python3 "$here/report.py" "$job" pg_trgm --missing "not on this machine"; done
    exit 0
fi
ask() { PGOPTIONS='-c client_min_messages=warning' psql -X -q -At -v ON_ERROR_STOP=1 "$DATABASE_URL" "$@"; }

start=$(date +%s)
ask <<SQL
CREATE EXTENSION IF NOT EXISTS pg_trgm;
DROP TABLE IF EXISTS firms;
CREATE UNLOGGED TABLE firms (capital bigint NOT NULL, name text NOT NULL);
\\copy firms FROM '$folder/names.firms' (FORMAT csv, DELIMITER E'\\t', QUOTE E'\\b')
CREATE INDEX ON firms USING gin (name gin_trgm_ops);
CREATE INDEX ON firms (capital DESC);
VACUUM ANALYZE firms;
SQL
echo "PostgreSQL with pg_trgm: $(ask -c 'SELECT count(*) FROM firms') enterprises loaded in $(($(date +%s) - start)) s"

ask <<SQL >"$folder/names.postgres"
SET jit = off;
CREATE TEMP TABLE asked (number serial, kind text, asked text, sizes text, took_us float8, found text);
\\copy asked (kind, asked, sizes) FROM '$folder/names.asked' (FORMAT csv, DELIMITER E'\\t', QUOTE E'\\b', NULL E'\\f')
DO \$\$
DECLARE
    one record;
    started timestamptz;
    answer text;
BEGIN
    FOR one IN (SELECT * FROM asked ORDER BY number LIMIT 5) UNION ALL (SELECT * FROM asked ORDER BY number) LOOP
        started := clock_timestamp();
        EXECUTE format('SELECT array_to_string(ARRAY(SELECT capital FROM firms WHERE name LIKE %L ORDER BY capital DESC LIMIT 20), '' '')',
                       '%' || one.asked || '%') INTO answer;
        UPDATE asked SET took_us = extract(epoch FROM clock_timestamp() - started) * 1e6, found = answer WHERE number = one.number;
    END LOOP;
END \$\$;
SELECT kind, char_length(asked), took_us, found = sizes FROM asked ORDER BY number;
SQL
failed=0
some() { awk -F'|' -v OFS='|' "$1 { print \$3, \$4 }" "$folder/names.postgres"; }
some '$1 == "some"' | python3 "$here/report.py" names pg_trgm || failed=1
some '$1 == "some" && $2 == 2' | python3 "$here/report.py" "names 2 characters" pg_trgm || failed=1
some '$1 == "some" && $2 > 2' | python3 "$here/report.py" "names 3-6 characters" pg_trgm || failed=1
some '$1 == "none"' | python3 "$here/report.py" "names no hit" pg_trgm || failed=1
exit $failed
