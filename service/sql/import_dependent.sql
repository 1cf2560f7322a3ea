-- The lines of an import that hold only with others that are refused, or hang on such lines in turn.
WITH RECURSIVE need AS MATERIALIZED (
    SELECT p.place, p.kind || '/' || p.id AS target, unmet.ref
    FROM import_plan AS p,
    unmet_in_import(p.import, p.refs, p.needed, p.goes_public, coalesce((p.head).refs, '{{}}'), false) AS unmet
    WHERE p.import = %(import)s AND NOT p.unchanged
), bad (target) AS (
    SELECT kind || '/' || id FROM import_line WHERE import = %(import)s AND refused AND kind IS NOT NULL
    UNION
    SELECT need.target FROM bad JOIN need ON need.ref = bad.target
)
SELECT need.place, s.kind, s.body, array_agg(need.ref) AS refs
FROM need
JOIN bad ON bad.target = need.ref
JOIN import_line AS s ON s.import = %(import)s AND s.place = need.place
GROUP BY need.place, s.kind, s.body
