-- Changes what was given of a webhook, takes it from whoever is at it, and makes it due at once.
UPDATE webhook
SET url = coalesce(%(url)s, url),
    types = coalesce(%(types)s::text[], types),
    reasons = coalesce(%(reasons)s::text[], reasons),
    description = CASE WHEN %(describes)s THEN %(description)s ELSE description END,
    reads = coalesce(%(reads)s, reads),
    former_secret = CASE WHEN %(secret)s::bytea IS NULL THEN former_secret ELSE secret END,
    former_until = CASE WHEN %(secret)s::bytea IS NULL THEN former_until
        ELSE clock_timestamp() + interval '24 hours' END,
    secret = coalesce(%(secret)s, secret),
    position = coalesce(%(position)s, position),
    seq = coalesce(%(seq)s, seq),
    disabled_at = CASE %(active)s::boolean WHEN true THEN NULL
        WHEN false THEN coalesce(disabled_at, clock_timestamp()) ELSE disabled_at END,
    disabled_because = CASE %(active)s::boolean WHEN true THEN NULL
        WHEN false THEN coalesce(disabled_because, 'paused') ELSE disabled_because END,
    failures = 0,
    failing_since = NULL,
    next_attempt_at = clock_timestamp(),
    leased_by = NULL,
    leased_until = NULL
WHERE id::text = %(id)s
RETURNING id, url, types, reasons, description, reads, created_at, position, seq, failures,
    failing_since, next_attempt_at, disabled_at, disabled_because, former_until
