-- Takes one request from a client's allowance (GCRA) and tells in how long all of it is back.
WITH granted AS (
    INSERT INTO allowance AS kept (name, client, full_at)
    VALUES (%(name)s, %(client)s, clock_timestamp() + %(each)s)
    ON CONFLICT (name, client) DO UPDATE
    SET full_at = greatest(kept.full_at, clock_timestamp()) + %(each)s
    WHERE greatest(kept.full_at, clock_timestamp()) + %(each)s <= clock_timestamp() + %(whole)s
    RETURNING full_at
), refused AS (
    -- FOR UPDATE reads what the others have just written, not what this statement began with.
    SELECT full_at FROM allowance
    WHERE name = %(name)s AND client = %(client)s AND NOT EXISTS (SELECT FROM granted)
    FOR UPDATE
)
SELECT EXISTS (SELECT FROM granted) AS granted,
    -- A row younger than this statement's snapshot is not seen: it cannot be emptier than this.
    greatest(
        coalesce((TABLE granted), (TABLE refused), clock_timestamp() + %(whole)s)
        - clock_timestamp(),
        interval '0'
    ) AS whole_in
