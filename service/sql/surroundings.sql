-- Records by what refers to them, and the verdicts on some claims, as a reader has them now, or had them at a moment.
SELECT CASE
    WHEN %(as_of)s::timestamptz IS NULL AND %(snapshot)s::pg_snapshot IS NULL
        THEN expanded('claim', %(claims)s, %(refs)s, %(wanted)s, %(keyed)s)
    ELSE expanded_at('claim', %(claims)s, %(refs)s, %(wanted)s, %(keyed)s, %(snapshot)s::pg_snapshot, %(as_of)s)
END::text AS expanded
