-- How much of what is sought, asked, a wording w has, in millionths: each word by its worth, and by how often it comes
-- in how long a text (BM25). How often that is ts_rank tells, which looks at this word alone: n times are
-- (1 + 1/4 + 1/9 + ... + 1/n²) / (π²/6), and what is missing there to 1 is nearly 1 / (n + 1/2). To unfold all words
-- of a row takes seven times as long.
(
    SELECT round(1e6 * coalesce(sum(worth * 2.2 * (1 - norm / (norm
        + round(1 / (1.644934 * (1 - ts_rank(ARRAY[1, 1, 1, 1], w.words, word))) - 0.5)))), 0))
    FROM unnest(asked.words, %(worth)s::float8[]) AS one (word, worth),
        LATERAL (SELECT 0.84 + 0.36 * w.length / %(usual)s) AS text (norm)
)
