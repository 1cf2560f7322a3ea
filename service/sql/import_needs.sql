-- Which lines of an import hold only with which others, by their places, and which of those are refused; for
-- some of the lines that would be written.
SELECT p.place, other.place AS target, coalesce(other.refused, false) AS refused
FROM (
    SELECT place, import, refs, needed, goes_public, (head).refs AS held FROM import_plan
    WHERE import = %(import)s AND place > %(after)s AND refs <> '{{}}' AND NOT unchanged
    ORDER BY place
    LIMIT %(most)s
) AS p
LEFT JOIN (unmet_in_import(p.import, p.refs, p.needed, p.goes_public, coalesce(p.held, '{{}}'), false) AS unmet
    CROSS JOIN LATERAL (
        SELECT line.place, line.refused
        FROM import_line AS line
        WHERE line.import IS NOT DISTINCT FROM p.import
            AND line.kind = split_part(unmet.ref, '/', 1) AND line.name = split_part(unmet.ref, '/', 2)
        OFFSET 0 -- as in import_firsts.sql
    ) AS other) ON true
ORDER BY p.place
