-- The next changes in the order of the feed; text is null for one that is passed over.
SELECT position::text::bigint AS position, seq, kind || '.' || type AS type, reason, recorded_at,
    CASE WHEN wanted THEN event_text(r, type, before, taken, gone, explains, %(keyed)s) END AS text
FROM (
    SELECT next.*, change.*, asked.wanted,
        count(*) FILTER (WHERE asked.wanted) OVER so_far AS found,
        coalesce(sum(octet_length((next.r).body::text)) FILTER (WHERE asked.wanted) OVER so_far, 0) AS size
    FROM (
        SELECT r, r.position, r.seq, r.kind, r.public, r.reason, r.recorded_at
        FROM revision AS r
        WHERE (r.position, r.seq) > (%(position)s::text::xid8, %(seq)s)
            AND r.position < pg_snapshot_xmin(pg_current_snapshot())
        ORDER BY r.position, r.seq
        LIMIT %(within)s
    ) AS next
    CROSS JOIN LATERAL change_of(next.r) AS change
    CROSS JOIN LATERAL (
        SELECT (%(keyed)s OR next.public OR coalesce(cardinality(change.taken) > 0, false))
            AND (%(types)s::text[] IS NULL OR next.kind || '.' || change.type = ANY (%(types)s))
            AND (%(reasons)s::text[] IS NULL OR coalesce(next.reason = ANY (%(reasons)s), false))
            AND (%(since)s::timestamptz IS NULL OR next.recorded_at >= %(since)s)
            AND (%(until)s::timestamptz IS NULL OR next.recorded_at < %(until)s) AS wanted
    ) AS asked
    WINDOW so_far AS (ORDER BY next.position, next.seq ROWS UNBOUNDED PRECEDING)
) AS looked
-- A page of the largest records is a short one.
WHERE found <= %(limit)s AND (found <= 1 OR size <= 4194304)
ORDER BY looked.position, looked.seq
