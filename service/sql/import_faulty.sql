-- Some lines of an import that cannot be written as they are, and what their records are now.
SELECT * FROM (
    SELECT p.place, p.first, p.kind, p.id, p.op, p.status, p.actor, p.note, p.reason, p.if_revision, p.seen_revision,
        p.seen_created_at, p.seen_updated_at, p.seen_key, p.seen_actor, p.faults, p.body, p.unchanged, p.goes_public,
        (p.head).revision AS head_revision, (p.head).status AS head_status, (p.head).recorded_at, (p.head).created_at,
        (p.head).first_public, (p.head).key_name AS head_key, (p.head).actor AS head_actor,
        (p.head).note AS head_note, (p.head).reason AS head_reason,
        NOT (%(four_eyes)s AND p.kind = ANY (%(judged)s)) OR CASE
            WHEN (p.head).id IS NULL THEN NOT p.goes_public
            ELSE approved(p.head, p.shown, p.status, p.body, p.internal, p.raw, %(key_name)s, p.actor, %(vouches)s)
        END AS approved,
        (p.head).status IN ('draft', 'in_review') AND says_the_same((p.head).body::text, p.body)
            AND (p.head).internal::text IS NOT DISTINCT FROM p.internal AS same_draft,
        ARRAY(SELECT lost_terms(p.kind, p.id, %(lasting)s::jsonb ->> p.kind, p.terms)
            WHERE p.first IS NULL AND p.goes_public AND p.status <> 'deleted' AND p.faults IS NULL AND (p.head).id IS NOT NULL) AS lost,
        ARRAY(SELECT ref || '=' || code
            FROM unmet_in_import(p.import, p.refs, p.needed, p.goes_public, coalesce((p.head).refs, '{{}}'), true)
            WHERE p.first IS NULL AND NOT p.unchanged) AS unmet
    FROM import_plan AS p
    WHERE p.import = %(import)s AND p.place > %(after)s
    ORDER BY p.place
    OFFSET 0
) AS line
WHERE first IS NOT NULL OR NOT (%(may_publish)s OR status = 'draft' OR status = 'deleted') OR NOT unchanged AND (
    faults IS NOT NULL OR unmet <> '{{}}' OR lost <> '{{}}' OR NOT approved
    OR NOT (%(may_publish)s OR status <> 'deleted' OR first_public IS NULL)
    OR CASE WHEN head_revision IS NULL
        THEN op <> 'put' OR if_revision IS NOT NULL
            OR (NOT status = ANY (%(first_statuses)s) AND (note IS NULL OR reason IS NULL))
        ELSE head_status = 'deleted' AND op <> 'delete'
            OR NOT head_status || '>' || status = ANY (%(moves)s)
            OR (status = 'withheld' AND first_public IS NULL)
            OR CASE WHEN if_revision IS NULL THEN NOT %(overwrite)s ELSE if_revision <> head_revision END
            OR (goes_public AND first_public IS NOT NULL AND (note IS NULL OR reason IS NULL))
            OR coalesce(seen_revision <> head_revision, false) OR coalesce(seen_created_at <> created_at, false)
            OR coalesce(seen_updated_at <> recorded_at, false)
            OR seen_key IS NOT NULL AND (seen_key, seen_actor) IS DISTINCT FROM (head_key, head_actor)
    END
)
ORDER BY place
LIMIT %(most)s
