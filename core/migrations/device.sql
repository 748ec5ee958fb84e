-- State of the phone that does not depend on who is signed in: language, stage, the member who signed in last.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
