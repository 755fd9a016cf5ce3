-- 001: the ledger, SQLite. The same tables as schema/pg/001_init.sql; where the two differ, a comment says why.
--
-- Nothing is ever deleted here, and a record is never edited: to take something back is to write withdrawn_commit.

-- Names and values of the ledger itself. The schema's version is PRAGMA user_version, the mark of a ledger is
-- PRAGMA application_id: both lie in the file's header, readable without a table.
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row a commit, written in the commit's own transaction: it is the audit, and the memory of idempotency keys.
CREATE TABLE commit_log (
    seq             INTEGER PRIMARY KEY, -- 1, 2, 3 … without a gap: one writer at a time
    at              TEXT NOT NULL,       -- 2022-11-30T08:15:02Z
    actor           TEXT NOT NULL,       -- an office or a role, never a person
    action          TEXT NOT NULL,
    idempotency_key TEXT UNIQUE,         -- NULL: none was given
    digest          TEXT NOT NULL        -- of what was asked under that key
) STRICT;

-- What records speak of. An id carries its kind in the bits above 32, so that one kind's entities lie together in the
-- order of their ids and are read without an index of their own (entities.c).
CREATE TABLE entity (
    id          INTEGER PRIMARY KEY,
    kind        INTEGER NOT NULL, -- the stored number of the kind: kinds.c
    key         TEXT    NOT NULL, -- its public identity
    last_commit INTEGER NOT NULL, -- of the last commit that touched it
    winners     BLOB    NOT NULL DEFAULT x'', -- which record won each field; empty: its one record wins all
    UNIQUE (kind, key)
) STRICT;

-- "What changed since": read on every commit, must not depend on how many entities there are.
CREATE INDEX entity_last_commit ON entity (last_commit);

-- One file or form that came in, whole.
CREATE TABLE batch (
    id          INTEGER PRIMARY KEY,
    kind        INTEGER NOT NULL,
    source      INTEGER NOT NULL REFERENCES entity (id),
    file_name   TEXT    NOT NULL,
    file_digest TEXT    NOT NULL,
    n_read      INTEGER NOT NULL, -- = n_added + n_changed + n_same + n_rejected
    n_added     INTEGER NOT NULL,
    n_changed   INTEGER NOT NULL,
    n_same      INTEGER NOT NULL,
    n_rejected  INTEGER NOT NULL,
    first_record INTEGER NOT NULL, -- no record of it has a smaller id
    made_commit INTEGER NOT NULL REFERENCES commit_log (seq),
    undo_commit INTEGER REFERENCES commit_log (seq) -- NULL: it stands
) STRICT;

-- What one source said about one thing as of one day. The bytes come last: whoever asks for the columns before them
-- does not walk their overflow pages. Batch and source are checked by records.c once a batch, not a million times by a
-- foreign key (a seventh of an import); store_check looks at every row.
CREATE TABLE record (
    id               INTEGER PRIMARY KEY,
    entity           INTEGER NOT NULL REFERENCES entity (id),
    batch            INTEGER, -- NULL: built in
    source           INTEGER NOT NULL,
    as_of_first      INTEGER NOT NULL, -- days from 1970-01-01
    as_of_last       INTEGER NOT NULL,
    visibility       INTEGER NOT NULL, -- 0 public, 1 investor, 2 staff, 3 restricted
    withdrawn_commit INTEGER,          -- NULL: it is live
    locator          TEXT NOT NULL,    -- where in the source
    payload          BLOB NOT NULL,    -- pack_values of model/value.h
    shape            BLOB              -- EWKB, WGS84; NULL: no place
) STRICT;

CREATE INDEX record_entity ON record (entity);

-- No index leads from batch and source to record: undoing a batch and changing a source are rare; a batch's records
-- lie in one range of ids (one writer), a source's are found by a scan. Two indices less make an import a third faster.

PRAGMA user_version = 1;
