-- Attempts to deliver to a webhook before the one of that number, newest first.
SELECT number, position, seq, type, attempt, attempted_at, status, error, duration_ms, next_attempt_at
FROM delivery
WHERE webhook_id = %(webhook_id)s AND (%(before)s::bigint IS NULL OR number < %(before)s)
ORDER BY number DESC
LIMIT %(limit)s
