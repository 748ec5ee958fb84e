-- Only the texts that `PUBLIC_RESPONSES` names stay plain. The family, with names and dates of birth, has been sealed in
-- `setting` before.
DELETE FROM cached_response WHERE name NOT IN ('services', 'charter') AND name NOT LIKE 'form:%';
