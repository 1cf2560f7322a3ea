-- Makes all revisions older than any transaction of this cluster. The feed keeps causes before effects: in the
-- order of writing nothing comes before what it refers to.
DO $$
BEGIN
    -- Before the order becomes another, webhooks go back to where all is behind them that they have had.
    UPDATE webhook AS w
    SET position = 3, seq = coalesce(
        (SELECT min(r.seq) - 1 FROM revision AS r WHERE (r.position, r.seq) > (w.position::text::xid8, w.seq)),
        (SELECT max(r.seq) FROM revision AS r), 0);
    ALTER TABLE revision DISABLE TRIGGER revision_is_kept;
    ALTER TABLE revision DISABLE TRIGGER revisions_are_unworded;
    UPDATE revision
    SET position = '3', opened_by = '3', closed_by = CASE WHEN closed_by IS NOT NULL THEN '3'::xid8 END,
        withdrawn_by = CASE WHEN withdrawn_by IS NOT NULL THEN '3'::xid8 END;
    ALTER TABLE revision ENABLE TRIGGER revisions_are_unworded;
    ALTER TABLE revision ENABLE TRIGGER revision_is_kept;
    UPDATE installation SET system_identifier = here.system_identifier FROM pg_control_system() AS here;
END
$$
