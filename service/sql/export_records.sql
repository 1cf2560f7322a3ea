-- Some records of a kind as they were to a reader in a snapshot, and at an instant if one is given. Text is null
-- where a record was not there then. What was retracted or withheld brings why along: whoever takes it in needs it.
SELECT walked.created_at, walked.id, CASE
        WHEN r.status IN ('retracted', 'withheld') THEN left(record_text(r, %(keyed)s), -1)
            || coalesce(',"note":' || to_json(why.note) || ',"reason":' || to_json(why.reason), '') || '}}'
        WHEN r.status = ANY (%(status)s) THEN record_text(r, %(keyed)s)
    END AS text
FROM (
    SELECT o.kind, o.id, o.revision, o.created_at
    FROM revision AS o
    WHERE o.kind = %(kind)s AND o.{until} IS NULL
        AND (o.created_at, o.id) > (%(after_instant)s::timestamptz, %(after_id)s)
        AND o.created_at <= coalesce(%(as_of)s::timestamptz, 'infinity')
        AND (%(keyed)s OR o.status = ANY (%(status)s))
    ORDER BY o.created_at, o.id
    LIMIT %(most)s
) AS walked
LEFT JOIN LATERAL (
    SELECT v.*
    FROM revision AS v
    WHERE v.kind = walked.kind AND v.id = walked.id AND v.revision <= walked.revision AND (%(keyed)s OR v.public)
        AND pg_visible_in_snapshot(v.opened_by, %(snapshot)s::pg_snapshot)
        AND v.recorded_at <= coalesce(%(as_of)s::timestamptz, 'infinity')
    ORDER BY v.revision DESC
    LIMIT 1
) AS r ON true
-- A later revision may have changed what is internal alone, and has no reason.
LEFT JOIN LATERAL (
    SELECT v.note, v.reason
    FROM revision AS v
    WHERE r.status IN ('retracted', 'withheld') AND v.kind = r.kind AND v.id = r.id AND v.revision <= r.revision
        AND v.status = r.status AND v.note IS NOT NULL AND v.reason IS NOT NULL AND (%(keyed)s OR v.public)
    ORDER BY v.revision DESC
    LIMIT 1
) AS why ON true
ORDER BY walked.created_at, walked.id
