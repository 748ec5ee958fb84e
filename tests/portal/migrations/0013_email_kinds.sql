-- The kinds of emails are listed in the code alone: `password-set` and `new-device` join the others.
CREATE TABLE queued_emails (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL UNIQUE,
    ppr        TEXT NOT NULL,
    recipient  TEXT NOT NULL,
    ciphertext BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    deferrals  INTEGER NOT NULL DEFAULT 0,
    kind       TEXT NOT NULL
) STRICT;
INSERT INTO queued_emails (id, message_id, ppr, recipient, ciphertext, created_at, expires_at, deferrals, kind)
    SELECT id, message_id, ppr, recipient, ciphertext, created_at, expires_at, deferrals, kind FROM emails;
DROP TABLE emails;
ALTER TABLE queued_emails RENAME TO emails;
