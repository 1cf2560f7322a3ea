-- The record as one kind of reader had it at an instant, and what it referred to then.
SELECT r.revision, r.status, r.recorded_at, r.note, r.reason, record_text(r, %(keyed)s) AS text,
    CASE WHEN cardinality(%(wanted)s::text[]) > 0 THEN
        expanded_at(r.kind, ARRAY[r.id], r.refs, %(wanted)s, %(keyed)s, NULL, %(as_of)s) END::text AS expanded
FROM revision AS r
WHERE r.kind = %(kind)s AND r.id = %(id)s
    AND r.recorded_at <= %(as_of)s AND (r.{until} > %(as_of)s OR r.{until} IS NULL)
