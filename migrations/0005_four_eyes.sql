-- Four eyes: a verdict becomes public as another's draft has it.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '10min';

-- Whether what a revision would show to the public is there already, or is the draft of somebody
-- else, but for the date of its publication. Two actors behind one key are two people only if the
-- key vouches for them. What was withheld comes back as a draft does.
CREATE FUNCTION approved(
    head revision, shown revision, status_wanted text, body_wanted text, internal_wanted text, raw_wanted text,
    by_key text, by_actor text, vouches boolean
) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
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
            AND (head.key_name <> by_key OR (vouches AND head.actor <> by_actor)),
        false);
