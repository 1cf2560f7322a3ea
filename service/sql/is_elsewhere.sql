-- Whether the transaction numbers beside the revisions are of another cluster than this: one that has another
-- identifier, or one that has come further.
SELECT coalesce(kept.system_identifier <> here.system_identifier, false) OR EXISTS (
    SELECT FROM revision WHERE position >= pg_snapshot_xmax(pg_current_snapshot())
)
FROM installation AS kept, pg_control_system() AS here
