-- Bulk: where the lines of an import wait to be checked together and written at once.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '10min';

-- One row an import under way; until is when it is taken for dead. Both tables are unlogged: a crash of the
-- server empties them, and ends the imports that they were of.
CREATE UNLOGGED TABLE import_job (
    id uuid PRIMARY KEY,
    until timestamptz NOT NULL
);

-- One row a line. A line that has faults already waits too, for whatever else is wrong with it. A patch
-- waits as it was sent, and beside what came of the revision that it was last applied to. A record
-- has one line, the first: of later ones first is its place, and name, by which others find it, is NULL.
CREATE UNLOGGED TABLE import_line (
    import uuid NOT NULL,
    place bigint NOT NULL,
    first bigint,
    kind text COLLATE "C",
    rank bigint NOT NULL,
    turn bigint NOT NULL DEFAULT 0,
    id text COLLATE "C",
    name text COLLATE "C" GENERATED ALWAYS AS (CASE WHEN first IS NULL THEN id END) STORED,
    made boolean NOT NULL DEFAULT false,
    op text COLLATE "C",
    sent text,
    applied_to bigint,
    if_revision bigint,
    status text COLLATE "C",
    body text COLLATE "C",
    internal text COLLATE "C",
    raw text COLLATE "C",
    actor text,
    note text,
    reason text COLLATE "C",
    sha256 bytea,
    salt bytea,
    refs text[] COLLATE "C" NOT NULL DEFAULT '{}',
    needed text[] COLLATE "C" NOT NULL DEFAULT '{}',
    terms text[] COLLATE "C" NOT NULL DEFAULT '{}',
    valid tstzrange,
    review_by date,
    seen_revision bigint,
    seen_created_at timestamptz,
    seen_updated_at timestamptz,
    seen_key text,
    seen_actor text,
    faults text,
    refused boolean NOT NULL DEFAULT false,
    outcome text COLLATE "C",
    revision bigint,
    PRIMARY KEY (place, import)
);
-- A record by its name: what refers to what in one file, and what stands in it twice. No search passes over
-- later lines, which have none from when they come in. Nor is the index a partial one, which the planner would
-- walk through; and neither index begins with the import: as it cannot know how many lines there are of one
-- that is just coming in, it would take "import =" for enough, and each search would be a walk too.
CREATE INDEX import_line_record ON import_line (kind, name);
-- Statistics hold words of the rows that they were taken from, and nothing here is to outlive its import;
-- and those of other imports say nothing of this one.
ALTER TABLE import_line ALTER import SET STATISTICS 0, ALTER place SET STATISTICS 0, ALTER first SET STATISTICS 0, ALTER sent SET STATISTICS 0, ALTER body SET STATISTICS 0, ALTER internal SET STATISTICS 0,
    ALTER raw SET STATISTICS 0, ALTER actor SET STATISTICS 0, ALTER note SET STATISTICS 0,
    ALTER terms SET STATISTICS 0, ALTER seen_actor SET STATISTICS 0, ALTER faults SET STATISTICS 0;

-- What each line that is not refused would do: to which record, on top of what, and whether readers would see it.
CREATE VIEW import_plan AS
SELECT s.*, head, shown,
    s.faults IS NULL AND coalesce(head.status = s.status AND head.body::text = s.body
        AND head.internal::text IS NOT DISTINCT FROM s.internal
        AND head.raw::text IS NOT DISTINCT FROM s.raw, false) AS unchanged,
    coalesce(CASE
        WHEN head.id IS NULL THEN s.status IN ('published', 'retracted', 'withheld')
        ELSE goes_public(s.status, s.body, head.first_public, shown.status, shown.body::text)
    END, false) AS goes_public
FROM import_line AS s
LEFT JOIN revision AS head
    ON head.kind = s.kind AND head.id = s.id AND head.superseded_at IS NULL
LEFT JOIN revision AS shown
    ON shown.kind = head.kind AND shown.id = head.id AND shown.withdrawn_at IS NULL
WHERE NOT s.refused;

-- Which references of a line do not hold once its import is written, and why: those that neither the records
-- there are nor, where they count together, the other lines make good. As unmet_references in 0001; where
-- a line is to blame, its place stands behind the code.
CREATE FUNCTION unmet_in_import(
    job uuid, wanted text[], needed text[], goes_public boolean, held text[], together boolean
) RETURNS TABLE (ref text, code text) LANGUAGE sql STABLE AS $$
    SELECT found.ref, found.code
    FROM (
        SELECT w.ref,
            CASE
                WHEN head.id IS NULL AND coalesce(line.op <> 'put', true) THEN 'unknown-reference'
                WHEN head.status = 'deleted' THEN CASE WHEN NOT w.ref = ANY (held) THEN 'gone-reference' END
                WHEN line.op = 'delete' THEN CASE WHEN NOT w.ref = ANY (held) THEN 'gone-reference:' || line.place END
                WHEN goes_public AND head.first_public IS NULL
                    AND NOT coalesce(line.status IN ('published', 'retracted', 'withheld'), false)
                    THEN 'unpublished-reference'
                WHEN w.term IS NULL OR line.faults IS NOT NULL THEN NULL
                WHEN NOT coalesce(w.term = ANY (CASE
                        WHEN line.status IN ('published', 'retracted', 'withheld')
                            OR (line.status IS NOT NULL AND NOT goes_public) THEN line.terms
                        WHEN goes_public THEN shown.terms
                        ELSE head.terms END), false)
                    THEN 'unknown-rating'
            END AS code
        FROM unnest(wanted, needed) AS w (ref, term)
        LEFT JOIN import_line AS line
            ON together AND line.import IS NOT DISTINCT FROM job
            AND line.kind = split_part(w.ref, '/', 1) AND line.name = split_part(w.ref, '/', 2)
        LEFT JOIN revision AS head
            ON head.kind = split_part(w.ref, '/', 1) AND head.id = split_part(w.ref, '/', 2)
            AND head.superseded_at IS NULL
        LEFT JOIN revision AS shown
            ON goes_public AND w.term IS NOT NULL AND shown.kind = head.kind AND shown.id = head.id
            AND shown.withdrawn_at IS NULL
    ) AS found
    WHERE found.code IS NOT NULL
$$;

-- What an import has written changes what there is so much that the planner has to know of it at once: until
-- it did, it took an index that only begins with the kind for as good as the one of a record.
CREATE FUNCTION analyze_revisions() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    ANALYZE revision;
END
$$;

CREATE FUNCTION grant_bulk(service regrole) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON import_job, import_line TO %s', service);
    EXECUTE format('GRANT SELECT ON import_plan TO %s', service);
    EXECUTE format('GRANT EXECUTE ON FUNCTION analyze_revisions() TO %s', service);
END
$$;
REVOKE EXECUTE ON FUNCTION grant_bulk(regrole), analyze_revisions() FROM PUBLIC;
