-- Drafts, outbox and filed requests, which a new file gets at their first use. Everything that a member wrote is sealed;
-- service, state and days stay plain, since lists and filters use them.

-- A form that is being filled in, one for each service.
CREATE TABLE IF NOT EXISTS draft (
    service TEXT PRIMARY KEY,
    -- The idempotency key of an earlier submission that was returned to draft, or ''. Submitted again, it is the same request.
    -- After an `@` the time at which it was first sent, if it was.
    key TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    -- The form's JSON as the portal served it.
    form TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Submitted forms that the portal has not answered yet. The key stays the same until the portal answers; the row's number is
-- new at each submission, so that a late response to an entry that was returned to draft does not complete a later one.
CREATE TABLE IF NOT EXISTS outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    service TEXT NOT NULL,
    queued_at INTEGER NOT NULL,
    form TEXT NOT NULL,
    payload BLOB NOT NULL,
    -- Number of a `BlockedReason`; NULL while the entry is pending.
    blocked INTEGER,
    -- Time at which it was first sent, by the portal's clock, in Unix seconds; NULL until then.
    first_sent_at INTEGER
) STRICT;

-- Requests that the portal has on file.
CREATE TABLE IF NOT EXISTS request (
    id TEXT PRIMARY KEY,
    service TEXT NOT NULL,
    filed_at INTEGER NOT NULL,
    body BLOB NOT NULL,
    -- Number of a `StoredState`; 0 is a state that this version does not know.
    state INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS request_by_day ON request (filed_at DESC);

-- Receipts (PDF), sealed: they name the member and the service.
CREATE TABLE IF NOT EXISTS receipt (
    request TEXT PRIMARY KEY,
    pdf BLOB NOT NULL
) STRICT, WITHOUT ROWID;
