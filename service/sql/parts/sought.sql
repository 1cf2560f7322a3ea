-- What is sought, by each of its rules and by any of them, and its words one by one.
SELECT *, (SELECT either(one) FROM unnest(wanted) AS one) AS any_wanted
FROM (
    SELECT %(rules)s::text[] AS rules, queries_of(%(rules)s, %(wanted_words)s) AS wanted,
        queries_of(%(rules)s, %(unwanted_words)s) AS unwanted, %(asked)s::text[]::tsquery[] AS words
) AS by_rules
