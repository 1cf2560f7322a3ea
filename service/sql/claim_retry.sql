-- Claims an Idempotency-Key for this transaction, waiting for one that has it; no row if it was used.
WITH patience AS MATERIALIZED (
    SELECT set_config('lock_timeout', %(patience)s, true)
)
INSERT INTO retry AS r (key_name, idempotency_key, fingerprint)
SELECT %(key_name)s, %(idempotency_key)s, %(fingerprint)s FROM patience
ON CONFLICT (key_name, idempotency_key) DO UPDATE
SET fingerprint = excluded.fingerprint, claimed_at = excluded.claimed_at, replayed_at = NULL
WHERE r.claimed_at < clock_timestamp() - interval '24 hours'
RETURNING r.claimed_at
