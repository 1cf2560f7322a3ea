-- Erasure that the law asks for: a revision is blanked once and whole, by one function.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '10min';

-- purged_at: when a revision lost its content. purges: the revisions that this one took it from.
ALTER TABLE revision ADD COLUMN purged_at timestamptz, ADD COLUMN purges bigint[];

-- A row is closed once for each interval, and blanked once; nothing else of it ever changes.
CREATE OR REPLACE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'a revision is never removed' USING ERRCODE = 'FC001';
    END IF;
    IF (OLD.superseded_at IS NOT NULL
            AND (NEW.superseded_at, NEW.closed_by) IS DISTINCT FROM (OLD.superseded_at, OLD.closed_by))
        OR (OLD.withdrawn_at IS NOT NULL
            AND (NEW.withdrawn_at, NEW.withdrawn_by) IS DISTINCT FROM (OLD.withdrawn_at, OLD.withdrawn_by))
        OR (OLD.seq, OLD.kind, OLD.id, OLD.revision, OLD.status, OLD.public, OLD.created_at, OLD.first_public,
            OLD.recorded_at, OLD.key_name, OLD.actor, OLD.reason, OLD.sha256, OLD.imported, OLD.position,
            OLD.opened_by, OLD.purges)
        IS DISTINCT FROM
            (NEW.seq, NEW.kind, NEW.id, NEW.revision, NEW.status, NEW.public, NEW.created_at, NEW.first_public,
            NEW.recorded_at, NEW.key_name, NEW.actor, NEW.reason, NEW.sha256, NEW.imported, NEW.position,
            NEW.opened_by, NEW.purges)
    THEN
        RAISE EXCEPTION 'a revision is never changed' USING ERRCODE = 'FC001';
    END IF;
    IF (OLD.body::text, OLD.internal::text, OLD.raw::text, OLD.note, OLD.salt, OLD.refs, OLD.terms, OLD.valid,
            OLD.review_by, OLD.purged_at)
        IS DISTINCT FROM
            (NEW.body::text, NEW.internal::text, NEW.raw::text, NEW.note, NEW.salt, NEW.refs, NEW.terms, NEW.valid,
            NEW.review_by, NEW.purged_at)
        AND NOT (OLD.purged_at IS NULL AND NEW.purged_at IS NOT NULL
            AND num_nonnulls(NEW.body, NEW.internal, NEW.raw, NEW.note, NEW.salt, NEW.valid, NEW.review_by) = 0
            AND (NEW.refs, NEW.terms) = ('{}', '{}'))
    THEN
        RAISE EXCEPTION 'a revision is never changed, only purged as a whole' USING ERRCODE = 'FC001';
    END IF;
    RETURN NEW;
END
$$;

-- As in 0001, and null for a revision that was purged: it has nothing to say.
CREATE OR REPLACE FUNCTION record_text(r revision, keyed boolean) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN r.purged_at IS NULL THEN
    '{"id":"' || r.id || '","type":"' || r.kind || '","revision":' || r.revision
    || ',"status":"' || r.status
    || '","created_at":"' || instant(r.created_at)
    || '","updated_at":"' || instant(r.recorded_at)
    || '","self":"/v1/' || r.kind || 's/' || r.id || '"'
    || CASE WHEN keyed THEN
            ',"recorded_by":{"key":' || to_json(r.key_name) || coalesce(',"actor":' || to_json(r.actor), '') || '}'
            || coalesce(',"internal":' || r.internal, '')
        ELSE '' END
    || CASE
        WHEN r.body IS NULL OR r.body::text = '{}' THEN '}'
        WHEN keyed AND r.raw IS NOT NULL
            THEN ',' || substr(jsonb_set(r.body::jsonb, '{origin,raw}', r.raw::jsonb)::text, 2)
        ELSE ',' || right(r.body::text, -1) END
END;

-- Takes the content from one revision of a record, or with no number from all, and writes the
-- revision that says so: a tombstone for all, otherwise what the record is now. The new revision
-- is public as far as readers had what goes. No row where the record is not at a given revision,
-- where that one is what readers have or what the record is now, or where nothing is left to go.
CREATE FUNCTION purge_revisions(
    record_kind text, record_id text, given bigint[], number bigint, by_key text, by_actor text, why text,
    hash bytea, grains bytea
) RETURNS SETOF revision LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    head revision;
    going bigint[];
    visible boolean;
    moment timestamptz;
