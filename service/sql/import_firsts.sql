-- Which of some records have a line of an import already, and where.
SELECT w.kind, w.id, first.place
FROM unnest(%(kinds)s::text[], %(ids)s::text[]) AS w (kind, id),
LATERAL (
    SELECT line.place
    FROM import_line AS line
    WHERE line.import IS NOT DISTINCT FROM %(import)s::uuid AND line.kind = w.kind AND line.name = w.id
    OFFSET 0 -- or the planner could look at all lines for each record: it takes them for one
) AS first
