-- Content that the operator publishes, in the database since commands take effect at once; known devices, and addresses
-- that await confirmation. Times are whole seconds since 1970 UTC.

-- Versions, contacts, authorisation, stores, maintenance: one JSON value each.
CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The config as last published. Its serial grows with every change of its content and never goes back.
CREATE TABLE published_config (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    serial  INTEGER NOT NULL,
    content TEXT NOT NULL
) STRICT;

-- Every charter published, so that an accepted text can be read again. The newest is the current one.
CREATE TABLE charters (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    version   TEXT NOT NULL UNIQUE,
    published TEXT NOT NULL,
    ar        TEXT NOT NULL,
    fr        TEXT NOT NULL
) STRICT;

-- A service's entry is JSON, as the seed's TOML has it; `place` is the order members see.
CREATE TABLE services (
    id    TEXT PRIMARY KEY,
    place INTEGER NOT NULL,
    entry TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE circulars (
    service TEXT PRIMARY KEY REFERENCES services (id) ON DELETE CASCADE,
    pdf     BLOB NOT NULL
) STRICT;

CREATE TABLE professional_domains (
    domain TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Addresses that retirees without one proposed; used once the operator confirms them.
CREATE TABLE address_proposals (
    ppr   TEXT PRIMARY KEY REFERENCES members (ppr),
    email TEXT NOT NULL,
    at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Devices that the member has signed in on, each with its own count of wrong passwords.
CREATE TABLE known_devices (
    hash       BLOB PRIMARY KEY,
    ppr        TEXT NOT NULL REFERENCES members (ppr),
    session_id INTEGER NOT NULL,
    given_at   INTEGER NOT NULL,
    in_a_row   INTEGER NOT NULL DEFAULT 0,
    wait_till  INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX known_devices_by_member ON known_devices (ppr, given_at);

-- Id of a session outside the database: a sequential number would disclose how many there are.
ALTER TABLE sessions ADD COLUMN name TEXT NOT NULL DEFAULT '';
UPDATE sessions SET name = lower(hex(randomblob(16)));
CREATE INDEX sessions_by_name ON sessions (ppr, name);
CREATE INDEX sessions_by_use ON sessions (used_at);

-- An email carries a password, or notifies of a changed address.
ALTER TABLE letters ADD COLUMN kind TEXT NOT NULL DEFAULT 'password' CHECK (kind IN ('password', 'address'));

CREATE INDEX audit_by_member ON audit (ppr, id);
CREATE INDEX audit_by_time ON audit (at);
