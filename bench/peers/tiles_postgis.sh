#!/bin/sh
# tiles_postgis.sh FOLDER LIST: the tiles of LIST (bench/tile_bench.c writes it) from PostGIS, ST_AsMVT with the id and
# the five attributes, extent 4096, buffer 64, of the table that tiles_table.sh makes of FOLDER/parcels.csv. Their figures are printed as
# lines of JSON and appended to BENCH_OUT.
# Times are the server's own, without the way to the client: what has no filter runs as a prepared plan; each
# filter is planned, as it would be.
set -eu
folder=${1:?folder of parcels.csv} list=${2:?list of tiles}
: "${DATABASE_URL:?}"
ask() { PGOPTIONS="-c client_min_messages=warning" psql -X -q -v ON_ERROR_STOP=1 "$DATABASE_URL" "$@"; }

"$(dirname "$0")/tiles_table.sh" "$folder"
ask <<SQL
SET jit = off;
CREATE TEMP TABLE list (number serial, way text, z int, x int, y int, filter text, took_us float8, bytes int);
\\copy list (way, z, x, y, filter) FROM '$list' (FORMAT csv, DELIMITER E'\\t', QUOTE E'\\b')
SELECT count(*) AS warmed FROM lianpu_tiles WHERE ST_Area(geom) > 0;
DO \$\$
DECLARE
    job record;
    started timestamptz;
    tile bytea;
BEGIN
    FOR job IN SELECT * FROM list ORDER BY number LOOP
        started := clock_timestamp();
        IF job.filter IS NULL THEN
            SELECT ST_AsMVT(t, 'parcel', 4096, 'geom') INTO tile FROM (
                SELECT id, land_use, land_state, area_m2, price_fen_m2, power_left_kva,
                       ST_AsMVTGeom(geom, ST_TileEnvelope(job.z, job.x, job.y), 4096, 64, true) AS geom
                FROM lianpu_tiles WHERE geom && ST_TileEnvelope(job.z, job.x, job.y, margin => 64.0 / 4096)) t
            WHERE geom IS NOT NULL;
        ELSE
            EXECUTE 'SELECT ST_AsMVT(t, ''parcel'', 4096, ''geom'') FROM (
                SELECT id, land_use, land_state, area_m2, price_fen_m2, power_left_kva,
                       ST_AsMVTGeom(geom, ST_TileEnvelope(\$1, \$2, \$3), 4096, 64, true) AS geom
                FROM lianpu_tiles WHERE geom && ST_TileEnvelope(\$1, \$2, \$3, margin => 64.0 / 4096) AND '
                || job.filter || ') t WHERE geom IS NOT NULL' INTO tile USING job.z, job.x, job.y;
        END IF;
        UPDATE list SET took_us = extract(epoch FROM clock_timestamp() - started) * 1e6, bytes = octet_length(tile)
            WHERE number = job.number;
    END LOOP;
END \$\$;
\\pset format unaligned
\\pset tuples_only on
SELECT json_build_object('job', 'tile z' || z || CASE WHEN filtered THEN ' filtered' ELSE '' END || CASE way WHEN 'row' THEN ' by row' ELSE '' END,
              'who', 'PostGIS', 'n', count(*), 'p50_us', percentile_disc(0.5) WITHIN GROUP (ORDER BY took_us),
              'p99_us', percentile_disc(0.99) WITHIN GROUP (ORDER BY took_us), 'most_us', max(took_us),
              'bytes_p50', percentile_disc(0.5) WITHIN GROUP (ORDER BY bytes), 'bytes_most', max(bytes))
FROM (SELECT *, filter IS NOT NULL AS filtered FROM list) jobs GROUP BY way, filtered, z ORDER BY way, filtered, z
\\g | tee -a '${BENCH_OUT:-/dev/null}'
SQL
