-- The revisions that every server starts with.
SELECT kind || '/' || id AS target, revision, sha256, terms
FROM revision
WHERE key_name = 'factcheck'
