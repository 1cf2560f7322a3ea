-- What was changed in public because it was wrong or is no longer so, newest first.
SELECT r.recorded_at, r.seq, r.kind, r.id, r.revision, change.type, r.reason,
    note_in_public(r, change.gone, change.explains) AS note,
    (change.before).revision AS revision_before,
    CASE WHEN NOT change.gone AND r.purged_at IS NULL THEN record_in_event(change.before, false) END AS before,
    CASE WHEN NOT change.gone THEN record_in_event(r, false) END AS after
FROM revision AS r
CROSS JOIN LATERAL change_of(r) AS change
WHERE r.public AND r.reason IN ('correction', 'clarification', 'new_evidence', 'world_changed')
    AND r.reason = ANY (%(reasons)s) AND r.revision > r.first_public
    AND (%(start)s::timestamptz IS NULL OR r.recorded_at >= %(start)s)
    AND (%(stop)s::timestamptz IS NULL OR r.recorded_at < %(stop)s)
    AND (%(after_seq)s::bigint IS NULL OR (r.recorded_at, r.seq) < (%(after_instant)s::timestamptz, %(after_seq)s))
ORDER BY r.recorded_at DESC, r.seq DESC
LIMIT %(limit)s
