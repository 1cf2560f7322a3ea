-- A page of what can still be read of a record's past, oldest first, and what the record is to this reader now.
WITH present AS (
    SELECT * FROM revision
    WHERE kind = %(kind)s AND id = %(id)s AND {until} IS NULL
), page AS MATERIALIZED (
    SELECT r.revision, r.recorded_at FROM revision AS r
    WHERE r.kind = %(kind)s AND r.id = %(id)s AND r.revision > %(after)s
        AND r.status <> 'deleted' AND r.body IS NOT NULL
        AND (%(keyed)s OR (r.public AND r.status <> 'withheld'))
    ORDER BY r.revision
    LIMIT %(limit)s + 1
)
SELECT present.revision, present.status, present.recorded_at, present.note, present.reason,
    ARRAY(SELECT revision FROM page ORDER BY revision) AS numbers,
    ARRAY(SELECT recorded_at FROM page ORDER BY revision) AS instants
FROM present
