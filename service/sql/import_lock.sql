-- Holds the records that an import would revise, in one order for all; tells how many, and how many lines wait.
WITH held AS (
    SELECT 1
    FROM import_line AS s
    JOIN revision AS head ON head.kind = s.kind AND head.id = s.id AND head.superseded_at IS NULL
    WHERE s.import = %(import)s AND NOT s.refused AND (
        s.faults IS NOT NULL OR head.status <> s.status OR head.body::text IS DISTINCT FROM s.body
        OR head.internal::text IS DISTINCT FROM s.internal OR head.raw::text IS DISTINCT FROM s.raw)
    ORDER BY head.kind, head.id
    FOR NO KEY UPDATE OF head
)
SELECT (SELECT count(*) FROM held) AS held, (SELECT count(*) FROM import_line WHERE import = %(import)s) AS lines
