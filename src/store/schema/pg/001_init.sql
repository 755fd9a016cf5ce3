-- 001: the ledger, PostgreSQL with PostGIS. The same tables as schema/sqlite/001_init.sql, which says what each is for;
-- here stands only what differs. Every number is bigint, so that the driver reads one width; every text that is compared
-- is in collation "C": by bytes, as everywhere in Lianpu.

CREATE EXTENSION IF NOT EXISTS postgis;

-- PostgreSQL has no application_id or user_version: the rows 'application' and 'schema' stand for them.
CREATE TABLE meta (
    name  text COLLATE "C" PRIMARY KEY,
    value text NOT NULL
);
INSERT INTO meta VALUES ('application', 'lianpu'), ('schema', '1');

CREATE TABLE commit_log (
    seq             bigint PRIMARY KEY,
    at              text NOT NULL,
    actor           text NOT NULL,
    action          text NOT NULL,
    idempotency_key text COLLATE "C" UNIQUE,
    digest          text NOT NULL
);

CREATE TABLE entity (
    id          bigint PRIMARY KEY,
    kind        bigint NOT NULL,
    key         text COLLATE "C" NOT NULL,
    last_commit bigint NOT NULL,
    winners     bytea NOT NULL DEFAULT '',
    UNIQUE (kind, key)
);
CREATE INDEX entity_last_commit ON entity (last_commit);

CREATE TABLE batch (
    id          bigint PRIMARY KEY,
    kind        bigint NOT NULL,
    source      bigint NOT NULL REFERENCES entity (id),
    file_name   text NOT NULL,
    file_digest text NOT NULL,
    n_read      bigint NOT NULL,
    n_added     bigint NOT NULL,
    n_changed   bigint NOT NULL,
    n_same      bigint NOT NULL,
    n_rejected  bigint NOT NULL,
    first_record bigint NOT NULL,
    made_commit bigint NOT NULL REFERENCES commit_log (seq),
    undo_commit bigint REFERENCES commit_log (seq)
);

CREATE TABLE record (
    id               bigint PRIMARY KEY,
    entity           bigint NOT NULL REFERENCES entity (id),
    batch            bigint REFERENCES batch (id),
    source           bigint NOT NULL REFERENCES entity (id),
    as_of_first      bigint NOT NULL,
    as_of_last       bigint NOT NULL,
    visibility       bigint NOT NULL,
    withdrawn_commit bigint,
    locator          text NOT NULL,
    payload          bytea NOT NULL,
    shape            geometry(Geometry, 4326) -- written and read as EWKB, the bytes SQLite keeps
);
CREATE INDEX record_entity ON record (entity);
CREATE INDEX record_shape ON record USING gist (shape) WHERE shape IS NOT NULL;

-- For a GIS that connects straight to the database: live shapes that everyone may see. One row a record: where two
-- sources draw the same parcel, both lines are there. It names no source, as a source may be less public than its rows.
CREATE VIEW public_shape AS
SELECT r.id AS record_id,
       CASE e.kind WHEN 1 THEN 'source' WHEN 2 THEN 'region' WHEN 3 THEN 'park' WHEN 4 THEN 'facility'
                   WHEN 5 THEN 'parcel' END AS kind,
       e.key,
       date '1970-01-01' + r.as_of_last::int AS as_of,
       r.shape
  FROM record r
  JOIN entity e ON e.id = r.entity
 WHERE r.withdrawn_commit IS NULL AND r.visibility = 0 AND r.shape IS NOT NULL;
