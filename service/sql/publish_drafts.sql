-- Publishes drafts as they are, all at one instant, and gives it; fewer rows where one is no longer so.
WITH wanted AS (
    SELECT * FROM unnest(
        %(kinds)s::text[], %(ids)s::text[], %(revisions)s::bigint[], %(hashes)s::bytea[], %(salts)s::bytea[]
    ) WITH ORDINALITY AS w (kind, id, revision, sha256, salt, place)
), clock AS (
    -- Read after the transaction has its number, as in create.sql.
    SELECT CASE WHEN pg_current_xact_id() IS NOT NULL
        THEN greatest(clock_timestamp(), max(r.recorded_at) + interval '1 microsecond') END AS instant
    FROM wanted
    JOIN revision AS r ON r.kind = wanted.kind AND r.id = wanted.id AND r.revision = wanted.revision
), closed AS (
    UPDATE revision AS r
    SET superseded_at = clock.instant, closed_by = pg_current_xact_id()
    FROM wanted, clock
    WHERE r.kind = wanted.kind AND r.id = wanted.id AND r.revision = wanted.revision AND r.superseded_at IS NULL
    RETURNING r AS draft, wanted.sha256, wanted.salt, wanted.place, clock.instant
)
INSERT INTO revision (
    kind, id, revision, status, public, body, internal, raw, created_at, first_public, recorded_at, key_name,
    actor, note, reason, sha256, salt, refs, terms, valid, review_by, position
)
SELECT (draft).kind, (draft).id, (draft).revision + 1, 'published', true, (draft).body, (draft).internal,
    (draft).raw, (draft).created_at, (draft).revision + 1, instant, %(key_name)s, %(actor)s, %(note)s, %(reason)s,
    sha256, salt, (draft).refs, (draft).terms, (draft).valid, (draft).review_by,
    place_after((draft).refs, (draft).position)
FROM closed
ORDER BY place
RETURNING recorded_at
