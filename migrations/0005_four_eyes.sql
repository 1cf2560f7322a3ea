-- Four eyes: a verdict becomes public as another's draft has it.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '10min';

-- Whether two texts of a body say the same to the public, but for the date of publication.
CREATE FUNCTION says_the_same(one text, other text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN one::jsonb - 'published_at' = other::jsonb - 'published_at';

-- Whether an author and who publishes are two people: by their keys, or by their names where one key
-- vouches for both. One name behind two keys is one person.
CREATE FUNCTION two_people(author revision, by_key text, by_actor text, vouches boolean)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN lower(btrim(author.actor)) = lower(btrim(by_actor)) THEN false
    WHEN author.key_name <> by_key THEN true
    ELSE vouches AND author.actor IS NOT NULL AND by_actor IS NOT NULL
END;

-- The revisions whose authors may have written what a draft says: the first that says it, and all before
-- it that were purged, since what they said is not known. Whoever only moved it into review, or added to
-- what is internal, has not written it, and neither has a purge.
CREATE FUNCTION authors(head revision) RETURNS SETOF revision LANGUAGE sql STABLE AS $$
    WITH draft AS (
        SELECT r.*
        FROM revision AS r
        WHERE r.kind = head.kind AND r.id = head.id AND r.revision <= head.revision AND r.purges IS NULL
            AND r.revision > (
                SELECT coalesce(max(d.revision), 0)
                FROM revision AS d
                WHERE d.kind = head.kind AND d.id = head.id AND d.revision < head.revision
                    AND (d.status NOT IN ('draft', 'in_review') OR (d.purged_at IS NULL
                        AND NOT coalesce(says_the_same(d.body::text, head.body::text), false)))
            )
    )
    SELECT * FROM draft WHERE purged_at IS NOT NULL
    UNION ALL
    (SELECT * FROM draft WHERE purged_at IS NULL ORDER BY revision LIMIT 1)
$$;

-- Whether what a draft says is certainly somebody else's.
CREATE FUNCTION by_another(head revision, by_key text, by_actor text, vouches boolean)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(bool_and(two_people(author, by_key, by_actor, vouches)), false) FROM authors(head) AS author
$$;

-- Whether what a revision would show to the public is published already, or is the draft of somebody
-- else, but for the date of its publication. Retracting what is published takes one person; what
-- was retracted or withheld comes back as a draft does.
CREATE FUNCTION approved(
    head revision, shown revision, status_wanted text, body_wanted text, internal_wanted text, raw_wanted text,
    by_key text, by_actor text, vouches boolean
) RETURNS boolean LANGUAGE sql STABLE
RETURN status_wanted NOT IN ('published', 'retracted')
    OR coalesce(
        (shown.status = 'published' OR (shown.status = 'retracted' AND status_wanted = 'retracted'))
            AND shown.body::text = body_wanted,
        false)
    OR coalesce(
        head.status IN ('draft', 'in_review')
            AND says_the_same(head.body::text, body_wanted)
            AND head.internal::text IS NOT DISTINCT FROM internal_wanted
            AND head.raw::text IS NOT DISTINCT FROM raw_wanted
            AND by_another(head, by_key, by_actor, vouches),
        false);
