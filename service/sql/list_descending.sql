-- A page of a kind's records, newest first, as they are now.
-- Rows are put in order by what orders them alone, and looked up where they lie: whole, with their texts, thirteen
-- hundred took four times as long.
WITH matching AS NOT MATERIALIZED (
    SELECT r.ctid AS at, {ordered}.id, {ordered}.{instant} AS instant
    FROM revision AS r {posted}
    WHERE r.kind = {kind} AND r.{until} IS NULL AND {status}
        AND {has_posted} AND {term_filters}
        AND {column_filters}
), page AS MATERIALIZED (
    SELECT *, row_number() OVER (ORDER BY instant DESC, id DESC) AS place
    FROM matching
    WHERE {after_descending}
    ORDER BY instant DESC, id DESC
    LIMIT {most}
), chosen AS (
    SELECT page.id, page.instant, page.place, r, r.refs
    FROM page JOIN revision AS r ON r.ctid = page.at
    WHERE page.place <= %(limit)s
)
SELECT '[' || coalesce(string_agg(record_text(r, %(keyed)s), ',' ORDER BY place), '') || ']' AS items,
    (SELECT instant FROM chosen WHERE place = %(limit)s AND EXISTS (SELECT FROM page WHERE place > %(limit)s))
        AS last_instant,
    max(id) FILTER (WHERE place = %(limit)s) AS last_id,
    {total} AS total,
    {expanded} AS expanded,
    pg_current_snapshot()::text AS snapshot, pg_is_in_recovery() AS replica,
    (SELECT f.position::text::bigint FROM revision AS f ORDER BY f.position DESC, f.seq DESC LIMIT 1) AS newest,
    (SELECT max(h.recorded_at) FROM revision AS h WHERE h.kind = %(kind)s AND h.superseded_at IS NULL) AS horizon
FROM chosen
