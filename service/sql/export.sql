-- Every record as it is to a reader, what can be referred to before what refers to it.
SELECT record_text(r, %(keyed)s) AS text, true AS first
FROM revision AS r
WHERE r.{until} IS NULL AND r.status = ANY (%(status)s)
ORDER BY array_position(%(kinds)s, r.kind), r.created_at, r.id
