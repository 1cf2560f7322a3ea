-- What a revision holds, for restoring it and for telling what changed since.
SELECT r.status, r.body::text AS body, r.internal::text AS internal, r.raw::text AS raw,
    record_text(r, true) AS text
FROM revision AS r
WHERE r.kind = %(kind)s AND r.id = %(id)s AND r.revision = %(number)s
