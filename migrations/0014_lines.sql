-- What the planner knows of the lines of an import, and which of them count.
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

-- Which references of a line do not hold once its import is written: as before, but a line that is refused deletes
-- nothing.
CREATE OR REPLACE FUNCTION unmet_in_import(
    job uuid, wanted text[], needed text[], goes_public boolean, held text[], together boolean
) RETURNS TABLE (ref text, code text) LANGUAGE sql STABLE AS $$
    SELECT found.ref, found.code
    FROM (
        SELECT w.ref,
            CASE
                WHEN head.id IS NULL AND coalesce(line.op <> 'put', true) THEN 'unknown-reference'
                WHEN head.status = 'deleted' THEN CASE WHEN NOT w.ref = ANY (held) THEN 'gone-reference' END
                WHEN line.op = 'delete' AND NOT line.refused
                    THEN CASE WHEN NOT w.ref = ANY (held) THEN 'gone-reference:' || line.place END
                WHEN goes_public AND head.first_public IS NULL
                    AND NOT coalesce(line.status IN ('published', 'retracted', 'withheld'), false)
                    THEN 'unpublished-reference'
                WHEN w.term IS NULL OR line.faults IS NOT NULL THEN NULL
                WHEN NOT coalesce(w.term = ANY (CASE
                        WHEN line.status IN ('published', 'retracted', 'withheld')
                            OR (line.status IS NOT NULL AND NOT goes_public) THEN line.terms
                        WHEN goes_public THEN shown.terms
                        ELSE head.terms END), false)
                    THEN 'unknown-rating'
            END AS code
        FROM unnest(wanted, needed) AS w (ref, term)
        LEFT JOIN import_line AS line
            ON together AND line.import IS NOT DISTINCT FROM job
            AND line.kind = split_part(w.ref, '/', 1) AND line.name = split_part(w.ref, '/', 2)
        LEFT JOIN revision AS head
            ON head.kind = split_part(w.ref, '/', 1) AND head.id = split_part(w.ref, '/', 2)
            AND head.superseded_at IS NULL
        LEFT JOIN revision AS shown
            ON goes_public AND w.term IS NOT NULL AND shown.kind = head.kind AND shown.id = head.id
            AND shown.withdrawn_at IS NULL
    ) AS found
    WHERE found.code IS NOT NULL
$$;
