-- Notes that a key was used, once a minute however many servers see it.
UPDATE api_key SET last_used_at = clock_timestamp()
WHERE id = %(id)s AND (last_used_at IS NULL OR last_used_at < clock_timestamp() - interval '1 minute')
RETURNING id
