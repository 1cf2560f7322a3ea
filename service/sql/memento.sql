-- The number of the revision that one kind of reader had at an instant, or else of the first that can be read.
WITH RECURSIVE present AS (
    SELECT r.revision, CASE WHEN %(keyed)s THEN 1 ELSE r.first_public END AS beginning
    FROM revision AS r
    WHERE r.kind = %(kind)s AND r.id = %(id)s AND r.{until} IS NULL
), search AS (
    -- The instants grow with the numbers: each step halves the range in which the newest before the instant lies.
    SELECT beginning - 1 AS low, revision AS high FROM present
    UNION ALL
    SELECT CASE WHEN middle.recorded_at <= %(instant)s THEN middle.revision ELSE low END,
        CASE WHEN middle.recorded_at <= %(instant)s THEN high ELSE middle.revision - 1 END
    FROM search
    JOIN revision AS middle
        ON middle.kind = %(kind)s AND middle.id = %(id)s AND middle.revision = (low + high + 1) / 2
    WHERE low < high
)
SELECT coalesce(
    (SELECT max(r.revision) FROM revision AS r
        WHERE r.kind = %(kind)s AND r.id = %(id)s AND (%(keyed)s OR r.public)
            AND r.revision BETWEEN beginning AND (SELECT low FROM search WHERE low = high)),
    (SELECT min(r.revision) FROM revision AS r
        WHERE r.kind = %(kind)s AND r.id = %(id)s AND r.revision >= beginning
            AND r.status <> 'deleted' AND r.body IS NOT NULL
            AND (%(keyed)s OR (r.public AND r.status <> 'withheld'))),
    beginning) AS number
FROM present
