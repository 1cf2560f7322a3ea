-- Records by what refers to them, and the verdicts on some claims, as a reader has them now or had them at an instant.
SELECT CASE
    WHEN %(as_of)s::timestamptz IS NULL THEN expanded('claim', %(claims)s, %(refs)s, %(wanted)s, %(keyed)s)
    ELSE expanded_at('claim', %(claims)s, %(refs)s, %(wanted)s, %(keyed)s, NULL, %(as_of)s)
END::text AS expanded
