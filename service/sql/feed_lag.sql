-- By how many seconds the feed is late: how long the oldest writer of the cluster has been running.
SELECT greatest(extract(EPOCH FROM clock_timestamp() - least(
    (SELECT min(xact_start) FROM pg_stat_activity WHERE backend_xid IS NOT NULL),
    (SELECT min(prepared) FROM pg_prepared_xacts))), 0)::float AS seconds
