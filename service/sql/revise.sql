-- Opens the next revision of a record; no row when a condition fails or another writer won.
WITH head AS (
    SELECT r AS whole, r.* FROM revision AS r
    WHERE kind = %(kind)s AND id = %(id)s AND superseded_at IS NULL
), shown AS (
    SELECT r AS whole, r.body, r.status FROM revision AS r
    WHERE kind = %(kind)s AND id = %(id)s AND withdrawn_at IS NULL
), plan AS (
    -- One clock reading: the instant that closes a row is the one that opens its successor.
    -- It comes after the transaction has its number, as in create.sql.
    SELECT head.revision,
        CASE WHEN pg_current_xact_id() IS NOT NULL
            THEN greatest(coalesce(%(instant)s, clock_timestamp()), head.recorded_at + interval '1 microsecond')
            END AS instant,
        head.status = %(status)s AND head.body::text = %(body)s
            AND head.internal::text IS NOT DISTINCT FROM %(internal)s
            AND head.raw::text IS NOT DISTINCT FROM %(raw)s AS unchanged,
        goes_public(%(status)s, %(body)s, head.first_public, shown.status, shown.body::text) AS goes_public
    FROM head LEFT JOIN shown ON true
    WHERE (%(given)s::bigint[] IS NULL OR head.revision = ANY (%(given)s))
        AND head.revision = coalesce(%(seen_revision)s::bigint, head.revision)
        AND head.created_at = coalesce(%(seen_created_at)s::timestamptz, head.created_at)
        AND head.recorded_at = coalesce(%(seen_updated_at)s::timestamptz, head.recorded_at)
        AND (head.key_name, head.actor) IS NOT DISTINCT FROM
            (coalesce(%(seen_key)s, head.key_name), CASE WHEN %(seen_key)s IS NULL THEN head.actor ELSE %(seen_actor)s END)
        AND head.status = ANY (%(allowed_from)s)
        AND (%(status)s <> 'withheld' OR head.first_public IS NOT NULL)
        AND (%(may_publish)s OR %(status)s <> 'deleted' OR head.first_public IS NULL)
        AND (NOT %(four_eyes)s OR approved(head.whole, shown.whole, %(status)s, %(body)s, %(internal)s, %(raw)s,
            %(key_name)s, %(actor)s, %(vouches)s))
), closed AS (
    -- Winning this row is the only gate; what was decided above then still holds,
    -- for nothing of a record changes but by a writer who closes its head.
    UPDATE revision AS r
    SET superseded_at = plan.instant, closed_by = pg_current_xact_id(),
        withdrawn_at = CASE WHEN plan.goes_public THEN coalesce(r.withdrawn_at, plan.instant) ELSE r.withdrawn_at END,
        withdrawn_by = CASE WHEN plan.goes_public AND r.withdrawn_at IS NULL THEN pg_current_xact_id()
            ELSE r.withdrawn_by END
    FROM plan
    WHERE r.kind = %(kind)s AND r.id = %(id)s AND r.superseded_at IS NULL
        AND r.revision = plan.revision AND NOT plan.unchanged
        AND (NOT plan.goes_public OR r.first_public IS NULL
            OR (%(note)s::text IS NOT NULL AND %(reason)s::text IS NOT NULL))
        AND NOT EXISTS (SELECT FROM unmet_references(%(refs)s, %(needed)s, plan.goes_public, r.refs))
        AND (NOT plan.goes_public OR %(status)s = 'deleted'
            OR NOT EXISTS (SELECT FROM lost_terms(%(kind)s, %(id)s, %(lasting)s, %(terms)s)))
    RETURNING r.revision, r.created_at, r.first_public, r.position, plan.instant, plan.goes_public
), pulled AS (
    UPDATE revision AS r
    SET withdrawn_at = closed.instant, withdrawn_by = pg_current_xact_id()
    FROM closed
    WHERE r.kind = %(kind)s AND r.id = %(id)s AND r.withdrawn_at IS NULL
        AND closed.goes_public AND r.revision <> closed.revision
    RETURNING 1
), opened AS (
    INSERT INTO revision AS r (
        kind, id, revision, status, public, body, internal, raw, created_at, first_public, recorded_at,
        withdrawn_at, withdrawn_by, key_name, actor, note, reason, sha256, salt, refs, terms, valid, review_by, position
    )
    SELECT
        %(kind)s, %(id)s, closed.revision + 1, %(status)s, closed.goes_public, %(body)s::json,
        %(internal)s::json, %(raw)s::json, closed.created_at,
        coalesce(closed.first_public, CASE WHEN closed.goes_public THEN closed.revision + 1 END),
        closed.instant, CASE WHEN NOT closed.goes_public THEN closed.instant END,
        CASE WHEN NOT closed.goes_public THEN pg_current_xact_id() END,
        %(key_name)s, %(actor)s, %(note)s, %(reason)s, %(sha256)s, %(salt)s, %(refs)s, %(terms)s,
        %(valid)s::tstzrange, %(review_by)s::date, place_after(%(refs)s, closed.position)
    FROM closed, (SELECT count(*) FROM pulled) AS first_pulled
    RETURNING r.revision, r.status, r.recorded_at, record_text(r, true) AS text
)
SELECT revision, status, recorded_at, text, true AS opened FROM opened
UNION ALL
SELECT head.revision, head.status, head.recorded_at, record_text(head, true), false
FROM plan JOIN revision AS head ON head.kind = %(kind)s AND head.id = %(id)s AND head.revision = plan.revision
WHERE plan.unchanged
