-- How old the oldest change is that an address which refuses nothing has yet to be told of; 0 for none.
SELECT coalesce((
    SELECT extract(EPOCH FROM clock_timestamp() - r.recorded_at)
    FROM revision AS r, (
        SELECT position::text::xid8 AS position, seq
        FROM webhook
        WHERE disabled_at IS NULL AND failures = 0
        ORDER BY webhook.position, seq
        LIMIT 1
    ) AS behind
    WHERE (r.position, r.seq) > (behind.position, behind.seq)
        AND r.position < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY r.position, r.seq
    LIMIT 1
), 0)::float8 AS seconds
