-- One revision, its neighbours that this reader may read, and what the record is now.
SELECT present.revision, present.status, present.recorded_at, present.note, present.reason,
    record_text(r, %(keyed)s) AS text, r.status AS status_then, r.recorded_at AS recorded_then,
    r.note AS note_then, r.reason AS reason_then,
    (SELECT max(o.revision) FROM revision AS o
        WHERE o.kind = r.kind AND o.id = r.id AND o.revision < r.revision AND o.status <> 'deleted'
            AND o.body IS NOT NULL AND (%(keyed)s OR (o.public AND o.status <> 'withheld'))) AS before,
    (SELECT min(o.revision) FROM revision AS o
        WHERE o.kind = r.kind AND o.id = r.id AND o.revision > r.revision AND o.status <> 'deleted'
            AND o.body IS NOT NULL AND (%(keyed)s OR (o.public AND o.status <> 'withheld'))) AS after
FROM revision AS present
LEFT JOIN revision AS r
    ON r.kind = present.kind AND r.id = present.id AND r.revision = %(number)s AND (%(keyed)s OR r.public)
WHERE present.kind = %(kind)s AND present.id = %(id)s AND present.{until} IS NULL
