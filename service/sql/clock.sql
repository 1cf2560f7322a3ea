-- Whether an instant is still to come, and whether no writer that may record before it still runs.
SELECT %(as_of)s > statement_timestamp() AS to_come,
    coalesce(min(xact_start) > %(as_of)s, true) AS settled
FROM pg_stat_activity
WHERE backend_xid IS NOT NULL AND datname = current_database()
