-- What the public is told of the corrections, clarifications and retractions of some records up to a revision of each.
-- What is public for the first time corrects nothing here; but an import may tell by its note of corrections elsewhere.
SELECT r.kind, r.id, r.revision, r.recorded_at, r.note, r.reason, r.status,
    r.body -> 'origin' -> 'corrections' AS corrections
FROM unnest(%(kinds)s::text[], %(ids)s::text[], %(revisions)s::int[], %(by_note)s::bool[])
    AS shown (kind, id, revision, by_note)
JOIN revision AS r ON r.kind = shown.kind AND r.id = shown.id AND r.revision <= shown.revision
WHERE r.public AND r.purged_at IS NULL AND r.note IS NOT NULL
    AND r.status IN ('published', 'retracted')
    AND (r.reason IN ('correction', 'clarification') OR r.status = 'retracted')
    AND (r.revision > r.first_public OR shown.by_note)
ORDER BY r.kind, r.id, r.revision
