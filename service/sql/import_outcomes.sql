-- Notes of each line of an import what comes of it.
UPDATE import_line AS s
SET (outcome, revision) = (
    -- Asked of each line by itself: joined, the planner could look at all lines for each.
    SELECT CASE
            WHEN p.unchanged THEN 'unchanged'
            WHEN (p.head).id IS NULL THEN 'created'
            WHEN p.status = 'deleted' THEN 'deleted'
            ELSE 'revised' END,
        coalesce((p.head).revision, 0) + (NOT p.unchanged)::int
    FROM import_plan AS p
    WHERE p.import = s.import AND p.place = s.place
)
WHERE import = %(import)s AND NOT refused
