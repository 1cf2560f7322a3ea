-- Leases some webhooks that are due and behind the feed, longest due first, past those that others hold.
WITH newest AS MATERIALIZED (
    SELECT r.position::text::bigint AS position, r.seq
    FROM revision AS r
    WHERE r.position < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY r.position DESC, r.seq DESC
    LIMIT 1
), due AS (
    SELECT w.id
    FROM webhook AS w, newest
    WHERE w.disabled_at IS NULL
        AND w.next_attempt_at <= clock_timestamp()
        AND (w.leased_until IS NULL OR w.leased_until < clock_timestamp())
        AND (w.position, w.seq) < (newest.position, newest.seq)
    ORDER BY w.next_attempt_at
    LIMIT %(most)s
    FOR UPDATE OF w SKIP LOCKED
)
UPDATE webhook AS w
SET leased_by = %(token)s, leased_until = clock_timestamp() + %(lease)s * interval '1 second'
FROM due
WHERE w.id = due.id
RETURNING w.id, w.url, w.types, w.reasons, w.reads, w.secret,
    CASE WHEN w.former_until > clock_timestamp() THEN w.former_secret END AS former_secret,
    w.position, w.seq, w.failures, w.leased_by AS token
