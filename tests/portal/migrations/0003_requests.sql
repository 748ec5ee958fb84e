-- Requests (guide step 8, «+»): forms of services, families of members, requests, receipts. Times are whole seconds since
-- 1970 UTC, dates are written as in 2026-11-24.

-- A form is JSON, as the app reads it. Every version stays: a request is read with the one it was filled in.
CREATE TABLE forms (
    service      TEXT NOT NULL REFERENCES services (id),
    version      INTEGER NOT NULL,
    form         TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (service, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE family (
    ppr      TEXT NOT NULL REFERENCES members (ppr) ON DELETE CASCADE,
    id       TEXT NOT NULL,
    place    INTEGER NOT NULL,
    relation TEXT NOT NULL CHECK (relation IN ('spouse', 'child', 'ascendant')),
    name_ar  TEXT NOT NULL,
    name_fr  TEXT NOT NULL,
    born     TEXT NOT NULL,
    PRIMARY KEY (ppr, id)
) STRICT, WITHOUT ROWID;

-- The last number given in each year of Morocco's.
CREATE TABLE request_numbers (
    year INTEGER PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

-- `filled` is the JSON of the values. `change` numbers the changes of one member's requests; a cursor is such a number.
CREATE TABLE requests (
    id           TEXT PRIMARY KEY,
    number       TEXT NOT NULL UNIQUE,
    ppr          TEXT NOT NULL REFERENCES members (ppr),
    service      TEXT NOT NULL,
    version      INTEGER NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('filed', 'under-review', 'approved', 'refused')),
    filled       TEXT NOT NULL,
    filed_at     INTEGER NOT NULL,
    due_by       TEXT NOT NULL,
    change       INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    reason_ar    TEXT,
    reason_fr    TEXT,
    appeal_until TEXT,
    FOREIGN KEY (service, version) REFERENCES forms (service, version)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX requests_by_change ON requests (ppr, change);
CREATE INDEX requests_by_due ON requests (state, due_by);

CREATE TABLE receipts (
    request TEXT PRIMARY KEY REFERENCES requests (id),
    code    TEXT NOT NULL UNIQUE,
    sha256  TEXT NOT NULL,
    pdf     BLOB NOT NULL
) STRICT;

-- Responses stored under an idempotency key. `digest` is the SHA-256 of the request body.
CREATE TABLE answers (
    ppr    TEXT NOT NULL,
    key    TEXT NOT NULL,
    digest BLOB NOT NULL,
    body   BLOB NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (ppr, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX answers_by_time ON answers (at);
