-- The moment of an export: its snapshot, and the newest change that no running writer can still come before.
-- The snapshot of a standby lists no running transactions: there it ends with the first that may be one.
SELECT CASE WHEN pg_is_in_recovery()
        THEN concat_ws(':', pg_snapshot_xmin(pg_current_snapshot()), pg_snapshot_xmin(pg_current_snapshot()), '')
        ELSE pg_current_snapshot()::text END AS snapshot,
    coalesce(newest.position::text::bigint, 0) AS position, coalesce(newest.seq, 0) AS seq
FROM (VALUES (1)) AS one
LEFT JOIN LATERAL (
    SELECT r.position, r.seq FROM revision AS r
    WHERE r.position < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY r.position DESC, r.seq DESC
    LIMIT 1
) AS newest ON true
