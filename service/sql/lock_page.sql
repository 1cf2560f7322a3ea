-- Lets one request write at a page of markup at a time: two could make it twice.
SELECT pg_advisory_xact_lock(hashtextextended('factcheck-records: page ' || %(page)s, 0))
