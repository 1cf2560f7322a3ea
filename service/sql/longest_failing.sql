-- For how many seconds the event has been tried that an address has refused for longest; 0 for none.
SELECT coalesce(extract(epoch FROM clock_timestamp() - min(failing_since)), 0)::float8 AS seconds
FROM webhook
WHERE disabled_at IS NULL
