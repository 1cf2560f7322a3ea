-- How the words of a record are taken, kept and put into their index: the same words, with less work.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60min';

-- A row of more than 2 kB had its words put elsewhere, and a match fetched them from there once for each word that it
-- asks for: 22 of the 25 ms that it took with 100,000 claims. Now they stay in the row, those that are there already too.
ALTER TABLE wording SET (toast_tuple_target = 8160);
-- squawk-ignore changing-column-type -- the type stays; nobody reads the table while its rows are written anew
ALTER TABLE wording ALTER words TYPE tsvector USING words || '';
-- Of records too: in their own row they are written and read without a look elsewhere. What is there stays as it is.
ALTER TABLE revision SET (toast_tuple_target = 8160);

-- To put the words of one row into their index takes 500 µs, of a hundred together 390 each, of four hundred 220. So they
-- wait for one another, and flush_waiting brings them there. But each search reads all that waits, at 3 µs a row for
-- each of its scans: where rows come one by one, a hundred may wait, and more in a statement that writes many.
ALTER INDEX wording_present RESET (gin_pending_list_limit);

-- Puts into the indexes what waits for that, and says how much it was. One at a time; the others leave it to that one.
CREATE FUNCTION flush_waiting() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF pg_is_in_recovery() OR NOT pg_try_advisory_xact_lock(hashtextextended('factcheck-records: waiting', 0)) THEN
        RETURN 0;
    END IF;
    RETURN sum(gin_clean_pending_list(index))
    FROM unnest(ARRAY['wording_present', 'wording_past', 'revision_head_terms', 'revision_shown_terms',
        'revision_past_terms']::regclass[]) AS index;
END
$$;
REVOKE EXECUTE ON FUNCTION flush_waiting() FROM PUBLIC;
CREATE FUNCTION grant_flushing(service regrole) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('GRANT EXECUTE ON FUNCTION flush_waiting() TO %s', service);
END
$$;
REVOKE EXECUTE ON FUNCTION grant_flushing(regrole) FROM PUBLIC;

CREATE OR REPLACE FUNCTION word_revisions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
SET gin_pending_list_limit = 256 AS $$
DECLARE
    many CONSTANT boolean := (SELECT count(*) > 100 FROM opened);
BEGIN
    IF many THEN
        PERFORM set_config('gin_pending_list_limit', '1024', true);
    END IF;
    WITH worded AS (
        INSERT INTO wording (kind, id, revision, status, claim, head, shown, length, words, spelled, rules)
        SELECT kind, id, revision, status, claim, head, shown, word_count(words), words, spelled, rules
        FROM (
            SELECT o.kind, o.id, o.revision, o.status,
                CASE o.kind WHEN 'claim' THEN o.id WHEN 'verdict' THEN o.body ->> 'claim_id' END AS claim,
                o.superseded_at IS NULL AS head, o.withdrawn_at IS NULL AND o.status <> 'withheld' AS shown,
                said.words, said.spelled, said.rules
            FROM opened AS o CROSS JOIN LATERAL words_in(o.kind, o.body::jsonb) AS said
            WHERE o.body IS NOT NULL AND o.status <> 'deleted'
            OFFSET 0
        ) AS said
        ON CONFLICT DO NOTHING
        RETURNING kind, id, words, spelled, length, head, shown
    )
    INSERT INTO wording_change (kind, record, words, spelled, length, heads, shown)
    SELECT kind, id, tsvector_to_array(words), spelled, length, head::int, shown::int FROM worded WHERE head OR shown;
    INSERT INTO stemming_used (rules, public)
    SELECT DISTINCT stemming(tongue.language), o.public
    FROM opened AS o, LATERAL (
        SELECT o.body ->> 'language' AS language
        UNION ALL
        SELECT translation ->> 'language' FROM json_array_elements(o.body -> 'translations') AS translation
    ) AS tongue
    WHERE o.body IS NOT NULL AND NOT EXISTS (
        SELECT FROM stemming_used AS u WHERE u.rules = stemming(tongue.language) AND (u.public OR NOT o.public)
    );
    IF many THEN
        PERFORM flush_waiting();
    END IF;
    RETURN NULL;
