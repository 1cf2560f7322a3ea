-- Which migrations ran, on what server, whether this role owns what it must not change, and lag.
SELECT coalesce(array_agg(name ORDER BY name), ARRAY[]::text[]) AS ran,
    'PostgreSQL ' || current_setting('server_version') AS database,
    pg_has_role((SELECT relowner FROM pg_class WHERE oid = to_regclass('revision')), 'USAGE') AS owns,
    -- A standby that is fed and has replayed all it got is not behind, however long ago that was.
    CASE
        WHEN NOT pg_is_in_recovery() THEN NULL
        WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()
            AND EXISTS (SELECT FROM pg_stat_wal_receiver WHERE pid IS NOT NULL) THEN 0
        ELSE extract(EPOCH FROM greatest(clock_timestamp() - pg_last_xact_replay_timestamp(), '0'))
    END::float AS lag
FROM migration
