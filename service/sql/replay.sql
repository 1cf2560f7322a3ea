-- What the answer to a request that was done before is made from. That the replay is noted makes its
-- commit wait for the same standby as the first answer did.
WITH kept AS (
    UPDATE retry SET replayed_at = clock_timestamp()
    WHERE key_name = %(key_name)s AND idempotency_key = %(idempotency_key)s
    RETURNING fingerprint, kind, id, revision, new, sha256, answer
)
SELECT kept.fingerprint, kept.kind, kept.id, kept.new, kept.sha256, kept.answer,
    r.revision, r.status, r.recorded_at, record_text(r, true) AS text
FROM kept
LEFT JOIN revision AS r ON r.kind = kept.kind AND r.id = kept.id AND r.revision = kept.revision