END
$$;

-- The words of a record of any kind, length and number of languages.
-- squawk-ignore renaming-object -- another takes the name below, before anybody sees that it is free
ALTER FUNCTION words_in(text, jsonb) RENAME TO words_in_all;

-- The words of a record. Most have one language and are no book: of those they are taken text by text, in two thirds of
-- the time, for to begin a query of so many parts takes longer than the parts.
CREATE FUNCTION words_in(kind text, body jsonb, OUT words tsvector, OUT spelled text, OUT rules text[])
LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    rule text := stemming(body ->> 'language');
    title text := spaced(plain(concat_ws(E'\n', body ->> 'text', body ->> 'title', body ->> 'name')));
    summary text := body ->> 'summary';
    quotes text;
    context text := spaced(plain(body ->> 'context'));
BEGIN
    IF body ? 'translations' OR pg_column_size(body) > 100000 THEN
        SELECT * FROM words_in_all(kind, body) INTO words, spelled, rules;
        RETURN;
    END IF;
    IF kind = 'claim' AND body ?| ARRAY['appearances', 'attribution'] THEN
        quotes := spaced(plain((
            SELECT string_agg(part ->> 'quote', E'\n')
            FROM jsonb_array_elements(coalesce(body -> 'appearances', '[]') || coalesce(body -> 'attribution', '[]')) AS part
        )));
    ELSIF kind = 'source' THEN
        summary := concat_ws(E'\n', summary, body ->> 'publisher', (
            SELECT string_agg(author, E'\n') FROM jsonb_array_elements_text(coalesce(body -> 'authors', '[]')) AS author
        ));
    END IF;
    summary := spaced(plain(summary));
    words := setweight(to_tsvector(rule::regconfig, title), 'A');
    IF summary <> '' THEN
        words := words || setweight(to_tsvector(rule::regconfig, summary), 'B');
    END IF;
    IF quotes <> '' THEN
        words := words || setweight(to_tsvector(rule::regconfig, quotes), 'C');
    END IF;
    IF context <> '' THEN
        words := words || setweight(to_tsvector(rule::regconfig, context), 'D');
    END IF;
    title := concat_ws(E'\n', title, summary, quotes, context);
    spelled := array_to_string(tsvector_to_array(to_tsvector('spelled', title)), ' ');
    rules := CASE WHEN btrim(title, E'\n') = '' THEN '{}' ELSE ARRAY[rule] END;
END
$$;

