-- Deletes a webhook, and its log with it.
DELETE FROM webhook
WHERE id::text = %(id)s
RETURNING id
