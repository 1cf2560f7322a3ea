-- Claims that pass one of the filters of a match, those of claims or that of their verdicts: if there are few.
WITH asserted AS (
    SELECT id FROM revision
    WHERE %(of_claims)s AND kind = 'claim' AND {until} IS NULL
        AND (terms && %(topic)s OR %(topic)s IS NULL)
        AND (terms && %(claimant)s OR %(claimant)s IS NULL)
        AND (created_at >= %(created_from)s OR %(created_from)s IS NULL)
        AND (created_at < %(created_to)s OR %(created_to)s IS NULL)
    LIMIT %(few)s + 1
), rated AS (
    SELECT DISTINCT w.claim AS id
    FROM revision AS v JOIN wording AS w ON w.kind = v.kind AND w.id = v.id AND w.revision = v.revision
    WHERE v.kind = 'verdict' AND v.withdrawn_at IS NULL AND v.terms && %(rating)s
    LIMIT %(few)s + 1
)
SELECT coalesce(
    (SELECT coalesce(array_agg(id), ARRAY[]::text[]) FROM asserted HAVING %(of_claims)s AND count(*) <= %(few)s),
    (SELECT coalesce(array_agg(id), ARRAY[]::text[]) FROM rated HAVING %(rating)s::text[] IS NOT NULL AND count(*) <= %(few)s)
) AS ids
