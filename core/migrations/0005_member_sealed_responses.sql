-- Only the texts that `PUBLIC_RESPONSES` names stay plain. The family, with names and dates of birth, is fetched again and
-- sealed in `setting`.
DELETE FROM cached_response WHERE name NOT IN ('services', 'charter') AND name NOT LIKE 'form:%';
