-- Revokes a key, once: the first instant stays.
UPDATE api_key SET revoked_at = clock_timestamp()
WHERE name = %(name)s AND revoked_at IS NULL
