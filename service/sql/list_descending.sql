-- A page of a kind's records, newest first: those open in the interval that {until} ends.
WITH matching AS NOT MATERIALIZED (
    SELECT r, r.id, r.refs, r.{instant} AS instant
    FROM revision AS r
    WHERE r.kind = %(kind)s AND r.{until} IS NULL AND r.status = ANY (%(status)s)
        AND (%(claim_id)s::text[] IS NULL OR r.terms && %(claim_id)s)
        AND (%(source_id)s::text[] IS NULL OR r.terms && %(source_id)s)
        AND (%(claimant)s::text[] IS NULL OR r.terms && %(claimant)s)
        AND (%(rating)s::text[] IS NULL OR r.terms && %(rating)s)
        AND (%(scale_id)s::text[] IS NULL OR r.terms && %(scale_id)s)
        AND (%(stance)s::text[] IS NULL OR r.terms && %(stance)s)
        AND (%(topic)s::text[] IS NULL OR r.terms && %(topic)s)
        AND (%(language)s::text[] IS NULL OR r.terms && %(language)s)
        AND (%(claim_type)s::text[] IS NULL OR r.terms && %(claim_type)s)
        AND (%(url)s::text[] IS NULL OR r.terms && %(url)s)
        AND (%(publisher)s::text[] IS NULL OR r.terms && %(publisher)s)
        AND (%(external_id)s::text[] IS NULL OR r.terms && %(external_id)s)
        AND (%(actor)s::text[] IS NULL OR r.actor = ANY (%(actor)s))
        AND (%(created_from)s::timestamptz IS NULL OR r.created_at >= %(created_from)s)
        AND (%(created_to)s::timestamptz IS NULL OR r.created_at < %(created_to)s)
        AND (%(updated_from)s::timestamptz IS NULL OR r.recorded_at >= %(updated_from)s)
        AND (%(updated_to)s::timestamptz IS NULL OR r.recorded_at < %(updated_to)s)
        AND (%(review_before)s::date IS NULL OR r.review_by < %(review_before)s)
        AND (%(valid_at)s::tstzrange IS NULL OR r.valid && %(valid_at)s::tstzrange)
), page AS MATERIALIZED (
    SELECT r, id, refs, instant, row_number() OVER (ORDER BY instant DESC, id DESC) AS place
    FROM matching
    WHERE %(after_id)s::text IS NULL OR (instant, id) < (%(after_instant)s::timestamptz, %(after_id)s)
    ORDER BY instant DESC, id DESC
    LIMIT %(limit)s + 1
), chosen AS (
    SELECT * FROM page WHERE place <= %(limit)s
)
SELECT '[' || coalesce(string_agg(record_text(r, %(keyed)s), ',' ORDER BY place), '') || ']' AS items,
    (SELECT instant FROM chosen WHERE place = %(limit)s AND EXISTS (SELECT FROM page WHERE place > %(limit)s))
        AS last_instant,
    max(id) FILTER (WHERE place = %(limit)s) AS last_id,
    CASE WHEN %(count)s THEN (SELECT count(*) FROM matching) END AS total,
    CASE WHEN cardinality(%(wanted)s::text[]) > 0 THEN expanded(%(kind)s, array_agg(id),
        ARRAY(SELECT DISTINCT ref FROM chosen, unnest(refs) AS ref), %(wanted)s, %(keyed)s) END::text AS expanded
FROM chosen
