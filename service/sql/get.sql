-- The record as one kind of reader has it now: the row open in the interval that {until} ends.
SELECT r.revision, r.status, r.recorded_at, r.note, r.reason, record_text(r, %(keyed)s) AS text
FROM revision AS r
WHERE r.kind = %(kind)s AND r.id = %(id)s AND r.{until} IS NULL
