-- The claims that have most of the words asked for.
SELECT * FROM candidates(%(arms)s::text[]::tsquery[], %(within)s, %(words)s::text[]::tsquery[], %(worth)s, %(usual)s,
    %(keyed)s, %(filtered)s, %(topic)s, %(claimant)s, %(rating)s, %(created_from)s, %(created_to)s, %(most)s)
