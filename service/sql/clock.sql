-- Whether an instant is still to come, and whether no writer that may record before it still runs. A replica
-- knows none of its primary's by the clock: there a commit since, and no transaction on its way, have to do.
SELECT %(as_of)s > statement_timestamp() AS to_come,
    CASE WHEN pg_is_in_recovery()
        THEN pg_last_xact_replay_timestamp() > %(as_of)s
            AND pg_snapshot_xmin(pg_current_snapshot()) = pg_snapshot_xmax(pg_current_snapshot())
        ELSE coalesce(min(xact_start) > %(as_of)s, true) END AS settled
FROM pg_stat_activity
WHERE backend_xid IS NOT NULL AND datname = current_database()
