-- As search.sql, of what stood at a moment: an instant, a snapshot, or both.
WITH asked AS MATERIALIZED (
    {sought}
), worded AS NOT MATERIALIZED (
    SELECT w.* FROM asked JOIN wording AS w ON w.words @@ any_wanted AND (w.head OR w.shown)
    UNION ALL
    SELECT w.* FROM asked JOIN wording AS w ON w.words @@ any_wanted AND NOT (w.head OR w.shown)
), matching AS MATERIALIZED (
    SELECT r.id, r.revision, r.refs, CASE WHEN %(by_likeness)s THEN {likeness}
            ELSE %(direction)s * extract(epoch FROM r.{instant}) * 1e6 END::bigint AS key
    FROM asked
    JOIN worded AS w ON {is_sought}
    JOIN revision AS r ON r.kind = w.kind AND r.id = w.id AND r.revision = w.revision
    WHERE w.kind = %(kind)s
        AND (%(keyed)s OR r.public) AND r.status = ANY (%(status)s) AND r.purged_at IS NULL
        AND begun(r.opened_by, r.recorded_at, %(snapshot)s, %(horizon)s)
        AND (r.{until} IS NULL OR NOT begun(r.{closed_by}, r.{until}, %(snapshot)s, %(as_of)s))
        -- What the public may no longer see it does not see in the past either.
        AND (%(keyed)s OR EXISTS (SELECT FROM revision AS now WHERE now.kind = r.kind AND now.id = r.id
            AND now.withdrawn_at IS NULL AND now.status IN ('published', 'retracted')))
        AND {term_filters}
        AND {column_filters}
), page AS MATERIALIZED (
    SELECT *
    FROM matching
    WHERE (key, id) < (%(after_key)s::bigint, %(after_id)s) OR %(after_id)s IS NULL
    ORDER BY key DESC, id DESC
    LIMIT %(limit)s + 1
), chosen AS (
    SELECT page.*, r
    FROM (SELECT *, row_number() OVER (ORDER BY key DESC, id DESC) AS place FROM page) AS page
    JOIN revision AS r ON r.kind = %(kind)s AND r.id = page.id AND r.revision = page.revision
    WHERE page.place <= %(limit)s
)
SELECT '[' || coalesce(string_agg(record_text(r, %(keyed)s), ',' ORDER BY place), '') || ']' AS items,
    (SELECT 'epoch'::timestamptz + key * interval '1 microsecond' FROM chosen
        WHERE place = %(limit)s AND (SELECT count(*) FROM page) > %(limit)s) AS last_instant,
    max(id) FILTER (WHERE place = %(limit)s) AS last_id,
    CASE WHEN %(count)s THEN (SELECT count(*) FROM matching) END AS total,
    CASE WHEN cardinality(%(wanted)s::text[]) > 0 THEN expanded_at(%(kind)s, array_agg(id), ARRAY(
        SELECT DISTINCT ref FROM chosen, unnest(refs) AS ref), %(wanted)s, %(keyed)s, %(snapshot)s, %(as_of)s)
        END::text AS expanded,
    pg_current_snapshot()::text AS snapshot, pg_is_in_recovery() AS replica,
    (SELECT f.position::text::bigint FROM revision AS f ORDER BY f.position DESC, f.seq DESC LIMIT 1) AS newest,
    (SELECT max(h.recorded_at) FROM revision AS h WHERE h.kind = %(kind)s AND h.superseded_at IS NULL) AS horizon
FROM chosen
