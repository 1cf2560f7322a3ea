-- Opens revision 1 of a record; gives no row when the id is taken or a reference does not hold.
-- The clock is read once the transaction has its number: so whoever asks for the past sees a
-- writer that may still record before then (clock.sql).
INSERT INTO revision AS r (
    kind, id, revision, status, public, body, internal, raw, created_at, first_public, recorded_at,
    withdrawn_at, withdrawn_by, key_name, actor, note, reason, sha256, salt, refs, terms, valid, review_by, position
)
SELECT
    %(kind)s, %(id)s, 1, %(status)s, %(visible)s, %(body)s, %(internal)s, %(raw)s, clock.instant,
    CASE WHEN %(visible)s THEN 1 END, clock.instant, CASE WHEN NOT %(visible)s THEN clock.instant END,
    CASE WHEN NOT %(visible)s THEN pg_current_xact_id() END,
    %(key_name)s, %(actor)s, %(note)s, %(reason)s, %(sha256)s, %(salt)s, %(refs)s, %(terms)s,
    %(valid)s::tstzrange, %(review_by)s::date, place_after(%(refs)s, '0')
FROM (SELECT CASE WHEN pg_current_xact_id() IS NOT NULL THEN coalesce(%(instant)s, clock_timestamp()) END AS instant) AS clock
WHERE NOT EXISTS (SELECT FROM unmet_references(%(refs)s, %(needed)s, %(visible)s, ARRAY[]::text[]))
ON CONFLICT DO NOTHING
RETURNING r.revision, r.status, r.recorded_at, record_text(r, true) AS text, true AS opened
