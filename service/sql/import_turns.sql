-- Lets lines of an import wait for those that they refer to.
UPDATE import_line AS s SET turn = w.turn
FROM unnest(%(places)s::bigint[], %(turns)s::bigint[]) AS w (place, turn)
WHERE s.import = %(import)s AND s.place = w.place
