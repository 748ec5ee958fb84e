-- Tokens of sessions that somebody ended, as SHA-256: their phone is told so, and not that the session expired.
CREATE TABLE revoked_tokens (
    hash       BLOB PRIMARY KEY,
    revoked_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
