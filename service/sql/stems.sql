-- What each of some tokens comes to by the rules of a language: the words by which it is found.
SELECT tsvector_to_array(words_by(stemming(language), token)) AS words
FROM unnest(%(tokens)s::text[], %(languages)s::text[]) WITH ORDINALITY AS t (token, language, place)
ORDER BY place
