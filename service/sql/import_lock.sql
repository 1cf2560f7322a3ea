-- Holds the records that an import would revise, in one order for all; tells how many, and how many lines wait.
WITH held AS (
    SELECT 1
    FROM import_plan AS p
    JOIN revision AS r ON r.kind = p.kind AND r.id = p.id AND r.superseded_at IS NULL
    WHERE p.import = %(import)s AND NOT p.unchanged
    ORDER BY r.kind, r.id
    FOR NO KEY UPDATE OF r
)
SELECT (SELECT count(*) FROM held) AS held, (SELECT count(*) FROM import_line WHERE import = %(import)s) AS lines
