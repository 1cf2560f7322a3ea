-- Says that an import lives, and for how long it is to be taken for alive from now on.
INSERT INTO import_job (id, until) VALUES (%(import)s, clock_timestamp() + %(alive)s * interval '1 second')
ON CONFLICT (id) DO UPDATE SET until = excluded.until
