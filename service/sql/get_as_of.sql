-- The record as one kind of reader had it at an instant.
SELECT r.revision, r.status, r.recorded_at, r.note, r.reason, record_text(r, %(keyed)s) AS text
FROM revision AS r
WHERE r.kind = %(kind)s AND r.id = %(id)s
    AND r.recorded_at <= %(as_of)s AND (r.{until} > %(as_of)s OR r.{until} IS NULL)