BEGIN
    SELECT * INTO head FROM revision AS r
    WHERE r.kind = record_kind AND r.id = record_id AND r.superseded_at IS NULL AND r.revision = ANY (given)
    FOR UPDATE;
    SELECT array_agg(r.revision ORDER BY r.revision), bool_or(r.public) INTO going, visible FROM revision AS r
    WHERE r.kind = record_kind AND r.id = record_id AND r.purged_at IS NULL
        AND CASE WHEN number IS NULL THEN r.superseded_at IS NOT NULL OR r.purges IS NULL OR r.status <> 'deleted'
            ELSE r.revision = number AND r.superseded_at IS NOT NULL AND r.withdrawn_at IS NOT NULL END;
    IF head IS NULL OR going IS NULL THEN
        RETURN;
    END IF;
    visible := CASE WHEN number IS NULL THEN head.first_public IS NOT NULL
        ELSE visible AND head.withdrawn_at IS NULL END;
    -- Read after the transaction has its number, as in create.sql.
    moment := CASE WHEN pg_current_xact_id() IS NOT NULL
        THEN greatest(clock_timestamp(), head.recorded_at + interval '1 microsecond') END;
    UPDATE revision AS r SET superseded_at = moment, closed_by = pg_current_xact_id()
    WHERE r.kind = record_kind AND r.id = record_id AND r.superseded_at IS NULL;
    UPDATE revision AS r SET withdrawn_at = moment, withdrawn_by = pg_current_xact_id()
    WHERE visible AND r.kind = record_kind AND r.id = record_id AND r.withdrawn_at IS NULL;
    UPDATE revision AS r
    SET body = NULL, internal = NULL, raw = NULL, note = NULL, salt = NULL, refs = '{}', terms = '{}',
        valid = NULL, review_by = NULL, purged_at = moment
    WHERE r.kind = record_kind AND r.id = record_id AND r.revision = ANY (going);
    -- By these hashes, which have no salt, a retry is known: they would confirm a guess. The key stays
    -- used, lest the request be done again.
    UPDATE retry SET fingerprint = sha256(''), sha256 = NULL
    WHERE retry.kind = record_kind AND retry.id = record_id AND retry.revision = ANY (going);
    RETURN QUERY INSERT INTO revision AS r (
        kind, id, revision, status, public, body, internal, raw, created_at, first_public, recorded_at,
        withdrawn_at, withdrawn_by, key_name, actor, note, reason, sha256, salt, refs, terms, valid, review_by,
        position, purges
    )
    SELECT record_kind, record_id, head.revision + 1, kept.status, visible, kept.body, kept.internal, kept.raw,
        head.created_at, head.first_public, moment, CASE WHEN NOT visible THEN moment END,
        CASE WHEN NOT visible THEN pg_current_xact_id() END, by_key, by_actor, why, 'legal', hash, grains,
        kept.refs, kept.terms, kept.valid, kept.review_by, place_after(kept.refs, head.position), going
    FROM (
        SELECT head.status, head.body, head.internal, head.raw, head.refs, head.terms, head.valid, head.review_by
        WHERE number IS NOT NULL
        UNION ALL
        SELECT 'deleted', '{}', NULL, NULL, '{}', '{}', NULL, NULL
        WHERE number IS NULL
    ) AS kept (status, body, internal, raw, refs, terms, valid, review_by)
    RETURNING r.*;
    -- The statistics hold words of the rows that they were taken from.
    ANALYZE revision;
END
$$;

CREATE FUNCTION grant_purging(service regrole) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('GRANT INSERT (purged_at, purges) ON revision TO %s', service);
    EXECUTE format('GRANT EXECUTE ON FUNCTION purge_revisions(text, text, bigint[], bigint, text, text, text, bytea,
        bytea) TO %s', service);
END
$$;
REVOKE EXECUTE ON FUNCTION grant_purging(regrole),
    purge_revisions(text, text, bigint[], bigint, text, text, text, bytea, bytea) FROM PUBLIC;
