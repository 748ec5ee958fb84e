-- Password requests are processed round robin by the client's address, of which a keyed hash is stored until then: a flood
-- waits behind itself alone. One row waits for each address and payroll number.
ALTER TABLE password_requests ADD COLUMN client TEXT NOT NULL DEFAULT '';
ALTER TABLE password_requests ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
DELETE FROM password_requests WHERE id NOT IN (SELECT max(id) FROM password_requests GROUP BY ppr);
UPDATE password_requests SET turn = id;
CREATE UNIQUE INDEX password_requests_by_client ON password_requests (client, ppr);
CREATE INDEX password_requests_by_client_turn ON password_requests (client, turn);
CREATE INDEX password_requests_by_turn ON password_requests (turn, id);

-- Requests after which no password was mailed, counted: a caller must not fill the audit log under numbers of their choice.
-- Those for a number of no member are counted under the empty one.
CREATE TABLE unanswered_password_requests (
    ppr     TEXT PRIMARY KEY,
    count   INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
