-- Webhooks after the one of that id, oldest first: their ids are in order of making.
SELECT id, url, types, reasons, description, reads, created_at, position, seq, failures,
    failing_since, next_attempt_at, disabled_at, disabled_because, former_until
FROM webhook
WHERE %(after)s::uuid IS NULL OR id > %(after)s::uuid
ORDER BY id
LIMIT %(limit)s
