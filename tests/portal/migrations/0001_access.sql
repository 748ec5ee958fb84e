-- Guide steps 2 to 7: members on file, passwords, sessions, the charter, mail, and the log of every change.
-- Times are whole seconds since 1970 UTC. Tokens and challenges are stored as SHA-256, never in clear.

CREATE TABLE members (
    ppr            TEXT PRIMARY KEY,
    kind           TEXT NOT NULL CHECK (kind IN ('active', 'retired')),
    cin            TEXT NOT NULL,
    pension_number TEXT,
    name_ar        TEXT NOT NULL,
    name_fr        TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Mail goes to these addresses and no other. Two members may share one.
CREATE TABLE member_addresses (
    ppr   TEXT NOT NULL REFERENCES members (ppr) ON DELETE CASCADE,
    email TEXT NOT NULL,
    PRIMARY KEY (ppr, email)
) STRICT, WITHOUT ROWID;

-- The password a member chose.
CREATE TABLE passwords (
    ppr    TEXT PRIMARY KEY REFERENCES members (ppr),
    hash   TEXT NOT NULL,
    set_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The password last mailed to a member, until a new one is set, 24 hours pass, or another replaces it.
CREATE TABLE mailed_passwords (
    ppr        TEXT PRIMARY KEY REFERENCES members (ppr),
    hash       TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Time of the last mailed password; outlives the password, so that a repeated request sends no second email.
CREATE TABLE last_mailings (
    ppr TEXT PRIMARY KEY REFERENCES members (ppr),
    at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Queue of the password-request worker: one row for each request, whether or not the member exists.
CREATE TABLE asked (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    kind           TEXT NOT NULL,
    ppr            TEXT NOT NULL,
    cin            TEXT NOT NULL,
    email          TEXT NOT NULL,
    pension_number TEXT,
    at             INTEGER NOT NULL
) STRICT;

-- Queue of outgoing emails. `sealed` is the encrypted secret; the row is deleted once the SMTP server has accepted it.
CREATE TABLE letters (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL UNIQUE,
    ppr        TEXT NOT NULL,
    recipient  TEXT NOT NULL,
    sealed     BLOB NOT NULL,
    written_at INTEGER NOT NULL,
    useless_at INTEGER NOT NULL,
    refusals   INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE sessions (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    ppr          TEXT NOT NULL REFERENCES members (ppr),
    device       TEXT NOT NULL,
    password_due INTEGER NOT NULL,
    opened_at    INTEGER NOT NULL,
    used_at      INTEGER NOT NULL,
    generation   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX sessions_by_member ON sessions (ppr);

CREATE TABLE access_tokens (
    hash       BLOB PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX access_tokens_by_session ON access_tokens (session_id);

-- Every refresh token of an open session, so that the reuse of an old one is detected.
CREATE TABLE refresh_tokens (
    hash       BLOB PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    generation INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

-- Acceptances of the charter (law 43-20).
CREATE TABLE charter_acceptances (
    ppr         TEXT NOT NULL REFERENCES members (ppr),
    version     TEXT NOT NULL,
    sha256      TEXT NOT NULL,
    accepted_at INTEGER NOT NULL,
    PRIMARY KEY (ppr, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE spent_challenges (
    hash       BLOB PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Wrong passwords in a row, for known and unknown payroll numbers alike.
CREATE TABLE failures (
    ppr       TEXT PRIMARY KEY,
    in_a_row  INTEGER NOT NULL,
    wait_till INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    at    INTEGER NOT NULL,
    ppr   TEXT NOT NULL,
    event TEXT NOT NULL
) STRICT;
