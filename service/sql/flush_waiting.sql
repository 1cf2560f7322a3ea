-- Puts into the indexes what waits for that.
SELECT flush_waiting() AS rows
