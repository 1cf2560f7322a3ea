-- Adds some of what has changed to the counts of words, once that is enough to matter: what many changes have in
-- common is written once for all, so that of 5,000 each takes 60 µs, and of 1,000 it took 110.
SELECT CASE WHEN waiting.changes > 0
        AND waiting.changes >= least(1000, (SELECT coalesce(sum(heads), 0) / 50 FROM wording_total))
    THEN fold_wording(5 * %(most)s) ELSE 0 END AS rows
FROM (SELECT count(*) AS changes FROM (SELECT id FROM wording_change LIMIT 1000) AS few) AS waiting
