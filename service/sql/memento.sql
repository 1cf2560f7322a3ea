-- The number of the revision that one kind of reader had at an instant, or else of the first that can be read.
WITH present AS (
    SELECT r.kind, r.id, CASE WHEN %(keyed)s THEN 1 ELSE r.first_public END AS beginning
    FROM revision AS r
    WHERE r.kind = %(kind)s AND r.id = %(id)s AND r.{until} IS NULL
)
SELECT coalesce(
    (SELECT r.revision FROM revision AS r
        WHERE r.kind = present.kind AND r.id = present.id
            AND r.recorded_at <= %(instant)s AND (r.{until} > %(instant)s OR r.{until} IS NULL)),
    (SELECT min(r.revision) FROM revision AS r
        WHERE r.kind = present.kind AND r.id = present.id AND r.revision >= present.beginning
            AND r.status <> 'deleted' AND r.body IS NOT NULL
            AND (%(keyed)s OR (r.public AND r.status <> 'withheld'))),
    present.beginning) AS number
FROM present
