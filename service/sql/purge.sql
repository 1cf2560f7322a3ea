-- Takes the content from one revision or all, and writes the revision that says so. What an import that died has left
-- of the record goes too.
WITH left_over AS (
    DELETE FROM import_line WHERE kind = %(kind)s AND id = %(id)s
)
SELECT r.revision, r.status, r.recorded_at, record_text(r, true) AS text, true AS opened
FROM purge_revisions(
    %(kind)s, %(id)s, %(given)s, %(number)s, %(key_name)s, %(actor)s, %(note)s, %(sha256)s, %(salt)s
) AS r
