-- Drafts, outbox and filed requests. Everything a member wrote is sealed; service, state and days stay plain, since lists
-- and filters use them. 0003 renames some of these columns.

-- A form that is being filled in, one for each service.
CREATE TABLE draft (
    service TEXT PRIMARY KEY,
    -- The idempotency key of an earlier submission that was returned to draft, or ''. Submitted again, it is the same request.
    key TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    -- The form's JSON as the portal served it.
    form TEXT NOT NULL,
    filled BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Submitted forms that the portal has not answered yet. The key stays the same until the portal answers; the row's number is
-- new at each submission, so that a late response to an entry that was returned to draft does not complete a later one.
CREATE TABLE outbox (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    service TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    -- '' while the entry is pending, otherwise why the member has to act.
    held TEXT NOT NULL DEFAULT '',
    form TEXT NOT NULL,
    filled BLOB NOT NULL
) STRICT;

-- Requests that the portal has on file.
CREATE TABLE request (
    id TEXT PRIMARY KEY,
    service TEXT NOT NULL,
    state TEXT NOT NULL,
    filed_at INTEGER NOT NULL,
    -- The idempotency key under which this phone sent it; '' when another device did.
    key TEXT NOT NULL DEFAULT '',
    told BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX request_by_day ON request (filed_at DESC);

-- Receipts (PDF), sealed: they name the member and the service.
CREATE TABLE receipt (
    request TEXT PRIMARY KEY,
    pdf BLOB NOT NULL
) STRICT, WITHOUT ROWID;
