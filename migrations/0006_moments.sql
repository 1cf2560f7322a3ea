-- Moments: what was there in a snapshot or at an instant, in any order, as quickly as what is there now.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '10min';

-- The cluster that handed out the transaction numbers beside each revision. In another one, where a dump
-- was restored, they mean something else.
ALTER TABLE installation ADD COLUMN system_identifier bigint;
UPDATE installation SET system_identifier = control.system_identifier FROM pg_control_system() AS control;

-- When the transaction of a row began, which is before it had its number: so whoever began earlier has a lower
-- one. That is how a standby, which sees no writer of its primary, comes to know that one is done (clock.sql).
ALTER TABLE revision ADD COLUMN begun_at timestamptz;
ALTER TABLE revision ALTER COLUMN begun_at SET DEFAULT now();

-- As in 0004, and when its transaction began stays as well.
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
            OLD.opened_by, OLD.begun_at, OLD.purges)
        IS DISTINCT FROM
            (NEW.seq, NEW.kind, NEW.id, NEW.revision, NEW.status, NEW.public, NEW.created_at, NEW.first_public,
            NEW.recorded_at, NEW.key_name, NEW.actor, NEW.reason, NEW.sha256, NEW.imported, NEW.position,
            NEW.opened_by, NEW.begun_at, NEW.purges)
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

-- The order of the feed. Its last row also says up to which transaction everything is on disk. With the
-- instants in it, the first change since one is found without a look at the rows: ten times as fast.
CREATE UNIQUE INDEX revision_in_feed ON revision (position, seq) INCLUDE (recorded_at);

-- Rows that were closed, by what lists sort and look for. A row that the public was shown and is no longer
-- was superseded too, so these serve both readers; when it was closed is each reader's own affair.
CREATE INDEX revision_past_created ON revision (kind, created_at, id) WHERE superseded_at IS NOT NULL;
CREATE INDEX revision_past_recorded ON revision (kind, recorded_at, id) WHERE superseded_at IS NOT NULL;
CREATE INDEX revision_past_terms ON revision USING gin (terms) WHERE superseded_at IS NOT NULL;
CREATE INDEX revision_head_closed_by ON revision (kind, closed_by) WHERE superseded_at IS NOT NULL;
CREATE INDEX revision_head_closed_at ON revision (kind, superseded_at) WHERE superseded_at IS NOT NULL;
CREATE INDEX revision_shown_closed_by ON revision (kind, withdrawn_by) WHERE public AND withdrawn_at IS NOT NULL;
CREATE INDEX revision_shown_closed_at ON revision (kind, withdrawn_at) WHERE public AND withdrawn_at IS NOT NULL;

-- Whether a moment has a row: an instant, a snapshot, or both. What is absent does not exclude.
CREATE FUNCTION begun(opened_by xid8, recorded_at timestamptz, snapshot pg_snapshot, as_of timestamptz)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (as_of IS NULL OR recorded_at <= as_of)
    AND (snapshot IS NULL OR pg_visible_in_snapshot(opened_by, snapshot));

-- What a page of records referred to at a moment, one level, as expanded() has it of the present. The newest
-- revision of a moment that the reader may see is the one that stood then.
CREATE FUNCTION expanded_at(
    own_kind text, own_ids text[], refs text[], wanted text[], keyed boolean, snapshot pg_snapshot, as_of timestamptz
) RETURNS json LANGUAGE sql STABLE AS $$
    WITH verdicts AS (
        SELECT DISTINCT v.kind, v.id
        FROM revision AS v
        WHERE own_kind = 'claim' AND 'verdict' = ANY (wanted) AND v.kind = 'verdict'
            AND v.superseded_at IS NULL AND v.terms && ARRAY(SELECT 'claim_id=' || own FROM unnest(own_ids) AS own)
        UNION
        SELECT v.kind, v.id
        FROM revision AS v
        WHERE own_kind = 'claim' AND 'verdict' = ANY (wanted) AND v.kind = 'verdict'
            AND v.superseded_at IS NOT NULL AND v.terms && ARRAY(SELECT 'claim_id=' || own FROM unnest(own_ids) AS own)
    ), named AS (
        SELECT split_part(ref, '/', 1) AS kind, split_part(ref, '/', 2) AS id, true AS cited
        FROM unnest(refs) AS ref
        WHERE split_part(ref, '/', 1) = ANY (wanted)
        UNION
        SELECT kind, id, false FROM verdicts
    ), found AS (
        SELECT named.kind, named.id, bool_or(named.cited) AS cited,
            bool_or(stood.terms && ARRAY(SELECT 'claim_id=' || own FROM unnest(own_ids) AS own)) AS about,
            min(CASE WHEN stood.status <> 'deleted'
                AND (keyed OR (stood.status <> 'withheld' AND now.status IN ('published', 'retracted')))
                THEN record_text(stood.whole, keyed) END) AS record
        FROM named
        LEFT JOIN LATERAL (
            SELECT r AS whole, r.status, r.terms
            FROM revision AS r
            WHERE r.kind = named.kind AND r.id = named.id AND (keyed OR r.public)
                AND begun(r.opened_by, r.recorded_at, snapshot, as_of)
            ORDER BY r.revision DESC
            LIMIT 1
        ) AS stood ON true
        LEFT JOIN revision AS now
            ON NOT keyed AND now.kind = named.kind AND now.id = named.id AND now.withdrawn_at IS NULL
        GROUP BY named.kind, named.id
    ), grouped AS (
        SELECT w.kind || 's' AS collection,
            coalesce(json_object_agg(found.id, coalesce(found.record, '{"gone":true}')::json ORDER BY found.id)
                FILTER (WHERE found.id IS NOT NULL), '{}') AS records
        FROM unnest(wanted) AS w (kind)
        LEFT JOIN found ON found.kind = w.kind AND (found.cited OR (found.about AND found.record IS NOT NULL))
        GROUP BY w.kind
    )
    SELECT json_object_agg(collection, records ORDER BY collection) FROM grouped
$$;
