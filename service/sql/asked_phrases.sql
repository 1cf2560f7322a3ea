-- The words of what a list is searched for, what each is worth by how rare it is, and how long the texts of a kind are.
-- Of many it is the first: the pages after this one have to have the same, however rare they are by then.
SELECT * FROM (
SELECT asked.word, rarity(
        greatest(coalesce(CASE WHEN %(keyed)s THEN known.heads ELSE known.shown END, 0), 1), whole.records) AS worth,
    whole.usual
FROM (
    SELECT said.lexeme AS word, min(place) AS place
    FROM unnest(%(rules)s::text[]) AS rules, unnest(words_by(rules, %(wanted_words)s)) AS said,
        unnest(said.positions) AS place
    GROUP BY said.lexeme
    ORDER BY place, word
    LIMIT %(most)s
) AS asked
LEFT JOIN word AS known ON known.word = asked.word
CROSS JOIN (
    SELECT greatest(sum(CASE WHEN %(keyed)s THEN heads ELSE shown END), 1)::float8 AS records, greatest(
        sum(CASE WHEN %(keyed)s THEN heads_length ELSE shown_length END) FILTER (WHERE kind = %(kind)s)
            / greatest(sum(CASE WHEN %(keyed)s THEN heads ELSE shown END) FILTER (WHERE kind = %(kind)s), 1), 1)::float8 AS usual
    FROM wording_total
) AS whole
) AS told
ORDER BY word
