-- A page of a record's history, oldest first, and what the record is to this reader now.
WITH present AS (
    SELECT * FROM revision
    WHERE kind = %(kind)s AND id = %(id)s AND {until} IS NULL
), page AS MATERIALIZED (
    SELECT r, r.revision FROM revision AS r
    WHERE r.kind = %(kind)s AND r.id = %(id)s AND r.revision > %(after)s AND (%(keyed)s OR r.public)
        AND (r.revision <= %(last)s OR %(last)s IS NULL)
    ORDER BY r.revision
    LIMIT %(limit)s + 1
), chosen AS (
    SELECT * FROM page ORDER BY revision LIMIT %(limit)s
)
SELECT present.revision, present.status, present.recorded_at, present.note, present.reason,
    (SELECT '[' || coalesce(string_agg(revision_text(r, %(keyed)s), ',' ORDER BY revision), '') || ']' FROM chosen)
        AS text,
    CASE WHEN (SELECT count(*) FROM page) > %(limit)s
        THEN (SELECT max(chosen.revision) FROM chosen) || '-' || coalesce(%(last)s, present.revision) END AS following
FROM present
