-- How much each client may still do: rate limits that all workers and servers share.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '10min';

-- One row a client and limit, by GCRA: full_at is when the whole allowance is there again.
-- Unlogged: it costs no write-ahead log, and what a crash forgets nobody misses.
CREATE UNLOGGED TABLE allowance (
    name text COLLATE "C" NOT NULL,
    client text COLLATE "C" NOT NULL,
    full_at timestamptz NOT NULL,
    PRIMARY KEY (name, client)
) WITH (fillfactor = 50); -- room for the next version of each row on its page, and no index to mend

CREATE FUNCTION grant_allowances(service regrole) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON allowance TO %s', service);
END
$$;
REVOKE EXECUTE ON FUNCTION grant_allowances(regrole) FROM PUBLIC;
