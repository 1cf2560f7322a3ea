-- Notes of each line of an import what comes of it.
UPDATE import_line AS s
SET outcome = CASE
        WHEN p.unchanged THEN 'unchanged'
        WHEN (p.head).id IS NULL THEN 'created'
        WHEN s.status = 'deleted' THEN 'deleted'
        ELSE 'revised' END,
    revision = coalesce((p.head).revision, 0) + (NOT p.unchanged)::int
FROM import_plan AS p
WHERE p.import = %(import)s AND s.import = p.import AND s.place = p.place
