-- Some lines of an import that hang on others, and by which references.
SELECT s.place, s.kind, s.body, array_agg(other.kind || '/' || other.id) AS refs
FROM (
    SELECT %(import)s::uuid AS import, w.place, w.target
    FROM unnest(%(places)s::bigint[], %(targets)s::bigint[]) AS w (place, target)
    OFFSET 0 -- or the planner could look at all lines for each place: those of one import it takes for one
) AS w
JOIN import_line AS s ON s.import = w.import AND s.place = w.place
JOIN import_line AS other ON other.import = w.import AND other.place = w.target
GROUP BY s.place, s.kind, s.body
