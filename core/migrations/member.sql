-- Tables of a new member file. With those of requests.sql they are what the migrations 0001 to 0007 lead to.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The portal's public texts.
CREATE TABLE cached_response (
    name TEXT PRIMARY KEY,
    etag TEXT,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
