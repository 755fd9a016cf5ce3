#!/bin/sh
# tiles_table.sh FOLDER: FOLDER/parcels.csv, in Lianpu's own headings, as the table lianpu_tiles of the database that DATABASE_URL
# names, whose user may create the extension: the id and the five attributes, a value that is withheld or does not apply NULL;
# geometries in EPSG:3857 already, in the order of their index. Made once and kept.
set -eu
folder=${1:?folder of parcels.csv}
: "${DATABASE_URL:?}"
ask() { PGOPTIONS="-c client_min_messages=warning" psql -X -q -v ON_ERROR_STOP=1 "$DATABASE_URL" "$@"; }

if [ "$(ask -At -c "SELECT to_regclass('lianpu_tiles') IS NOT NULL")" != t ]; then
    names=$(head -1 "$folder/parcels.csv" | tr -d '\r')
    columns=$(echo "$names" | sed 's/[^,]*/"&" text/g')
    ask <<SQL
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE UNLOGGED TABLE lianpu_tiles_in ($columns);
\\copy lianpu_tiles_in FROM '$folder/parcels.csv' (FORMAT csv, HEADER true)
CREATE TABLE lianpu_tiles AS
    SELECT row_number() OVER ()::int AS row, id, substring(land_use FROM '^[A-Z0-9]+$') AS land_use, substring(land_state FROM '^[a-z_]+$') AS land_state,
           substring(area_m2 FROM '^[0-9.]+$')::float8 AS area_m2, substring(price_fen_m2 FROM '^[0-9]+$')::bigint AS price_fen_m2,
           substring(power_left_kva FROM '^[0-9]+$')::bigint AS power_left_kva,
           ST_Transform(ST_GeomFromText(geometry, 4326), 3857) AS geom
    FROM lianpu_tiles_in WHERE geometry IS NOT NULL;
DROP TABLE lianpu_tiles_in;
CREATE INDEX lianpu_tiles_geom ON lianpu_tiles USING gist (geom);
CLUSTER lianpu_tiles USING lianpu_tiles_geom;
VACUUM ANALYZE lianpu_tiles;
CHECKPOINT;
SQL
fi
