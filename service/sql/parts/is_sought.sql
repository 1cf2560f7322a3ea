-- Whether a wording w has what is sought, asked, by rules that it goes by itself: what other rules make of that may be
-- less, where they pass over a word. As a function it would be begun anew for each row, at three times the cost.
EXISTS (
    SELECT FROM unnest(asked.rules, asked.wanted) AS one (rule, query)
    WHERE one.rule = ANY (w.rules) AND w.words @@ one.query
)
AND (%(unwanted_words)s::text IS NULL OR NOT EXISTS (
    SELECT FROM unnest(asked.rules, asked.unwanted) AS one (rule, query)
    WHERE one.rule = ANY (w.rules) AND w.words @@ one.query
))
