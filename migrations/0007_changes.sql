-- The changes feed: what each revision was as an event, and how a reader may be told of it now.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '10min';

-- The register of corrections, newest first: what readers had, changed for one of these reasons.
CREATE INDEX revision_corrections ON revision (recorded_at, seq)
    WHERE public AND reason IN ('correction', 'clarification', 'new_evidence', 'world_changed');

-- What a revision was as an event, the same for every reader. type: without the kind. before: what the
-- public had until then, where the revision is public. taken: the revisions once public that it purged.
-- gone: whether the record is now withheld or deleted to the public; explains: whether it is so, or is
-- what it is, by this very revision.
CREATE FUNCTION change_of(r revision)
RETURNS TABLE (type text, before revision, taken bigint[], gone boolean, explains boolean)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT
        CASE
            WHEN r.purges IS NOT NULL THEN 'purged'
            WHEN r.status = 'deleted' THEN 'deleted'
            WHEN last.status = 'deleted' THEN 'restored'
            WHEN NOT r.public THEN CASE r.revision WHEN 1 THEN 'created' ELSE 'updated' END
            WHEN r.revision = r.first_public THEN 'published'
            WHEN r.status = 'withheld' THEN 'withheld'
            WHEN r.status = 'retracted' AND last.status <> 'retracted' THEN 'retracted'
            WHEN r.reason IN ('correction', 'clarification') THEN 'corrected'
            ELSE 'updated'
        END,
        CASE WHEN r.public THEN last.whole END,
        CASE WHEN r.purges IS NOT NULL THEN ARRAY(
            SELECT p.revision FROM revision AS p
            WHERE p.kind = r.kind AND p.id = r.id AND p.public AND p.revision = ANY (r.purges)
            ORDER BY p.revision) END,
        coalesce(shown.status IN ('withheld', 'deleted'), false),
        coalesce(shown.revision = r.revision, false)
    FROM (VALUES (1)) AS one
    LEFT JOIN LATERAL (
        SELECT b AS whole, b.status FROM revision AS b
        WHERE b.kind = r.kind AND b.id = r.id AND b.revision < r.revision AND (b.public OR NOT r.public)
        ORDER BY b.revision DESC
        LIMIT 1
    ) AS last ON true
    LEFT JOIN LATERAL (
        SELECT s.status, s.revision FROM revision AS s
        WHERE s.kind = r.kind AND s.id = r.id AND s.withdrawn_at IS NULL
    ) AS shown ON true
$$;

-- A record in an event: null where there is none, or none for this reader, or none any more.
CREATE FUNCTION record_in_event(r revision, keyed boolean) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN r.status <> 'deleted' AND (keyed OR r.status <> 'withheld') THEN record_text(r, keyed) END;

-- The note of a public revision, as far as the public may read it now.
CREATE FUNCTION note_in_public(r revision, gone boolean, explains boolean) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN r.public AND (explains OR NOT gone) THEN r.note END;

-- The event (CloudEvents 1.0) as JSON text without its beginning, which has the id: a signed cursor.
-- What the public must not read now, it does not read here either: data is null, and so is the note but
-- for that which says why. A purge beneath a draft tells the public its numbers and nothing else.
CREATE FUNCTION event_text(
    r revision, type text, before revision, taken bigint[], gone boolean, explains boolean, keyed boolean
) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN '"source":"/v1/changes","type":"' || r.kind || '.' || type
    || '","subject":"/v1/' || r.kind || 's/' || r.id
    || '","time":"' || instant(r.recorded_at)
    || '","revision":' || r.revision
    || ',"reason":' || coalesce(to_json(r.reason)::text, 'null')
    || ',"note":' || coalesce(to_json(CASE WHEN keyed THEN r.note ELSE note_in_public(r, gone, explains) END)::text,
        'null')
    || ',"data":' || CASE
        WHEN r.purged_at IS NOT NULL OR (gone AND NOT keyed) THEN 'null'
        WHEN NOT keyed AND NOT r.public THEN '{"purges":' || array_to_json(taken) || '}'
        ELSE '{"before":' || coalesce(record_in_event(before, keyed), 'null')
            || ',"after":' || coalesce(record_in_event(r, keyed), 'null')
            || coalesce(',"purges":' || array_to_json(CASE WHEN keyed THEN r.purges ELSE taken END), '') || '}'
    END
    || '}';
