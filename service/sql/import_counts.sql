-- How many lines of an import came to what.
SELECT outcome, count(*) AS lines
FROM import_line
WHERE import = %(import)s
GROUP BY outcome
