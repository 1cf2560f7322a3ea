-- One revision; the first, the one before, the one after and the last that this reader may read; the record now.
WITH readable AS NOT MATERIALIZED (
    SELECT r.revision, r.recorded_at FROM revision AS r
    WHERE r.kind = %(kind)s AND r.id = %(id)s AND r.status <> 'deleted' AND r.body IS NOT NULL
        AND (%(keyed)s OR (r.public AND r.status <> 'withheld'))
), present AS (
    SELECT p.*, CASE WHEN %(keyed)s THEN 1 ELSE p.first_public END AS beginning FROM revision AS p
    WHERE p.kind = %(kind)s AND p.id = %(id)s AND p.{until} IS NULL
)
SELECT present.revision, present.status, present.recorded_at, present.note, present.reason,
    record_text(r, %(keyed)s) AS text, r.status AS status_then, r.recorded_at AS recorded_then,
    r.note AS note_then, r.reason AS reason_then,
    ARRAY[first.revision, before.revision, after.revision, last.revision] AS numbers,
    ARRAY[first.recorded_at, before.recorded_at, after.recorded_at, last.recorded_at] AS instants
FROM present
LEFT JOIN revision AS r
    ON r.kind = %(kind)s AND r.id = %(id)s AND r.revision = %(number)s AND (%(keyed)s OR r.public)
LEFT JOIN LATERAL (
    SELECT * FROM readable WHERE revision >= present.beginning ORDER BY revision LIMIT 1
) AS first ON true
LEFT JOIN LATERAL (
    SELECT * FROM readable WHERE revision >= present.beginning AND revision < r.revision
    ORDER BY revision DESC LIMIT 1
) AS before ON true
LEFT JOIN LATERAL (
    SELECT * FROM readable WHERE revision > r.revision ORDER BY revision LIMIT 1
) AS after ON true
LEFT JOIN LATERAL (
    SELECT * FROM readable ORDER BY revision DESC LIMIT 1
) AS last ON true
