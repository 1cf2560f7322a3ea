-- The newest change that no running writer can still come before.
SELECT r.position::text::bigint AS position, r.seq
FROM revision AS r
WHERE r.position < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY r.position DESC, r.seq DESC
LIMIT 1
