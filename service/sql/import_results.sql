-- What came of some lines of an import.
SELECT place, kind, id, made, outcome, revision, faults
FROM import_line
WHERE import = %(import)s AND place > %(after)s
ORDER BY place
LIMIT %(most)s
