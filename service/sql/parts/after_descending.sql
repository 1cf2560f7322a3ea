-- What comes after the end of a page, if that is told.
(instant, id) < (%(after_instant)s, %(after_id)s)
