-- One file for each member. Values about the member are sealed by the member's key; `document` holds the portal's public
-- texts, which stay plain.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
    name TEXT PRIMARY KEY,
    etag TEXT,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
