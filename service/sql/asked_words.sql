-- The words of what is asked that tell most, those that records have first.
SELECT * FROM asked_words(%(texts)s, %(weights)s, %(language)s, %(keyed)s, %(most)s)
