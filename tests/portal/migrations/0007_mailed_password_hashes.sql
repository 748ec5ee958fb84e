-- A mailed password is stored as its HMAC under the server's key: it has 72 random bits, and is compared at every sign-in.
-- Those before were hashed with argon2id. Their members ask again, at once; the emails that still wait for them go too.
DELETE FROM mailed_passwords;
DELETE FROM last_mailings;
DELETE FROM emails WHERE kind = 'password';
