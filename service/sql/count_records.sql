-- How many revisions there are beside those that every server starts with.
SELECT count(*) FROM revision WHERE key_name <> 'factcheck'