-- How common words are is counted in plain numbers: sums of bigint are numeric, which took more than the counting.
CREATE OR REPLACE FUNCTION fold_wording(most int, of_kind text DEFAULT NULL, of_record text DEFAULT NULL) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    folded bigint;
    unused text[];  -- words that no present record has any more, and letters
    unused_letters text[];
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('factcheck-records: wording', 0)) THEN
        RETURN 0;
    END IF;
    WITH gone AS (
        DELETE FROM wording_change
        WHERE id = ANY (ARRAY(
            SELECT id FROM wording_change WHERE of_record IS NULL OR record = of_record AND kind = of_kind
            ORDER BY id LIMIT most
        ))
        RETURNING kind, words, spelled, length, heads, shown
    ), totals AS (
        INSERT INTO wording_total AS t (kind, heads, shown, heads_length, shown_length)
        SELECT kind, sum(heads::int), sum(shown::int), sum(length * heads), sum(length * shown) FROM gone GROUP BY kind
        ON CONFLICT (kind) DO UPDATE
        SET heads = t.heads + excluded.heads, shown = t.shown + excluded.shown,
            heads_length = t.heads_length + excluded.heads_length, shown_length = t.shown_length + excluded.shown_length
    ), changed AS MATERIALIZED (
        SELECT word, sum(heads::int) AS heads, sum(shown::int) AS shown
        FROM gone, unnest(words) AS word
        GROUP BY word
        HAVING sum(heads::int) <> 0 OR sum(shown::int) <> 0
    ), counted AS (
        INSERT INTO word AS w (word, heads, shown) SELECT word, heads, shown FROM changed
        ON CONFLICT (word) DO UPDATE SET heads = w.heads + excluded.heads, shown = w.shown + excluded.shown
        RETURNING word, heads, shown
    ), lettered AS (
        INSERT INTO letters AS l (letters, heads, shown)
        SELECT four, sum(heads), sum(shown)
        FROM (
            SELECT word, sum(heads::int)::int AS heads, sum(shown::int)::int AS shown
            FROM gone, string_to_table(spelled, ' ') AS word
            GROUP BY word
            HAVING sum(heads::int) <> 0 OR sum(shown::int) <> 0
        ) AS changed, letters_of(word) AS four
        GROUP BY four
        ON CONFLICT (letters) DO UPDATE SET heads = l.heads + excluded.heads, shown = l.shown + excluded.shown
        RETURNING letters, heads, shown
    )
    SELECT (SELECT count(*) FROM gone), ARRAY(SELECT word FROM counted WHERE heads = 0 AND shown = 0),
        ARRAY(SELECT letters FROM lettered WHERE heads = 0 AND shown = 0)
    INTO folded, unused, unused_letters;
    DELETE FROM word WHERE word = ANY (unused);
    DELETE FROM letters WHERE letters = ANY (unused_letters);
    RETURN folded;
END
$$;

-- The claims that say nearly what another says, as before, but each is compared in one pass through its words, and not
-- each word with each.
CREATE OR REPLACE FUNCTION similar_claims(own text, keyed boolean) RETURNS SETOF text
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    few CONSTANT int := 10;
    said tsvector := (
        SELECT ts_filter(w.words, '{a}') FROM wording AS w WHERE w.kind = 'claim' AND w.id = own AND w.head
    );
    asked tsquery;
BEGIN
    WITH counted AS MATERIALIZED (
        SELECT lexeme, coalesce(word.heads, 0) AS records
        FROM unnest(tsvector_to_array(said)) AS lexeme LEFT JOIN word ON word.word = lexeme
    ), rarest AS (
        SELECT '''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''' AS quoted, records
        FROM (
            (SELECT * FROM counted WHERE records = 0 ORDER BY lexeme LIMIT 4)
            UNION ALL
            (SELECT * FROM counted WHERE records > 0 ORDER BY records, lexeme LIMIT 4)
        ) AS chosen
    ), paired AS (
        SELECT quoted || '&(' || string_agg(quoted, '|') OVER (
            ORDER BY records, quoted ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) || ')' AS arm
        FROM rarest WHERE records > few
        UNION ALL
        SELECT string_agg(quoted, '|') FROM rarest WHERE records <= few
    )
    SELECT string_agg(paired.arm, '|')::tsquery FROM paired INTO asked;
    RETURN QUERY
    WITH found AS (
        SELECT x.id, ts_filter(x.words, '{a}') AS words
        FROM wording AS x
        WHERE x.words @@ asked AND (x.head OR x.shown) AND x.kind = 'claim' AND x.id <> own
            AND is_matched(x.kind, x.claim, x.status, x.head, x.shown, keyed)
        LIMIT 200
    ), alike AS (
        -- They share as many words as there are fewer of when the two are put together.
        SELECT id, (length(said) + length(words) - every)::float8 / every AS share
        FROM found, LATERAL length(said || words) AS every
    )
    SELECT alike.id FROM alike WHERE alike.share >= 0.7 ORDER BY alike.share DESC, alike.id LIMIT 3;
END
$$;
