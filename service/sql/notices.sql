-- What the public is told of the corrections, clarifications and retractions of some records up to a revision of each.
SELECT r.kind, r.id, r.revision, r.recorded_at, r.note, r.reason, r.status,
    r.body -> 'origin' IS NOT NULL AS imported
FROM unnest(%(kinds)s::text[], %(ids)s::text[], %(revisions)s::int[]) AS shown (kind, id, revision)
JOIN revision AS r ON r.kind = shown.kind AND r.id = shown.id AND r.revision <= shown.revision
WHERE r.public AND r.purged_at IS NULL AND r.note IS NOT NULL
    AND r.status IN ('published', 'retracted')
    AND (r.reason IN ('correction', 'clarification') OR r.status = 'retracted')
ORDER BY r.kind, r.id, r.revision
