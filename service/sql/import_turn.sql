-- Lets one import write at a time: two that were at the same records would wait for each other.
SELECT pg_advisory_xact_lock(hashtextextended('factcheck-records: import', 0))
