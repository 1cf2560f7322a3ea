-- Whether an instant is still to come, and whether no writer that may record before it still runs. A replica
-- sees none of its primary's: there one that began later has to be done, and all that have lower numbers.
SELECT %(as_of)s > statement_timestamp() AS to_come,
    CASE WHEN pg_is_in_recovery() THEN coalesce((
            SELECT max(late.begun_at) > %(as_of)s
            FROM (
                SELECT r.begun_at
                FROM revision AS r
                WHERE r.position < pg_snapshot_xmin(pg_current_snapshot())
                ORDER BY r.position DESC, r.seq DESC
                LIMIT 10
            ) AS late
        ), false)
        -- Of one whose beginning this role may not see nobody knows when that was.
        ELSE coalesce(bool_and(coalesce(xact_start > %(as_of)s, false)), true) END AS settled
FROM pg_stat_activity
WHERE backend_xid IS NOT NULL AND datname = current_database()
