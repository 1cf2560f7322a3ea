-- The latest revisions of some records; of those that are deleted, that they are.
SELECT r.kind, r.id, r.revision, r.status, coalesce(r.body::text, '{{}}') AS body, r.first_public,
    NOT r.kind = ANY (%(reviewed)s) OR by_another(r, %(key_name)s, %(actor)s, %(vouches)s) AS approved
FROM unnest(%(kinds)s::text[], %(ids)s::text[]) AS w (kind, id)
JOIN revision AS r ON r.kind = w.kind AND r.id = w.id AND r.superseded_at IS NULL
WHERE r.status = 'deleted' OR r.body IS NOT NULL
