-- Reasons and states become numbers of the app's own: neither a phrase's name nor the portal's word is stored.

-- Numbers of `BlockedReason`; NULL while the entry is pending.
ALTER TABLE outbox ADD COLUMN blocked_code INTEGER;
UPDATE outbox SET blocked_code = CASE blocked
    WHEN '' THEN NULL
    WHEN 'service-closed' THEN 1
    WHEN 'form-changed' THEN 2
    WHEN 'queued-too-long' THEN 3
    WHEN 'already-filed' THEN 5
    WHEN 'update-needed' THEN 6
    ELSE 4
END;
ALTER TABLE outbox DROP COLUMN blocked;
ALTER TABLE outbox RENAME COLUMN blocked_code TO blocked;

-- Numbers of `StoredState`; 0 is a state that this version does not know.
ALTER TABLE request ADD COLUMN state_code INTEGER NOT NULL DEFAULT 0;
UPDATE request SET state_code = CASE state
    WHEN 'filed' THEN 1
    WHEN 'under-review' THEN 2
    WHEN 'approved' THEN 3
    WHEN 'refused' THEN 4
    ELSE 0
END;
ALTER TABLE request DROP COLUMN state;
ALTER TABLE request RENAME COLUMN state_code TO state;

-- Nothing reads it: a submission gets the outcome of its own entry.
ALTER TABLE request DROP COLUMN key;
