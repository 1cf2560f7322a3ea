-- A page of a kind's records, oldest first, as they are now.
WITH matching AS NOT MATERIALIZED (
    SELECT r, r.id, r.refs, r.{instant} AS instant
    FROM revision AS r
    WHERE r.kind = %(kind)s AND r.{until} IS NULL AND r.status = ANY (%(status)s)
        AND (r.terms && %(claim_id)s OR %(claim_id)s IS NULL)
        AND (r.terms && %(source_id)s OR %(source_id)s IS NULL)
        AND (r.terms && %(claimant)s OR %(claimant)s IS NULL)
        AND (r.terms && %(rating)s OR %(rating)s IS NULL)
        AND (r.terms && %(scale_id)s OR %(scale_id)s IS NULL)
        AND (r.terms && %(stance)s OR %(stance)s IS NULL)
        AND (r.terms && %(topic)s OR %(topic)s IS NULL)
        AND (r.terms && %(language)s OR %(language)s IS NULL)
        AND (r.terms && %(claim_type)s OR %(claim_type)s IS NULL)
        AND (r.terms && %(url)s OR %(url)s IS NULL)
        AND (r.terms && %(publisher)s OR %(publisher)s IS NULL)
        AND (r.terms && %(external_id)s OR %(external_id)s IS NULL)
        AND (r.actor = ANY (%(actor)s) OR %(actor)s IS NULL)
        AND (r.created_at >= %(created_from)s OR %(created_from)s IS NULL)
        AND (r.created_at < %(created_to)s OR %(created_to)s IS NULL)
        AND (r.recorded_at >= %(updated_from)s OR %(updated_from)s IS NULL)
        AND (r.recorded_at < %(updated_to)s OR %(updated_to)s IS NULL)
        AND (r.review_by < %(review_before)s OR %(review_before)s IS NULL)
        AND (r.valid && %(valid_at)s::tstzrange OR %(valid_at)s IS NULL)
), page AS MATERIALIZED (
    SELECT *, row_number() OVER (ORDER BY instant ASC, id ASC) AS place
    FROM matching
    WHERE (instant, id) > (%(after_instant)s, %(after_id)s) OR %(after_id)s IS NULL
    ORDER BY instant ASC, id ASC
    LIMIT %(limit)s + 1
), chosen AS (
    SELECT * FROM page WHERE place <= %(limit)s
)
SELECT '[' || coalesce(string_agg(record_text(r, %(keyed)s), ',' ORDER BY place), '') || ']' AS items,
    (SELECT instant FROM chosen WHERE place = %(limit)s AND EXISTS (SELECT FROM page WHERE place > %(limit)s))
        AS last_instant,
    max(id) FILTER (WHERE place = %(limit)s) AS last_id,
    CASE WHEN %(count)s THEN (SELECT count(*) FROM matching) END AS total,
    CASE WHEN cardinality(%(wanted)s::text[]) > 0 THEN expanded_at(%(kind)s, array_agg(id), ARRAY(
        SELECT DISTINCT ref FROM chosen, unnest(refs) AS ref), %(wanted)s, %(keyed)s, NULL, NULL)
        END::text AS expanded,
    pg_current_snapshot()::text AS snapshot, pg_is_in_recovery() AS replica,
    (SELECT f.position::text::bigint FROM revision AS f ORDER BY f.position DESC, f.seq DESC LIMIT 1) AS newest,
    (SELECT max(h.recorded_at) FROM revision AS h WHERE h.kind = %(kind)s AND h.superseded_at IS NULL) AS horizon
FROM chosen
