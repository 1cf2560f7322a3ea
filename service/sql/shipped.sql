-- The revisions that every server starts with.
SELECT kind || '/' || id AS target, revision, recorded_at, sha256, terms
FROM revision
WHERE key_name = 'factcheck'
