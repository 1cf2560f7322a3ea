-- A page of a kind's records as they stood at a moment, oldest first by their creation: whatever became of a
-- record since, its last row stands at the same place in the index, and leads to the one of then.
WITH matching AS NOT MATERIALIZED (
    SELECT r.whole AS r, {ordered}.id, r.refs, {ordered}.created_at AS instant
    FROM revision AS last {posted}
    CROSS JOIN LATERAL (
        SELECT r AS whole, r.*
        FROM revision AS r
        WHERE r.kind = last.kind AND r.id = last.id AND (%(keyed)s OR r.public)
            AND begun(r.opened_by, r.recorded_at, %(snapshot)s, %(horizon)s)
        ORDER BY r.revision DESC
        LIMIT 1
    ) AS r
    WHERE last.kind = %(kind)s AND last.{until} IS NULL
        AND (%(keyed)s OR last.status IN ('published', 'retracted'))
        AND ({ordered}.created_at <= %(horizon)s OR %(horizon)s IS NULL)
        AND r.purged_at IS NULL AND r.status = ANY (%(status)s)
        AND {has_posted} AND {column_filters}
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
        SELECT DISTINCT ref FROM chosen, unnest(refs) AS ref), %(wanted)s, %(keyed)s, %(snapshot)s, %(as_of)s)
        END::text AS expanded,
    pg_current_snapshot()::text AS snapshot, pg_is_in_recovery() AS replica,
    (SELECT f.position::text::bigint FROM revision AS f ORDER BY f.position DESC, f.seq DESC LIMIT 1) AS newest,
    (SELECT max(h.recorded_at) FROM revision AS h WHERE h.kind = %(kind)s AND h.superseded_at IS NULL) AS horizon
FROM chosen
