-- One member's own file. Values about the member are sealed by the member's key; documents are the portal's
-- public texts and stay plain.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
    name TEXT PRIMARY KEY,
    etag TEXT,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
