-- Of the verdicts on some claims, as a reader has them at a moment: how many there are, the newest of each claim, and those that refer to some verdicts.
WITH candidate AS (
    SELECT v.id
    FROM revision AS v
    WHERE v.kind = 'verdict' AND v.superseded_at IS NULL AND v.terms && %(terms)s::text[]
    UNION
    SELECT v.id
    FROM revision AS v
    WHERE v.kind = 'verdict' AND v.superseded_at IS NOT NULL AND v.terms && %(terms)s::text[]
), standing AS (
    SELECT candidate.id, stood.created_at, stood.terms, stood.refs && %(refs)s::text[] AS refers
    FROM candidate
    CROSS JOIN LATERAL (
        SELECT r.status, r.created_at, r.terms, r.refs
        FROM revision AS r
        WHERE r.kind = 'verdict' AND r.id = candidate.id AND (%(keyed)s OR r.public)
            AND begun(r.opened_by, r.recorded_at, %(snapshot)s::pg_snapshot, %(as_of)s::timestamptz)
        ORDER BY r.revision DESC
        LIMIT 1
    ) AS stood
    LEFT JOIN revision AS now
        ON NOT %(keyed)s AND now.kind = 'verdict' AND now.id = candidate.id AND now.withdrawn_at IS NULL
    WHERE stood.status <> 'deleted'
        AND (%(keyed)s OR (stood.status <> 'withheld' AND now.status IN ('published', 'retracted')))
), placed AS (
    SELECT asked.term, standing.id, standing.refers,
        count(*) OVER (PARTITION BY asked.term) AS total,
        row_number() OVER (PARTITION BY asked.term ORDER BY created_at DESC, id DESC) AS place,
        row_number() OVER (PARTITION BY asked.term, refers ORDER BY created_at DESC, id DESC) AS place_of_kind
    FROM unnest(%(terms)s::text[]) AS asked (term)
    JOIN standing ON asked.term = ANY (standing.terms)
)
SELECT split_part(term, '=', 2) AS claim_id, id, total
FROM placed
WHERE (place <= %(most)s AND term = ANY (%(newest)s)) OR (refers AND place_of_kind <= %(most)s)
