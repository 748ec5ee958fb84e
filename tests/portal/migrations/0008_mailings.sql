-- A password asked for again within half an hour is the same one, encrypted until then: whoever knows a member's details must
-- not replace it under a slow reader's eyes. The emails of a day are limited.
ALTER TABLE mailed_passwords ADD COLUMN mailed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE mailed_passwords ADD COLUMN ciphertext BLOB;
ALTER TABLE last_mailings ADD COLUMN day_began_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE last_mailings ADD COLUMN sent_since INTEGER NOT NULL DEFAULT 0;
