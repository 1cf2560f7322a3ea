-- Which lines of an import refer to others of their own kind, by their places, for some of the lines that might.
SELECT s.place, other.place AS target
FROM (
    SELECT place, kind, refs FROM import_line
    WHERE import = %(import)s AND place > %(after)s
        AND EXISTS (SELECT FROM unnest(refs) AS ref WHERE split_part(ref, '/', 1) = kind)
    ORDER BY place
    LIMIT %(most)s
) AS s
LEFT JOIN (unnest(s.refs) AS ref
    CROSS JOIN LATERAL (
        SELECT line.place
        FROM import_line AS line
        WHERE line.import IS NOT DISTINCT FROM %(import)s::uuid AND line.kind = s.kind
            AND line.kind = split_part(ref, '/', 1) AND line.name = split_part(ref, '/', 2)
        OFFSET 0 -- as in import_firsts.sql
    ) AS other) ON true
ORDER BY s.place
