-- Lets the planner know what there is, once a tenth of that has changed since it last did: to read a sample of two
-- million revisions takes 0.8 s of PostgreSQL's CPU.
SELECT analyze_revisions()
FROM pg_class
WHERE oid = 'revision'::regclass
    AND reltuples <= 10 * greatest(%(written)s, pg_stat_get_mod_since_analyze(oid))
