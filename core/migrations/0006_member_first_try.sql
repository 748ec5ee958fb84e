-- Time at which an entry was first sent, by the portal's clock, in Unix seconds; NULL until then. The portal remembers an
-- idempotency key from then on, so an entry that never left is never too old. What is queued already may have been sent.
ALTER TABLE outbox ADD COLUMN first_sent_at INTEGER;
UPDATE outbox SET first_sent_at = queued_at;
