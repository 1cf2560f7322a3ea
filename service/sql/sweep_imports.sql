-- Deletes some lines of an import that died, and the note of one that has none left.
WITH dead AS (
    SELECT id FROM import_job WHERE until < clock_timestamp() ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
), gone AS (
    DELETE FROM import_line WHERE ctid = ANY (ARRAY(
        SELECT s.ctid FROM import_line AS s JOIN dead ON s.import = dead.id LIMIT %(most)s
    )) RETURNING 1
), closed AS (
    DELETE FROM import_job AS j USING dead WHERE j.id = dead.id AND NOT EXISTS (SELECT FROM gone)
)
SELECT count(*) AS rows FROM gone
