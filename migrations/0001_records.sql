-- The record machine: one table of revisions for all kinds, the keys, and what guards them.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '10min';

-- One row, made once: what all servers of this database share.
CREATE TABLE installation (
    singular boolean PRIMARY KEY DEFAULT true CHECK (singular),
    installed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Signs cursors. gen_random_uuid() draws from the server's strong random source.
    cursor_secret bytea NOT NULL
        DEFAULT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
);
INSERT INTO installation DEFAULT VALUES;

CREATE TABLE api_key (
    id uuid PRIMARY KEY,
    name text NOT NULL UNIQUE,
    secret_sha256 bytea NOT NULL UNIQUE CHECK (octet_length(secret_sha256) = 32),
    scopes text[] NOT NULL,
    vouches boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz
);

-- A revision is open twice: among all revisions until superseded_at, among those
-- the public may see until withdrawn_at. One that was never public is withdrawn
-- at the instant it is recorded, so that its public interval is empty and every
-- read is "open at T in one of the two intervals".
CREATE TABLE revision (
    seq bigint GENERATED ALWAYS AS IDENTITY,
    kind text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    status text COLLATE "C" NOT NULL
        CHECK (status IN ('draft', 'in_review', 'published', 'retracted', 'withheld', 'deleted')),
    public boolean NOT NULL,
    body json,
    internal json,
    raw json,
    created_at timestamptz NOT NULL,
    first_public bigint,
    recorded_at timestamptz NOT NULL,
    superseded_at timestamptz,
    withdrawn_at timestamptz,
    key_name text NOT NULL,
    actor text,
    note text,
    reason text COLLATE "C",
    sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
    salt bytea CHECK (octet_length(salt) = 16),
    imported boolean NOT NULL DEFAULT false,
    refs text[] COLLATE "C" NOT NULL,
    terms text[] COLLATE "C" NOT NULL,
    valid tstzrange,
    review_by date,
    position xid8 NOT NULL DEFAULT pg_current_xact_id(),
    opened_by xid8 NOT NULL DEFAULT pg_current_xact_id(),
    closed_by xid8,
    withdrawn_by xid8,
    PRIMARY KEY (kind, id, revision),
    CHECK (superseded_at > recorded_at),
    CHECK ((superseded_at IS NULL) = (closed_by IS NULL)),
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)),
    CHECK (public = (withdrawn_at IS NULL OR withdrawn_at > recorded_at)),
    CHECK (public OR withdrawn_at = recorded_at),
    CHECK (public OR first_public IS NULL OR first_public < revision)
);

CREATE UNIQUE INDEX revision_head ON revision (kind, id) WHERE superseded_at IS NULL;
CREATE UNIQUE INDEX revision_shown ON revision (kind, id) WHERE withdrawn_at IS NULL;
CREATE INDEX revision_head_created ON revision (kind, created_at, id) WHERE superseded_at IS NULL;
CREATE INDEX revision_shown_created ON revision (kind, created_at, id) WHERE withdrawn_at IS NULL;
CREATE INDEX revision_head_recorded ON revision (kind, recorded_at, id) WHERE superseded_at IS NULL;
CREATE INDEX revision_shown_recorded ON revision (kind, recorded_at, id) WHERE withdrawn_at IS NULL;
CREATE INDEX revision_head_terms ON revision USING gin (terms) WHERE superseded_at IS NULL;
CREATE INDEX revision_shown_terms ON revision USING gin (terms) WHERE withdrawn_at IS NULL;

