-- Webhooks: who is told of changes, how far each has got, and what became of every attempt.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '10min';

-- position and seq name the last change that the address has taken, or that is no business of its.
-- Whoever delivers holds the row by leased_by until leased_until; a change of the row takes it away.
CREATE TABLE webhook (
    id uuid PRIMARY KEY,
    url text NOT NULL,
    types text[] NOT NULL DEFAULT '{}',
    reasons text[] NOT NULL DEFAULT '{}',
    description text,
    reads text NOT NULL CHECK (reads IN ('public', 'drafts')),
    secret bytea NOT NULL,
    former_secret bytea,
    former_until timestamptz,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    position bigint NOT NULL,
    seq bigint NOT NULL,
    failures bigint NOT NULL DEFAULT 0,
    failing_since timestamptz,
    next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    disabled_at timestamptz,
    disabled_because text,
    leased_by uuid,
    leased_until timestamptz
) WITH (fillfactor = 70); -- a row moves with each event, and no index with it

-- One row an attempt, and nothing of what was sent: a purge finds nothing to blank here.
CREATE TABLE delivery (
    number bigint GENERATED ALWAYS AS IDENTITY,
    webhook_id uuid NOT NULL REFERENCES webhook ON DELETE CASCADE,
    position bigint NOT NULL,
    seq bigint NOT NULL,
    type text NOT NULL,
    attempt bigint NOT NULL,
    attempted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    status bigint,
    error text,
    duration_ms bigint NOT NULL,
    next_attempt_at timestamptz,
    PRIMARY KEY (webhook_id, number)
);
CREATE INDEX delivery_attempted ON delivery (attempted_at);

CREATE FUNCTION grant_webhooks(service regrole) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON webhook TO %s', service);
    EXECUTE format('GRANT SELECT, INSERT, DELETE ON delivery TO %s', service);
    -- For a sweep to pass over rows that another is at.
    EXECUTE format('GRANT UPDATE (status) ON delivery TO %s', service);
END
$$;
REVOKE EXECUTE ON FUNCTION grant_webhooks(regrole) FROM PUBLIC;
