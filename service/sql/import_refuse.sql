-- Refuses lines of an import, each with its faults.
UPDATE import_line AS s SET refused = true, outcome = 'refused', faults = w.faults
FROM (
    SELECT %(import)s::uuid AS import, w.place, w.faults
    FROM unnest(%(places)s::bigint[], %(faults)s::text[]) AS w (place, faults)
    OFFSET 0 -- as in import_dependent.sql
) AS w
WHERE s.import = w.import AND s.place = w.place
