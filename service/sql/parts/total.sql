-- How many records there are in all, if that is asked for.
CASE WHEN %(count)s THEN (SELECT count(*) FROM matching) END
