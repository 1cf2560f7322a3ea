-- Some patches of an import that are yet to be applied to what their records are now.
SELECT s.place, s.kind, s.id, s.sent, head.revision, record_text(head, true) AS text
FROM import_line AS s
JOIN revision AS head ON head.kind = s.kind AND head.id = s.id AND head.superseded_at IS NULL
WHERE s.import = %(import)s AND NOT s.refused AND s.op = 'patch' AND s.place > %(after)s AND s.sent IS NOT NULL AND s.name IS NOT NULL
    AND head.status <> 'deleted' AND s.applied_to IS DISTINCT FROM head.revision
ORDER BY s.place
LIMIT %(most)s
