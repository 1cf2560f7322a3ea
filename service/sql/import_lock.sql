-- Holds the records that an import would revise, in one order for all; tells how many of those there are it
-- has, for one that was just written by another is passed over, and how many lines wait.
WITH wanted AS MATERIALIZED (
    SELECT head.kind, head.id, head.revision
    FROM import_line AS s
    JOIN revision AS head ON head.kind = s.kind AND head.id = s.id AND head.superseded_at IS NULL
    WHERE s.import = %(import)s AND s.name IS NOT NULL AND NOT s.refused AND (
        s.faults IS NOT NULL OR head.status <> s.status OR head.body::text IS DISTINCT FROM s.body
        OR head.internal::text IS DISTINCT FROM s.internal OR head.raw::text IS DISTINCT FROM s.raw)
), held AS (
    SELECT 1
    FROM wanted
    JOIN revision AS r ON r.kind = wanted.kind AND r.id = wanted.id AND r.revision = wanted.revision
    WHERE r.superseded_at IS NULL
    ORDER BY r.kind, r.id
    FOR NO KEY UPDATE OF r
)
SELECT (SELECT count(*) FROM wanted) AS wanted, (SELECT count(*) FROM held) AS held,
    (SELECT count(*) FROM import_line WHERE import = %(import)s) AS lines
