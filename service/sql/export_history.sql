-- Some revisions that a reader may see in a snapshot, up to an instant if one is given, as they were written.
SELECT r.position::text::bigint AS position, r.seq, '{{"type":"' || r.kind || '","id":"' || r.id || '","revision":' || r.revision
    || ',"recorded_at":"' || instant(r.recorded_at) || '"'
    || CASE WHEN %(keyed)s THEN ',"recorded_by":' || json_strip_nulls(json_build_object(
        'key', r.key_name, 'actor', r.actor)) ELSE '' END
    || ',"status":"' || r.status || '"'
    || CASE WHEN %(keyed)s THEN ',"public":' || r.public ELSE '' END
    || coalesce(',"purged_at":"' || instant(r.purged_at) || '"', '')
    || CASE WHEN %(keyed)s THEN coalesce(',"purges":' || array_to_json(r.purges), '') ELSE '' END
    || coalesce(',"note":' || to_json(r.note), '')
    || coalesce(',"reason":' || to_json(r.reason), '')
    || coalesce(',"salt":"' || encode(r.salt, 'hex') || '"', '')
    || ',"sha256":"' || encode(r.sha256, 'hex') || '"'
    || CASE WHEN %(keyed)s THEN coalesce(',"internal":' || r.internal, '') ELSE '' END
    || ',"body":' || CASE WHEN %(keyed)s AND r.raw IS NOT NULL
        THEN jsonb_set(r.body::jsonb, '{{origin,raw}}', r.raw::jsonb)::text ELSE coalesce(r.body::text, '{{}}') END
    || '}}' AS text,
    r.revision = CASE WHEN %(keyed)s THEN 1 ELSE r.first_public END AS first
FROM revision AS r
WHERE (r.position, r.seq) > (%(after_position)s::text::xid8, %(after_seq)s) AND r.kind = ANY (%(kinds)s)
    AND pg_visible_in_snapshot(r.opened_by, %(snapshot)s::pg_snapshot)
    AND r.recorded_at <= coalesce(%(as_of)s::timestamptz, 'infinity')
    AND (%(keyed)s OR (r.public AND r.status IN ('published', 'retracted') AND EXISTS (
        SELECT FROM revision AS shown
        WHERE shown.kind = r.kind AND shown.id = r.id AND shown.withdrawn_at IS NULL
            AND shown.status IN ('published', 'retracted'))))
ORDER BY r.position, r.seq
LIMIT %(most)s
