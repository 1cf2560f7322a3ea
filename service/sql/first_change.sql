-- Where the feed starts for an instant: at the first change recorded at or after it, else after the newest.
SELECT position::text::bigint AS position, seq - start AS seq
FROM (
    (SELECT r.position, r.seq, 1 AS start
    FROM revision AS r
    WHERE r.recorded_at >= %(since)s AND r.position < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY r.position, r.seq
    LIMIT 1)
    UNION ALL
    (SELECT r.position, r.seq, 0
    FROM revision AS r
    WHERE r.position < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY r.position DESC, r.seq DESC
    LIMIT 1)
) AS place
ORDER BY start DESC
LIMIT 1
