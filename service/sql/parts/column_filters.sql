-- The filters of lists that look at columns of a row r, or of that by which it is found; one that is absent filters nothing.
(r.actor = ANY (%(actor)s) OR %(actor)s IS NULL)
AND ({ordered}.created_at >= %(created_from)s OR %(created_from)s IS NULL)
AND ({ordered}.created_at < %(created_to)s OR %(created_to)s IS NULL)
AND (r.recorded_at >= %(updated_from)s OR %(updated_from)s IS NULL)
AND (r.recorded_at < %(updated_to)s OR %(updated_to)s IS NULL)
AND (r.review_by < %(review_before)s OR %(review_before)s IS NULL)
AND (r.valid && %(valid_at)s::tstzrange OR %(valid_at)s IS NULL)
