-- Tables and columns under the names that the code uses. Nothing is added and nothing is lost.

-- The queue of the password-request worker.
ALTER TABLE asked RENAME TO password_requests;

-- The queue of outgoing emails.
ALTER TABLE letters RENAME TO emails;
ALTER TABLE emails RENAME COLUMN sealed TO ciphertext;
ALTER TABLE emails RENAME COLUMN written_at TO created_at;
ALTER TABLE emails RENAME COLUMN useless_at TO expires_at;
ALTER TABLE emails RENAME COLUMN refusals TO deferrals;
UPDATE audit SET event = 'email' || substr(event, length('letter') + 1) WHERE event LIKE 'letter %';

ALTER TABLE failures RENAME TO password_failures;
ALTER TABLE password_failures RENAME COLUMN in_a_row TO consecutive_failures;
ALTER TABLE password_failures RENAME COLUMN wait_till TO blocked_until;
ALTER TABLE known_devices RENAME COLUMN in_a_row TO consecutive_failures;
ALTER TABLE known_devices RENAME COLUMN wait_till TO blocked_until;
ALTER TABLE known_devices RENAME COLUMN given_at TO issued_at;

-- The id of a session outside the database, and the member's name for the device.
ALTER TABLE sessions RENAME COLUMN name TO public_id;
ALTER TABLE sessions RENAME COLUMN device TO device_name;

ALTER TABLE services RENAME COLUMN place TO position;
ALTER TABLE family RENAME COLUMN place TO position;

-- The values of the form, and the sequence number of the request's last change among its member's.
ALTER TABLE requests RENAME COLUMN filled TO field_values;
ALTER TABLE requests RENAME COLUMN change TO change_seq;

-- The responses that an idempotency key returns again.
ALTER TABLE answers RENAME TO idempotent_responses;
