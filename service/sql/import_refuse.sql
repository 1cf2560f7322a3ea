-- Refuses lines of an import, each with its faults.
UPDATE import_line AS s SET refused = true, outcome = 'refused', faults = w.faults
FROM unnest(%(places)s::bigint[], %(faults)s::text[]) AS w (place, faults)
WHERE s.import = %(import)s AND s.place = w.place
