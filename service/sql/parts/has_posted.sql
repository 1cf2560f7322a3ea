-- Whether a revision r has that term indeed. In coalesce, so that PostgreSQL does not go by the index of all terms, and
-- takes it for likely.
coalesce(r.terms && ARRAY[%(posted)s], false)
