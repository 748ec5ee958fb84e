-- The address that a password was mailed to, of the password and of the sessions opened with it: an address that leaves
-- the file takes both away. Of those before, the address is not known.
ALTER TABLE mailed_passwords ADD COLUMN mailed_to TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN mailed_to TEXT;
