-- The drafts never public that some references lead to, and theirs in turn; but for the record itself.
WITH RECURSIVE reached (target) AS (
    SELECT ref COLLATE "C" FROM unnest(%(refs)s::text[]) AS ref
    UNION
    SELECT ref
    FROM reached
    JOIN revision AS r
        ON r.kind = split_part(target, '/', 1) AND r.id = split_part(target, '/', 2) AND r.superseded_at IS NULL
        AND r.first_public IS NULL AND r.status IN ('draft', 'in_review') AND target <> %(own)s,
    unnest(r.refs) AS ref
)
SELECT r.kind, r.id, r.revision, r.body::text AS body, r.refs,
    NOT r.kind = ANY (%(reviewed)s) OR by_another(r, %(key_name)s, %(actor)s, %(vouches)s) AS approved
FROM reached
JOIN revision AS r
    ON r.kind = split_part(target, '/', 1) AND r.id = split_part(target, '/', 2) AND r.superseded_at IS NULL
    AND r.first_public IS NULL AND r.status IN ('draft', 'in_review')
WHERE target <> %(own)s
LIMIT %(most)s + 1
