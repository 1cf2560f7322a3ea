-- Moves the bookmarks of leased webhooks past what is no business of theirs, and gives them back.
UPDATE webhook AS w
SET position = passed.position, seq = passed.seq, next_attempt_at = clock_timestamp(),
    leased_by = NULL, leased_until = NULL
FROM unnest(%(ids)s::uuid[], %(tokens)s::uuid[], %(positions)s::bigint[], %(seqs)s::bigint[])
    AS passed (id, token, position, seq)
WHERE w.id = passed.id AND w.leased_by = passed.token
RETURNING w.id
