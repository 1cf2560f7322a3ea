-- Which migrations ran, on what server, and whether this role owns what it must not change.
SELECT coalesce(array_agg(name ORDER BY name), ARRAY[]::text[]) AS ran,
    'PostgreSQL ' || current_setting('server_version') AS database,
    pg_has_role((SELECT relowner FROM pg_class WHERE oid = to_regclass('revision')), 'USAGE') AS owns
FROM migration
