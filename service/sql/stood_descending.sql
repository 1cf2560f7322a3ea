-- A page of a kind's records, newest first, as they stood at a moment: an instant, a snapshot, or both.
WITH matching AS NOT MATERIALIZED (
    SELECT r, r.kind, r.id, r.refs, r.{instant} AS instant, r.public, r.purged_at, r.superseded_at,
        r.{until} AS until, r.{closed_by} AS closed_by
    FROM revision AS r
    WHERE r.kind = %(kind)s AND r.status = ANY (%(status)s)
        AND {term_filters}
        AND {column_filters}
        AND (r.created_at <= %(horizon)s OR %(horizon)s IS NULL)
        AND begun(r.opened_by, r.recorded_at, %(snapshot)s, %(horizon)s)
), present AS NOT MATERIALIZED (
    SELECT r, id, refs, instant FROM matching WHERE until IS NULL
), past AS NOT MATERIALIZED (
    SELECT m.r, m.id, m.refs, m.instant
    FROM matching AS m
    -- What the public may no longer see it does not see in the past either. As a condition this would be counted
    -- as a cost of every row that is only passed over, and the planner would rather sort them all.
    CROSS JOIN LATERAL (
        SELECT WHERE %(keyed)s
        UNION ALL
        SELECT FROM revision AS now WHERE NOT %(keyed)s AND now.kind = m.kind AND now.id = m.id
            AND now.withdrawn_at IS NULL AND now.status IN ('published', 'retracted')
    ) AS still
    WHERE superseded_at IS NOT NULL AND until IS NOT NULL AND (%(keyed)s OR public)
        AND purged_at IS NULL AND (until > %(as_of)s OR closed_by >= pg_snapshot_xmin(%(snapshot)s))
        AND NOT begun(closed_by, until, %(snapshot)s, %(as_of)s)
), unchanged AS MATERIALIZED (
    SELECT * FROM present
    WHERE (instant, id) < (%(after_instant)s, %(after_id)s) OR %(after_id)s IS NULL
    ORDER BY instant DESC, id DESC LIMIT %(limit)s + 1
), edge AS (
    SELECT instant, id FROM unchanged ORDER BY instant DESC, id DESC OFFSET %(limit)s
), page AS MATERIALIZED (
    SELECT *, row_number() OVER (ORDER BY instant DESC, id DESC) AS place
    FROM (
        SELECT * FROM unchanged
        UNION ALL
        -- Only as far as those reach: a whole page of the past may lie beyond all that was closed before the moment.
        (SELECT * FROM past
        WHERE ((instant, id) < (%(after_instant)s, %(after_id)s) OR %(after_id)s IS NULL)
            AND (instant, id) > (coalesce((SELECT instant FROM edge), '-infinity'), coalesce((SELECT id FROM edge), ''))
        ORDER BY instant DESC, id DESC LIMIT %(limit)s + 1)
    ) AS either
    ORDER BY instant DESC, id DESC
    LIMIT %(limit)s + 1
), chosen AS (
    SELECT * FROM page WHERE place <= %(limit)s
)
SELECT '[' || coalesce(string_agg(record_text(r, %(keyed)s), ',' ORDER BY place), '') || ']' AS items,
    (SELECT instant FROM chosen WHERE place = %(limit)s AND EXISTS (SELECT FROM page WHERE place > %(limit)s))
        AS last_instant,
    max(id) FILTER (WHERE place = %(limit)s) AS last_id,
    CASE WHEN %(count)s THEN (SELECT count(*) FROM present) + (SELECT count(*) FROM past) END AS total,
    CASE WHEN cardinality(%(wanted)s::text[]) > 0 THEN expanded_at(%(kind)s, array_agg(id), ARRAY(
        SELECT DISTINCT ref FROM chosen, unnest(refs) AS ref), %(wanted)s, %(keyed)s, %(snapshot)s, %(as_of)s)
        END::text AS expanded,
    pg_current_snapshot()::text AS snapshot, pg_is_in_recovery() AS replica,
    (SELECT f.position::text::bigint FROM revision AS f ORDER BY f.position DESC, f.seq DESC LIMIT 1) AS newest,
    (SELECT max(h.recorded_at) FROM revision AS h WHERE h.kind = %(kind)s AND h.superseded_at IS NULL) AS horizon
FROM chosen
