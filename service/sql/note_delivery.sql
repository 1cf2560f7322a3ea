-- Notes an attempt and what follows: the bookmark moves or not, the lease goes on, or the webhook waits.
WITH held AS (
    UPDATE webhook
    SET position = coalesce(%(position)s, position),
        seq = coalesce(%(seq)s, seq),
        failures = %(failures)s::bigint,
        failing_since = CASE WHEN %(failures)s::bigint > 0 THEN coalesce(failing_since, clock_timestamp()) END,
        next_attempt_at = clock_timestamp() + %(pause)s * interval '1 second',
        disabled_at = CASE WHEN %(disabled_because)s::text IS NULL THEN NULL ELSE clock_timestamp() END,
        disabled_because = %(disabled_because)s,
        leased_by = CASE WHEN %(lease)s::float8 IS NULL THEN NULL ELSE leased_by END,
        leased_until = clock_timestamp() + %(lease)s::float8 * interval '1 second'
    WHERE id = %(id)s AND leased_by = %(token)s
    RETURNING id
), noted AS (
    INSERT INTO delivery (webhook_id, position, seq, type, attempt, status, error, duration_ms,
        next_attempt_at)
    SELECT id, %(event_position)s, %(event_seq)s, %(type)s, %(attempt)s, %(status)s, %(error)s,
        %(duration_ms)s,
        CASE WHEN %(failures)s::bigint > 0 AND %(disabled_because)s::text IS NULL
            THEN clock_timestamp() + %(pause)s * interval '1 second' END
    FROM webhook
    WHERE id = %(id)s
)
SELECT count(*) > 0 AS held FROM held
