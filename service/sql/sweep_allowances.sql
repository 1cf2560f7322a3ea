-- Deletes some allowances that are whole again, past those that somebody is spending.
WITH whole AS (
    SELECT name, client FROM allowance
    WHERE full_at < clock_timestamp()
    LIMIT %(most)s
    FOR UPDATE SKIP LOCKED
), gone AS (
    DELETE FROM allowance USING whole
    WHERE allowance.name = whole.name AND allowance.client = whole.client
    RETURNING 1
)
SELECT count(*) AS rows FROM gone
