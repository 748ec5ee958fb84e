-- The user of the operating system who ran a command of the operator; empty for what members and the portal itself did.
ALTER TABLE audit ADD COLUMN user TEXT NOT NULL DEFAULT '';

-- Every address that a retiree has proposed: the operator sees them all, and a later one hides none.
CREATE TABLE proposals (
    ppr   TEXT NOT NULL REFERENCES members (ppr),
    email TEXT NOT NULL,
    at    INTEGER NOT NULL,
    PRIMARY KEY (ppr, email)
) STRICT, WITHOUT ROWID;
INSERT INTO proposals SELECT ppr, email, at FROM address_proposals;
DROP TABLE address_proposals;
ALTER TABLE proposals RENAME TO address_proposals;
