-- A webhook, without its secrets.
SELECT id, url, types, reasons, description, reads, created_at, position, seq, failures,
    failing_since, next_attempt_at, disabled_at, disabled_because, former_until
FROM webhook
WHERE id::text = %(id)s
