-- The claims that say nearly what a new one says.
SELECT id FROM similar_claims(%(id)s, %(keyed)s) AS id
