-- Notes that a key was used, once a minute however many servers see it; waits for nobody.
UPDATE api_key SET last_used_at = clock_timestamp()
WHERE id = (
    SELECT id FROM api_key
    WHERE id = %(id)s
        AND (last_used_at IS NULL OR last_used_at < clock_timestamp() - interval '1 minute')
        AND set_config('synchronous_commit', 'off', true) = 'off'
    FOR NO KEY UPDATE SKIP LOCKED
)
RETURNING id
