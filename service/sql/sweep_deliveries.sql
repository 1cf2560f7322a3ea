-- Deletes some attempts of more than 30 days ago, past those that somebody is at.
WITH past AS (
    SELECT webhook_id, number FROM delivery
    WHERE attempted_at < clock_timestamp() - interval '30 days'
    ORDER BY attempted_at
    LIMIT %(most)s
    FOR UPDATE SKIP LOCKED
), gone AS (
    DELETE FROM delivery USING past
    WHERE delivery.webhook_id = past.webhook_id AND delivery.number = past.number
    RETURNING 1
)
SELECT count(*) AS rows FROM gone
