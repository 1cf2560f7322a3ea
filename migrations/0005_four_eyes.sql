-- Four eyes: a verdict becomes public as another's draft has it.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '10min';

-- The revision that wrote what a draft says: the last up to it that is no purge.
CREATE FUNCTION drafted(head revision) RETURNS revision LANGUAGE sql STABLE PARALLEL SAFE
RETURN (
    SELECT r FROM revision AS r
    WHERE r.kind = head.kind AND r.id = head.id AND r.revision <= head.revision AND r.purges IS NULL
    ORDER BY r.revision DESC
    LIMIT 1
);

-- Whether what a revision would show to the public is there already, or is the draft of somebody
-- else, but for the date of its publication. Two actors behind one key are two people only if the
-- key vouches for them. What was withheld comes back as a draft does. A purge writes no draft: it is
-- still whose it was before.
CREATE FUNCTION approved(
    head revision, shown revision, status_wanted text, body_wanted text, internal_wanted text, raw_wanted text,
    by_key text, by_actor text, vouches boolean
) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN status_wanted NOT IN ('published', 'retracted')
    OR coalesce(
        shown.status IN ('published', 'retracted')
            AND shown.body::jsonb - 'published_at' = body_wanted::jsonb - 'published_at',
        false)
    OR coalesce(
        head.status IN ('draft', 'in_review', 'withheld')
            AND head.body::jsonb - 'published_at' = body_wanted::jsonb - 'published_at'
            AND head.internal::text IS NOT DISTINCT FROM internal_wanted
            AND head.raw::text IS NOT DISTINCT FROM raw_wanted
            AND (
                SELECT author.key_name <> by_key OR (vouches AND author.actor <> by_actor)
                FROM drafted(head) AS author
            ),
        false);
