-- Columns get the names that the code uses. Sealed values stay as they are: what they are bound to (their AAD) is
-- neither a table nor a column.

ALTER TABLE document RENAME TO cached_response;

ALTER TABLE draft RENAME COLUMN filled TO content;

ALTER TABLE outbox RENAME COLUMN place TO seq;
ALTER TABLE outbox RENAME COLUMN sent_at TO queued_at;
ALTER TABLE outbox RENAME COLUMN filled TO payload;
-- Until now the name of a phrase; from now on the name of a `BlockedReason`, '' while the entry is pending.
ALTER TABLE outbox RENAME COLUMN held TO blocked;
UPDATE outbox SET blocked = CASE blocked
    WHEN '' THEN ''
    WHEN 'held-closed' THEN 'service-closed'
    WHEN 'held-changed' THEN 'form-changed'
    WHEN 'held-too-long' THEN 'queued-too-long'
    WHEN 'held-filed' THEN 'already-filed'
    WHEN 'held-update' THEN 'update-needed'
    ELSE 'invalid-fields'
END;

ALTER TABLE request RENAME COLUMN told TO body;
