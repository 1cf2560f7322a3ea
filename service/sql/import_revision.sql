-- Writes one revision of an imported history, its instants kept; one that is there is closed only.
INSERT INTO revision AS r (
    kind, id, revision, status, public, body, internal, raw, created_at, first_public, recorded_at,
    superseded_at, closed_by, withdrawn_at, withdrawn_by, key_name, actor, note, reason, sha256, salt,
    imported, refs, terms, valid, review_by, purged_at, purges
)
VALUES (
    %(kind)s, %(id)s, %(revision)s, %(status)s, %(public)s, %(body)s, %(internal)s, %(raw)s, %(created_at)s,
    %(first_public)s, %(recorded_at)s,
    %(superseded_at)s, CASE WHEN %(superseded_at)s::timestamptz IS NOT NULL THEN pg_current_xact_id() END,
    %(withdrawn_at)s, CASE WHEN %(withdrawn_at)s::timestamptz IS NOT NULL THEN pg_current_xact_id() END,
    %(key_name)s, %(actor)s, %(note)s, %(reason)s, %(sha256)s, %(salt)s,
    true, %(refs)s, %(terms)s, %(valid)s::tstzrange, %(review_by)s::date,
    %(purged_at)s::timestamptz, %(purges)s::bigint[]
)
ON CONFLICT (kind, id, revision) DO UPDATE
SET superseded_at = excluded.superseded_at, closed_by = excluded.closed_by,
    withdrawn_at = excluded.withdrawn_at, withdrawn_by = excluded.withdrawn_by
WHERE r.sha256 = excluded.sha256
