-- The greatest number, at most the one given, below which no transaction that wrote builds on one from it on. A
-- transaction may have its number before it builds on a later one: its revision's place in the feed says so.
WITH RECURSIVE cut (below) AS (
    SELECT %(below)s::xid8
    UNION ALL
    SELECT (SELECT min(r.opened_by) FROM revision AS r WHERE r.position >= cut.below AND r.opened_by < cut.below)
    FROM cut
    WHERE cut.below IS NOT NULL
)
SELECT min(below)::text::bigint AS below FROM cut
