-- Postings: the records that have a term, in the order of lists.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60min';

-- The terms that many records share. To list what has one of them, all of its rows were read and put in order: with a
-- million claims some 6,000 for a page of fifty, 25 times what it took with ten thousand. All other terms name few.
CREATE FUNCTION is_posted(term text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN split_part(term, '=', 1) IN (
    'topic', 'language', 'claim_type', 'claimant', 'rating', 'scale_id', 'stance', 'publisher', 'source_id'
);

-- The number by which a term of a kind is posted: short, whatever the term, and telling nothing of it. Two that have the
-- same one are told apart where the record is read.
CREATE FUNCTION posted(kind text, term text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN hashtextextended(kind || '/' || term, 0);

-- One row for each term that any revision of a record has: it stays when a later one has it no longer, for whoever reads
-- looks at the revision itself. So it is written once, serves the past as well, and goes only with what is purged.
CREATE TABLE posting (
    term bigint NOT NULL,
    created_at timestamptz NOT NULL,
    id text COLLATE "C" NOT NULL,
    PRIMARY KEY (term, created_at, id)
);
-- Without statistics the planner takes any term for one of many records (a 200th of all), and so walks a page of them: for
-- one of few that is no loss, but to put thousands in order for a page would be. And one plan is as good as another.
ALTER TABLE posting ALTER term SET STATISTICS 0;

CREATE FUNCTION post_revisions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO posting (term, created_at, id)
    SELECT posted(o.kind, term), o.created_at, o.id
    FROM opened AS o, unnest(o.terms) AS term
    WHERE is_posted(term)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER revisions_are_posted AFTER INSERT ON revision
    REFERENCING NEW TABLE AS opened
    FOR EACH STATEMENT EXECUTE FUNCTION post_revisions();

CREATE FUNCTION unpost_revision() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM posting AS p
    USING unnest(OLD.terms) AS gone
    WHERE p.term = posted(OLD.kind, gone) AND p.created_at = OLD.created_at AND p.id = OLD.id AND NOT EXISTS (
        SELECT FROM revision AS r WHERE r.kind = OLD.kind AND r.id = OLD.id AND gone = ANY (r.terms)
    );
    RETURN NULL;
END
$$;
CREATE TRIGGER purged_is_unposted AFTER UPDATE ON revision
    FOR EACH ROW WHEN (OLD.purged_at IS DISTINCT FROM NEW.purged_at) EXECUTE FUNCTION unpost_revision();

CREATE FUNCTION grant_postings(service regrole) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('GRANT SELECT ON posting TO %s', service);
END
$$;
REVOKE EXECUTE ON FUNCTION grant_postings(regrole), post_revisions(), unpost_revision() FROM PUBLIC;

-- What is there already, in the order of the index.
INSERT INTO posting (term, created_at, id)
SELECT DISTINCT posted(r.kind, term) AS term, r.created_at, r.id
FROM revision AS r, unnest(r.terms) AS term
WHERE is_posted(term)
ORDER BY term, r.created_at, r.id;
