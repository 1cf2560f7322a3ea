-- Deletes some Idempotency-Keys that have had their day, past those that somebody is at.
WITH past AS (
    SELECT key_name, idempotency_key FROM retry
    WHERE claimed_at < clock_timestamp() - interval '24 hours'
    ORDER BY claimed_at
    LIMIT %(most)s
    FOR UPDATE SKIP LOCKED
), gone AS (
    DELETE FROM retry USING past
    WHERE retry.key_name = past.key_name AND retry.idempotency_key = past.idempotency_key
    RETURNING 1
)
SELECT count(*) AS rows FROM gone
