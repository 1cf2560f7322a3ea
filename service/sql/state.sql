-- What a refused write has to know of a record: its head, and what the public has of it.
SELECT head.revision, head.status, head.recorded_at, head.note, head.reason,
    head.first_public, head.created_at, head.key_name, head.actor, head.refs,
    goes_public(%(status)s, %(body)s, head.first_public, shown.status, shown.body::text) AS goes_public,
    NOT %(four_eyes)s OR approved(head, shown, %(status)s, %(body)s, %(internal)s, %(raw)s, %(key_name)s, %(actor)s,
        %(vouches)s) AS approved,
    head.status IN ('draft', 'in_review') AND says_the_same(head.body::text, %(body)s)
        AND head.internal::text IS NOT DISTINCT FROM %(internal)s AS same_draft,
    shown.revision AS shown,
    ARRAY(SELECT lost_terms(head.kind, head.id, %(lasting)s, %(terms)s)) AS lost,
    record_text(head, true) AS text
FROM revision AS head
LEFT JOIN revision AS shown
    ON shown.kind = head.kind AND shown.id = head.id AND shown.withdrawn_at IS NULL
WHERE head.kind = %(kind)s AND head.id = %(id)s AND head.superseded_at IS NULL
