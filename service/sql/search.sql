-- A page of a kind's records that have the words asked for, as they are now. Its order is by a number that falls:
-- millionths of the likeness, or microseconds; as the place where the next page starts it is told as an instant.
WITH asked AS MATERIALIZED (
    {sought}
), matching AS MATERIALIZED (
    SELECT w.id, w.revision, CASE WHEN %(by_likeness)s THEN {likeness}
            ELSE %(direction)s * extract(epoch FROM r.{instant}) * 1e6 END::bigint AS key
    FROM asked
    JOIN wording AS w ON w.words @@ asked.any_wanted AND {is_sought}
    -- Where nothing but likeness is asked about the rows, PostgreSQL leaves this out: it took as long as the rest.
    LEFT JOIN revision AS r ON r.kind = w.kind AND r.id = w.id AND r.revision = w.revision AND r.{until} IS NULL
    WHERE w.kind = %(kind)s AND w.{present} AND w.status = ANY (%(status)s)
        AND {term_filters}
        AND {column_filters}
), page AS MATERIALIZED (
    SELECT *
    FROM matching
    WHERE (key, id) < (%(after_key)s::bigint, %(after_id)s) OR %(after_id)s IS NULL
    ORDER BY key DESC, id DESC
    LIMIT %(limit)s + 1
), chosen AS (
    SELECT page.*, r, r.refs
    FROM (SELECT *, row_number() OVER (ORDER BY key DESC, id DESC) AS place FROM page) AS page
    JOIN revision AS r ON r.kind = %(kind)s AND r.id = page.id AND r.revision = page.revision
    WHERE page.place <= %(limit)s
)
SELECT '[' || coalesce(string_agg(record_text(r, %(keyed)s), ',' ORDER BY place), '') || ']' AS items,
    (SELECT 'epoch'::timestamptz + key * interval '1 microsecond' FROM chosen
        WHERE place = %(limit)s AND (SELECT count(*) FROM page) > %(limit)s) AS last_instant,
    max(id) FILTER (WHERE place = %(limit)s) AS last_id,
    {total} AS total,
    {expanded} AS expanded,
    pg_current_snapshot()::text AS snapshot, pg_is_in_recovery() AS replica,
    (SELECT f.position::text::bigint FROM revision AS f ORDER BY f.position DESC, f.seq DESC LIMIT 1) AS newest,
    (SELECT max(h.recorded_at) FROM revision AS h WHERE h.kind = %(kind)s AND h.superseded_at IS NULL) AS horizon
FROM chosen
