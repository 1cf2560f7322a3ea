-- Writes the lines of an import, all at one instant and place in the feed, each after those it refers to.
WITH plan AS MATERIALIZED (
    SELECT p.place, p.kind, p.id, (p.head).revision, (p.head).created_at, (p.head).first_public, p.goes_public, p.refs,
        (p.head).recorded_at, (p.head).position, (p.shown).revision AS shown
    FROM import_plan AS p
    WHERE p.import = %(import)s AND NOT p.unchanged
), moment AS MATERIALIZED (
    -- Read after the transaction has its number, as in create.sql. A place for all that none of their
    -- references and predecessors comes after; in it they follow each other.
    SELECT CASE WHEN pg_current_xact_id() IS NOT NULL
            THEN greatest(clock_timestamp(), max(plan.recorded_at) + interval '1 microsecond') END AS instant,
        greatest(pg_current_xact_id(), max(plan.position), max(place_after(plan.refs, '0'))) AS position
    FROM plan
), closed AS (
    UPDATE revision AS r
    SET superseded_at = moment.instant, closed_by = pg_current_xact_id(),
        withdrawn_at = CASE WHEN plan.goes_public THEN coalesce(r.withdrawn_at, moment.instant)
            ELSE r.withdrawn_at END,
        withdrawn_by = CASE WHEN plan.goes_public AND r.withdrawn_at IS NULL THEN pg_current_xact_id()
            ELSE r.withdrawn_by END
    FROM plan, moment
    WHERE r.kind = plan.kind AND r.id = plan.id AND r.revision = plan.revision AND r.superseded_at IS NULL
    RETURNING 1
), pulled AS (
    UPDATE revision AS r
    SET withdrawn_at = moment.instant, withdrawn_by = pg_current_xact_id()
    FROM plan, moment
    WHERE r.kind = plan.kind AND r.id = plan.id AND r.revision = plan.shown AND r.withdrawn_at IS NULL
        AND plan.goes_public AND plan.shown <> plan.revision
    RETURNING 1
), opened AS (
    INSERT INTO revision AS r (
        kind, id, revision, status, public, body, internal, raw, created_at, first_public, recorded_at,
        withdrawn_at, withdrawn_by, key_name, actor, note, reason, sha256, salt, refs, terms, valid, review_by, position
    )
    SELECT s.kind, s.id, coalesce(plan.revision, 0) + 1, s.status, plan.goes_public, s.body::json,
        s.internal::json, s.raw::json, coalesce(plan.created_at, moment.instant),
        coalesce(plan.first_public, CASE WHEN plan.goes_public THEN coalesce(plan.revision, 0) + 1 END),
        moment.instant, CASE WHEN NOT plan.goes_public THEN moment.instant END,
        CASE WHEN NOT plan.goes_public THEN pg_current_xact_id() END,
        %(key_name)s, s.actor, s.note, s.reason, s.sha256, s.salt, s.refs, s.terms, s.valid, s.review_by,
        moment.position
    FROM moment, plan,
    LATERAL (
        SELECT * FROM import_line AS line WHERE line.import = %(import)s AND line.place = plan.place
        OFFSET 0 -- as in import_firsts.sql
    ) AS s
    WHERE s.status IS NOT NULL -- as of a patch whose record was just not there yet
        AND (SELECT count(*) FROM closed) + (SELECT count(*) FROM pulled) >= 0 -- these are first
    ORDER BY s.rank, s.turn, s.place
    ON CONFLICT DO NOTHING
    RETURNING r.revision, r.status
)
SELECT (SELECT count(*) FROM plan) AS planned, (SELECT count(revision) FROM plan) AS heads,
    (SELECT count(*) FROM closed) AS closed, count(*) AS opened,
    count(*) FILTER (WHERE revision = 1) AS created, count(*) FILTER (WHERE status = 'deleted') AS deleted
FROM opened
