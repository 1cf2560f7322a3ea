-- The record as one kind of reader had it at an instant, and what it referred to then.
WITH RECURSIVE present AS (
    SELECT r.revision, CASE WHEN %(keyed)s THEN 1 ELSE r.first_public END AS beginning
    FROM revision AS r
    WHERE r.kind = %(kind)s AND r.id = %(id)s AND r.{until} IS NULL
), search AS (
    -- As in memento.sql.
    SELECT beginning - 1 AS low, revision AS high FROM present
    UNION ALL
    SELECT CASE WHEN middle.recorded_at <= %(as_of)s THEN middle.revision ELSE low END,
        CASE WHEN middle.recorded_at <= %(as_of)s THEN high ELSE middle.revision - 1 END
    FROM search
    JOIN revision AS middle
        ON middle.kind = %(kind)s AND middle.id = %(id)s AND middle.revision = (low + high + 1) / 2
    WHERE low < high
)
SELECT r.revision, r.status, r.recorded_at, r.note, r.reason, record_text(r, %(keyed)s) AS text,
    CASE WHEN cardinality(%(wanted)s::text[]) > 0 THEN
        expanded_at(r.kind, ARRAY[r.id], r.refs, %(wanted)s, %(keyed)s, NULL, %(as_of)s) END::text AS expanded
FROM present
JOIN revision AS r
    ON r.kind = %(kind)s AND r.id = %(id)s AND r.revision = (
        SELECT max(s.revision) FROM revision AS s
        WHERE s.kind = %(kind)s AND s.id = %(id)s AND (%(keyed)s OR s.public)
            AND s.revision BETWEEN beginning AND (SELECT low FROM search WHERE low = high))
