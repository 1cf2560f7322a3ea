-- The record as one kind of reader has it now, and what it refers to at the same moment.
SELECT r.revision, r.status, r.recorded_at, r.note, r.reason, record_text(r, %(keyed)s) AS text,
    expanded(r.kind, ARRAY[r.id], r.refs, %(wanted)s, %(keyed)s)::text AS expanded
FROM revision AS r
WHERE r.kind = %(kind)s AND r.id = %(id)s AND r.{until} IS NULL
