-- The client proposes the next refresh token, by its SHA-256: a second, different proposal shows that a token was copied.
ALTER TABLE refresh_tokens ADD COLUMN successor BLOB;

-- Until now the portal drew it. The response that brought the newest one may be lost, so that the token before it is still
-- good for a proposal; those before that are used.
UPDATE refresh_tokens SET successor =
    (SELECT next.hash FROM refresh_tokens AS next
     WHERE next.session_id = refresh_tokens.session_id AND next.generation = refresh_tokens.generation + 1)
WHERE generation < (SELECT sessions.generation - 1 FROM sessions WHERE sessions.id = refresh_tokens.session_id);
