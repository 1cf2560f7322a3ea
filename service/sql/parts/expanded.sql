-- What those of a page refer to, as far as that is wanted.
expanded(%(kind)s, array_agg(id), ARRAY(SELECT DISTINCT ref FROM chosen, unnest(refs) AS ref), %(wanted)s, %(keyed)s)::text