-- Closing a row is the only change it ever sees, once for each interval.
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'a revision is never removed' USING ERRCODE = 'FC001';
    END IF;
    IF (OLD.superseded_at IS NOT NULL
            AND (NEW.superseded_at, NEW.closed_by) IS DISTINCT FROM (OLD.superseded_at, OLD.closed_by))
        OR (OLD.withdrawn_at IS NOT NULL
            AND (NEW.withdrawn_at, NEW.withdrawn_by) IS DISTINCT FROM (OLD.withdrawn_at, OLD.withdrawn_by))
        OR (OLD.seq, OLD.kind, OLD.id, OLD.revision, OLD.status, OLD.public, OLD.body::text, OLD.internal::text,
            OLD.raw::text, OLD.created_at, OLD.first_public, OLD.recorded_at, OLD.key_name, OLD.actor, OLD.note,
            OLD.reason, OLD.sha256, OLD.salt, OLD.imported, OLD.refs, OLD.terms, OLD.valid, OLD.review_by,
            OLD.position, OLD.opened_by)
        IS DISTINCT FROM
            (NEW.seq, NEW.kind, NEW.id, NEW.revision, NEW.status, NEW.public, NEW.body::text, NEW.internal::text,
            NEW.raw::text, NEW.created_at, NEW.first_public, NEW.recorded_at, NEW.key_name, NEW.actor, NEW.note,
            NEW.reason, NEW.sha256, NEW.salt, NEW.imported, NEW.refs, NEW.terms, NEW.valid, NEW.review_by,
            NEW.position, NEW.opened_by)
    THEN
        RAISE EXCEPTION 'a revision is never changed' USING ERRCODE = 'FC001';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER revision_is_kept BEFORE UPDATE OR DELETE ON revision
    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER revisions_are_kept BEFORE TRUNCATE ON revision
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

