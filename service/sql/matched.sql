-- Claims as a reader has them, each with its published verdicts, the latest first.
SELECT c.id, record_text(c, %(keyed)s) AS text, ARRAY(
        SELECT record_text(v, %(keyed)s)
        FROM wording AS w
        JOIN revision AS v ON v.kind = w.kind AND v.id = w.id AND v.revision = w.revision
        WHERE w.claim = c.id AND (w.head OR w.shown) AND w.kind = 'verdict' AND v.withdrawn_at IS NULL
            AND v.status = 'published'
        ORDER BY v.created_at DESC, v.id DESC
    ) AS verdicts
FROM revision AS c
WHERE c.kind = 'claim' AND c.id = ANY (%(ids)s) AND c.{until} IS NULL
    AND is_matched(c.kind, c.id, c.status, c.superseded_at IS NULL, c.withdrawn_at IS NULL, %(keyed)s)
