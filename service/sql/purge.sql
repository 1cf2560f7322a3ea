-- Takes the content from one revision or all, and writes the revision that says so. What waits of the record in an
-- import goes too, as it may be one that died; what one is just writing it takes out itself, so nobody waits for it.
WITH waiting AS (
    DELETE FROM import_line
    WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM import_line WHERE kind = %(kind)s AND id = %(id)s FOR UPDATE SKIP LOCKED
    ))
)
SELECT r.revision, r.status, r.recorded_at, record_text(r, true) AS text, true AS opened
FROM purge_revisions(
    %(kind)s, %(id)s, %(given)s, %(number)s, %(key_name)s, %(actor)s, %(note)s, %(sha256)s, %(salt)s
) AS r
