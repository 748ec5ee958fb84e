-- What a member fills in, sends and has filed. What they wrote is sealed; service, state and days stay plain: lists and
-- filters use them.

-- A form that is being filled in: one a service.
CREATE TABLE draft (
    service TEXT PRIMARY KEY,
    -- Under which it was sent before it was taken back, or ''. Sent again, it is the same request.
    key TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    -- The form it is filled in by, as the portal told it.
    form TEXT NOT NULL,
    filled BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What was sent and is not answered yet. The key is the same until the portal answers; the place is another each time it
-- is sent, so that an answer to what was taken back meanwhile does not end what was sent since.
CREATE TABLE outbox (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    service TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    -- Why it waits: '' for the network, otherwise what the portal said.
    held TEXT NOT NULL DEFAULT '',
    form TEXT NOT NULL,
    filled BLOB NOT NULL
) STRICT;

-- What the portal has on file.
CREATE TABLE request (
    id TEXT PRIMARY KEY,
    service TEXT NOT NULL,
    state TEXT NOT NULL,
    filed_at INTEGER NOT NULL,
    -- Under which this phone sent it; '' where another did.
    key TEXT NOT NULL DEFAULT '',
    told BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX request_by_day ON request (filed_at DESC);

-- Receipts, sealed: they say who asked for what.
CREATE TABLE receipt (
    request TEXT PRIMARY KEY,
    pdf BLOB NOT NULL
) STRICT, WITHOUT ROWID;
