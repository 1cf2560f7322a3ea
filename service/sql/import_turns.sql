-- Lets lines of an import wait for those that they refer to.
UPDATE import_line AS s SET turn = w.turn
FROM (
    SELECT %(import)s::uuid AS import, w.place, w.turn
    FROM unnest(%(places)s::bigint[], %(turns)s::bigint[]) AS w (place, turn)
    OFFSET 0 -- as in import_dependent.sql
) AS w
WHERE s.import = w.import AND s.place = w.place
