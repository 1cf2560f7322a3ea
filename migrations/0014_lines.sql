-- What the planner knows of the lines of an import.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '10min';

-- Counts the lines that wait. Between two imports autovacuum finds pages without a row, and the planner, which then
-- takes all the next lines for one, compares each of them with all. Of one column, so that it is just a count.
CREATE FUNCTION analyze_lines() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    ANALYZE import_line (turn);
END
$$;
REVOKE EXECUTE ON FUNCTION analyze_lines() FROM PUBLIC;
CREATE FUNCTION grant_lines(service regrole) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('GRANT EXECUTE ON FUNCTION analyze_lines() TO %s', service);
END
$$;
REVOKE EXECUTE ON FUNCTION grant_lines(regrole) FROM PUBLIC;
