-- What a retry needs: the Idempotency-Keys that were used, and what became of the request.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '10min';

-- Claimed by the transaction that writes, so that a key whose write was rolled back was
-- never used. It holds no content: the answer is made again from the revision it names.
CREATE TABLE retry (
    key_name text COLLATE "C" NOT NULL,
    idempotency_key text COLLATE "C" NOT NULL,
    fingerprint bytea NOT NULL CHECK (octet_length(fingerprint) = 32),
    claimed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    replayed_at timestamptz,
    kind text COLLATE "C",
    id text COLLATE "C",
    revision bigint,
    new boolean,
    sha256 bytea CHECK (octet_length(sha256) = 32),
    answer text,
    PRIMARY KEY (key_name, idempotency_key)
);
CREATE INDEX retry_claimed ON retry (claimed_at);

CREATE FUNCTION grant_retries(service regrole) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON retry TO %s', service);
END
$$;
REVOKE EXECUTE ON FUNCTION grant_retries(regrole) FROM PUBLIC;
