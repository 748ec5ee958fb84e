-- What this phone knows before anyone has signed in: language, where the member stands, who last signed in.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
