-- Takes in lines of an import to wait.
COPY import_line (
    import, place, first, kind, rank, id, made, op, sent, applied_to, if_revision, status, body, internal, raw, actor,
    note, reason, sha256, salt, refs, needed, terms, valid, review_by, seen_revision, seen_created_at, seen_updated_at,
    seen_key, seen_actor, faults
) FROM STDIN
