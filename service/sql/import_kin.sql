-- Which lines of an import refer to others of their own kind, by their places, for some of the lines that might.
SELECT s.place, other.place AS target
FROM (
    SELECT place, kind, refs FROM import_line
    WHERE import = %(import)s AND place > %(after)s
        AND EXISTS (SELECT FROM unnest(refs) AS ref WHERE split_part(ref, '/', 1) = kind)
    ORDER BY place
    LIMIT %(most)s
) AS s
LEFT JOIN LATERAL (
    SELECT line.place
    FROM unnest(s.refs) AS ref
    JOIN import_line AS line
        ON line.import IS NOT DISTINCT FROM %(import)s::uuid AND line.kind = s.kind
        AND line.kind = split_part(ref, '/', 1) AND line.id = split_part(ref, '/', 2)
) AS other ON true
ORDER BY s.place