-- RFC 3339 in UTC, always six digits of the second.
CREATE FUNCTION instant(moment timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

-- The record as it read in this revision: JSON text, ready to be sent.
-- Ids and kinds hold no character that JSON escapes. right(…, -1) leaves the first brace
-- out in a quarter of the time of substr, which counts characters: 5 µs a record.
CREATE FUNCTION record_text(r revision, keyed boolean) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN '{"id":"' || r.id || '","type":"' || r.kind || '","revision":' || r.revision
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
        ELSE ',' || right(r.body::text, -1) END;

-- A line of a record's history: who, when, why, the proof, and the record as it read then,
-- unless it is a tombstone or withheld from this reader.
CREATE FUNCTION revision_text(r revision, keyed boolean) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN '{"revision":' || r.revision
    || ',"recorded_at":"' || instant(r.recorded_at) || '"'
    || CASE WHEN keyed THEN
            ',"recorded_by":{"key":' || to_json(r.key_name) || coalesce(',"actor":' || to_json(r.actor), '') || '}'
        ELSE '' END
    || ',"note":' || coalesce(to_json(r.note)::text, 'null')
    || ',"reason":' || coalesce(to_json(r.reason)::text, 'null')
    || ',"status":"' || r.status || '"'
    || ',"sha256":"' || encode(r.sha256, 'hex') || '"'
    || ',"salt":' || coalesce(
        '"' || CASE WHEN keyed OR r.status <> 'withheld' THEN encode(r.salt, 'hex') END || '"', 'null')
    || ',"self":"/v1/' || r.kind || 's/' || r.id || '/revisions/' || r.revision || '"'
    || ',"body":' || CASE
        WHEN r.status = 'deleted' OR r.body IS NULL OR (NOT keyed AND r.status = 'withheld') THEN 'null'
        ELSE record_text(r, keyed) END
    || '}';

-- Whether the public would see a revision to be written: a draft never, a tombstone of
-- what it saw, and what differs from what it sees now in more than `internal`.
CREATE FUNCTION goes_public(
    status_wanted text, body_wanted text, first_public bigint, status_shown text, body_shown text
) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN status_wanted IN ('draft', 'in_review') THEN false
    WHEN status_wanted = 'deleted' THEN first_public IS NOT NULL AND status_shown <> 'deleted'
    ELSE (status_shown, body_shown) IS DISTINCT FROM (status_wanted, body_wanted)
END;

-- Which references of a revision to be written do not hold, and why. wanted[i]
-- is "kind/id"; needed[i] is a term that the record must have, or null; held
-- are the references of the revision it follows.
CREATE FUNCTION unmet_references(wanted text[], needed text[], goes_public boolean, held text[])
RETURNS TABLE (ref text, code text) LANGUAGE sql STABLE AS $$
    SELECT w.ref,
        CASE
            WHEN head.id IS NULL THEN 'unknown-reference'
            WHEN head.status = 'deleted' THEN 'gone-reference'
            WHEN goes_public AND head.first_public IS NULL THEN 'unpublished-reference'
            ELSE 'unknown-rating'
        END
    FROM unnest(wanted, needed) AS w (ref, term)
    LEFT JOIN revision AS head
        ON head.kind = split_part(w.ref, '/', 1) AND head.id = split_part(w.ref, '/', 2)
        AND head.superseded_at IS NULL
    LEFT JOIN revision AS shown
        ON goes_public AND shown.kind = head.kind AND shown.id = head.id AND shown.withdrawn_at IS NULL
    WHERE head.id IS NULL
        OR (head.status = 'deleted' AND NOT w.ref = ANY (held))
        OR (goes_public AND head.first_public IS NULL)
        OR (head.status <> 'deleted' AND w.term IS NOT NULL
            AND NOT coalesce(w.term = ANY (CASE WHEN goes_public THEN shown.terms ELSE head.terms END), false))
$$;

-- Terms with a prefix that a record once had in public and would not have with these.
CREATE FUNCTION lost_terms(record_kind text, record_id text, prefix text, kept text[])
RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT DISTINCT term
    FROM revision AS r, unnest(r.terms) AS term
    WHERE prefix IS NOT NULL AND r.kind = record_kind AND r.id = record_id AND r.public
        AND starts_with(term, prefix) AND NOT term = ANY (kept)
$$;

-- The feed's place of a revision comes after the places of all it refers to.
CREATE FUNCTION place_after(wanted text[], at_least xid8) RETURNS xid8 LANGUAGE sql VOLATILE AS $$
    SELECT greatest(pg_current_xact_id(), at_least, max(head.position))
    FROM unnest(wanted) AS w (ref)
    JOIN revision AS head
        ON head.kind = split_part(w.ref, '/', 1) AND head.id = split_part(w.ref, '/', 2)
        AND head.superseded_at IS NULL
$$;

-- What a page of records refers to, one level: {"sources": {id: record}, ...}.
-- Records that the reader may not see are {"gone": true}; a claim brings its verdicts.
CREATE FUNCTION expanded(own_kind text, own_ids text[], refs text[], wanted text[], keyed boolean)
RETURNS json LANGUAGE sql STABLE AS $$
    WITH named AS (
        SELECT DISTINCT split_part(ref, '/', 1) AS kind, split_part(ref, '/', 2) AS id
        FROM unnest(refs) AS ref
        WHERE split_part(ref, '/', 1) = ANY (wanted)
    ), verdicts AS (
        SELECT v.kind, v.id
        FROM revision AS v
        WHERE keyed AND v.superseded_at IS NULL AND v.status <> 'deleted' AND v.kind = 'verdict'
            AND v.terms && ARRAY(SELECT 'claim_id=' || own FROM unnest(own_ids) AS own)
        UNION ALL
        SELECT v.kind, v.id
        FROM revision AS v
        WHERE NOT keyed AND v.withdrawn_at IS NULL AND v.status IN ('published', 'retracted')
            AND v.kind = 'verdict'
            AND v.terms && ARRAY(SELECT 'claim_id=' || own FROM unnest(own_ids) AS own)
    ), found AS (
        SELECT named.kind, named.id, coalesce(
            CASE WHEN head.status <> 'deleted' THEN record_text(head, true) END,
            CASE WHEN shown.status IN ('published', 'retracted') THEN record_text(shown, false) END,
            '{"gone":true}')::json AS record
        FROM (
            SELECT * FROM named
            UNION
            SELECT * FROM verdicts WHERE own_kind = 'claim' AND 'verdict' = ANY (wanted)
        ) AS named
        LEFT JOIN revision AS head
            ON keyed AND head.kind = named.kind AND head.id = named.id AND head.superseded_at IS NULL
        LEFT JOIN revision AS shown
            ON NOT keyed AND shown.kind = named.kind AND shown.id = named.id AND shown.withdrawn_at IS NULL
    ), grouped AS (
        SELECT w.kind || 's' AS collection,
            coalesce(json_object_agg(found.id, found.record ORDER BY found.id)
                FILTER (WHERE found.id IS NOT NULL), '{}') AS records
        FROM unnest(wanted) AS w (kind)
        LEFT JOIN found ON found.kind = w.kind
        GROUP BY w.kind
    )
    SELECT json_object_agg(collection, records ORDER BY collection) FROM grouped
$$;

-- The scale every server starts with. Instant and salt are fixed, so that it is
-- the same revision everywhere and older than any record.
INSERT INTO revision (
    kind, id, revision, status, public, body, created_at, first_public, recorded_at, key_name,
    sha256, salt, refs, terms
)
SELECT 'scale', 'truth', 1, 'published', true, seed.body::json, '2000-01-01Z', 1, '2000-01-01Z', 'factcheck',
    -- The hash covers the status too; "status" sorts after "ratings".
    sha256(seed.salt || convert_to(left(seed.body, -1) || ',"status":"published"}', 'UTF8')), seed.salt, '{}',
    ARRAY(SELECT 'rating=' || (rating ->> 'key') FROM json_array_elements(seed.body::json -> 'ratings') AS rating)
FROM (VALUES (
    substr(sha256('factcheck-records: the scale truth'), 1, 16),
    '{"name":"Truth","ratings":['
    '{"color":"#1a7f37","description":"Accurate and complete as far as it matters.","key":"true","labels":{"en":"True"},"number":5,"truth":1},'
    '{"color":"#6fa82f","description":"Accurate in substance; something that matters is missing or imprecise.","key":"mostly_true","labels":{"en":"Mostly true"},"number":4,"truth":0.5},'
    '{"color":"#b58900","description":"Accurate and inaccurate parts weigh about the same.","key":"mixed","labels":{"en":"Mixed"},"number":3,"truth":0},'
    '{"color":"#d2691e","description":"Inaccurate in substance, with an element of truth.","key":"mostly_false","labels":{"en":"Mostly false"},"number":2,"truth":-0.5},'
    '{"color":"#b42318","description":"Inaccurate.","key":"false","labels":{"en":"False"},"number":1,"truth":-1},'
    '{"color":"#57606a","description":"What is known neither bears it out nor refutes it.","key":"unproven","labels":{"en":"Unproven"},"number":null,"truth":null},'
    '{"color":"#57606a","description":"An opinion or forecast that evidence cannot settle.","key":"not_checkable","labels":{"en":"Not checkable"},"number":null,"truth":null}'
    ']}'
)) AS seed (salt, body);

-- Keeps writers out while a history moves in. The service's role could not lock a
-- table of which it may update some columns only.
CREATE FUNCTION lock_revisions() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    LOCK TABLE revision IN SHARE ROW EXCLUSIVE MODE;
END
$$;

-- What a service's role may do: add revisions, close them, keep keys; nothing else.
-- The place in the sequence and the writing transaction are not for it to say.
CREATE FUNCTION grant_service(service regrole) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('GRANT SELECT ON migration, installation, api_key, revision TO %s', service);
    EXECUTE format('GRANT INSERT (kind, id, revision, status, public, body, internal, raw, created_at, first_public,
        recorded_at, superseded_at, closed_by, withdrawn_at, withdrawn_by, key_name, actor, note, reason, sha256, salt,
        imported, refs, terms, valid, review_by, position) ON revision TO %s', service);
    EXECUTE format('GRANT UPDATE (superseded_at, closed_by, withdrawn_at, withdrawn_by) ON revision TO %s', service);
    EXECUTE format('GRANT INSERT, UPDATE (scopes, expires_at, revoked_at, last_used_at) ON api_key TO %s', service);
    EXECUTE format('GRANT EXECUTE ON FUNCTION lock_revisions() TO %s', service);
    -- To see how old the oldest writer is, whoever it is; only some owners may give this away.
    BEGIN
        EXECUTE format('GRANT pg_read_all_stats TO %s', service);
    EXCEPTION WHEN insufficient_privilege THEN
        RAISE NOTICE 'pg_read_all_stats was not granted to %', service;
    END;
END
$$;
REVOKE EXECUTE ON FUNCTION grant_service(regrole), lock_revisions() FROM PUBLIC;
