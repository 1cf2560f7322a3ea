-- Words: what is searched of each revision, and how common each word is.
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60min';

-- By which rules words of a language are brought to their stems. Where PostgreSQL has none, words stay as they
-- are; a text that does not say its language is taken for English, whose rules leave other scripts alone.
CREATE FUNCTION stemming(language text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN language IS NULL THEN 'english'
    ELSE coalesce(('{"ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "da": "danish", "nl": "dutch",
        "en": "english", "fi": "finnish", "fr": "french", "de": "german", "el": "greek", "hi": "hindi",
        "hu": "hungarian", "id": "indonesian", "ga": "irish", "it": "italian", "lt": "lithuanian", "ne": "nepali",
        "nb": "norwegian", "nn": "norwegian", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
        "ru": "russian", "sr": "serbian", "es": "spanish", "sv": "swedish", "ta": "tamil", "tr": "turkish",
        "yi": "yiddish"}'::jsonb) ->> lower(split_part(language, '-', 1)), 'simple')
END;

-- What is written in one way here and in another there: curly quotes, 148,000, U.S., and the s of a genitive. Each
-- is looked for only where it can be: that is cheap, and the patterns are not.
CREATE FUNCTION plain(said text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    IF octet_length(said) > length(said) THEN
        said := translate(said, '’‘“”—–…', '''''""   ');
    END IF;
    IF strpos(said, ',') > 0 THEN
        said := regexp_replace(said, '(?<=\d),(?=\d{3}\y)', '', 'g');
    END IF;
    IF strpos(said, '.') > 0 THEN
        said := regexp_replace(said, '\y[Uu]\.\s?[Ss]\.(\s?[Aa]\.)?', 'USA', 'g');
    END IF;
    IF strpos(said, '''') > 0 THEN
        said := regexp_replace(said, '''s\y', '', 'g');
    END IF;
    RETURN said;
END
$$;

-- Chinese and Japanese put no spaces between words: there, each two characters in a row stand for one.
CREATE FUNCTION spaced(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN octet_length(said) > length(said) AND said ~ '[\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF]' THEN (
    SELECT string_agg(CASE
            WHEN run.text ~ '^[\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF]{2}' THEN (
                SELECT string_agg(substr(run.text, place, 2), ' ' ORDER BY place)
                FROM generate_series(1, length(run.text) - 1) AS place)
            ELSE run.text END, ' ' ORDER BY run.place)
    FROM regexp_matches(said, '[\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF]+|'
            || '[^\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF]+', 'g') WITH ORDINALITY AS found (texts, place),
        LATERAL (SELECT texts[1] AS text, place) AS run
) ELSE said END;

CREATE FUNCTION words_by(rules text, said text) RETURNS tsvector LANGUAGE sql STABLE PARALLEL SAFE
RETURN to_tsvector(rules::regconfig, spaced(plain(said)));

-- The texts of a record in which is searched, each with its weight and language: what it says first, what is
-- said about it last.
CREATE FUNCTION texts_of(kind text, body jsonb)
RETURNS TABLE (place bigint, weight "char", language text, said text) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT row_number() OVER (ORDER BY found.weight, found.place), found.weight, found.language, found.said
    FROM (
        SELECT 1 AS place, 'A'::"char" AS weight, body ->> 'language' AS language, said
        FROM unnest(ARRAY[body ->> 'text', body ->> 'title', body ->> 'name']) AS said
        UNION ALL
        SELECT 2, 'A', translation ->> 'language', said
        FROM jsonb_array_elements(coalesce(body -> 'translations', '[]')) AS translation,
            unnest(ARRAY[translation ->> 'text', translation ->> 'title']) AS said
        UNION ALL
        SELECT 3, 'B', body ->> 'language', said
        FROM unnest(ARRAY[body ->> 'summary', CASE WHEN kind = 'source' THEN body ->> 'publisher' END]) AS said
        UNION ALL
        SELECT 4, 'B', translation ->> 'language', translation ->> 'summary'
        FROM jsonb_array_elements(coalesce(body -> 'translations', '[]')) AS translation
        UNION ALL
        SELECT 5, 'B', body ->> 'language', author #>> '{}'
        FROM jsonb_array_elements(CASE WHEN kind = 'source' THEN coalesce(body -> 'authors', '[]') ELSE '[]' END) AS author
        UNION ALL
        SELECT 6, 'C', body ->> 'language', part ->> 'quote'
        FROM jsonb_array_elements(coalesce(body -> 'appearances', '[]') || coalesce(body -> 'attribution', '[]')) AS part
        WHERE kind = 'claim'
        UNION ALL
        SELECT 7, 'D', body ->> 'language', body ->> 'context'
    ) AS found
    WHERE found.said IS NOT NULL
$$;

CREATE AGGREGATE joined(tsvector) (SFUNC = tsvector_concat, STYPE = tsvector, INITCOND = '');

-- Words as they are written, whatever their language, but for the commonest English ones.
CREATE TEXT SEARCH DICTIONARY spelled (TEMPLATE = pg_catalog.simple, STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION spelled (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION spelled
    ALTER MAPPING FOR asciiword, word, numword, asciihword, hword, numhword, hword_asciipart, hword_part, hword_numpart
    WITH spelled;

-- The words of a record: of its first 100,000 characters, since a tsvector has room for some more than that. And
-- each as it is spelled, between spaces, and by which rules they went.
CREATE FUNCTION words_in(kind text, body jsonb, OUT words tsvector, OUT spelled text, OUT rules text[])
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT joined(setweight(to_tsvector(stemming(language)::regconfig, said), weight) ORDER BY weight, language),
        coalesce(array_to_string(tsvector_to_array(to_tsvector('spelled', string_agg(said, E'\n'))), ' '), ''),
        coalesce(array_agg(DISTINCT stemming(language)), ARRAY[]::text[])
    FROM (
        SELECT weight, language,
            spaced(plain(string_agg(left(said, greatest(0, 100000 - before)::int), E'\n' ORDER BY place))) AS said
        FROM (
            SELECT *, coalesce(sum(length(said)) OVER (ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
                0) AS before
            FROM texts_of(kind, body)
        ) AS counted
        GROUP BY weight, language
        OFFSET 0
    ) AS texts
$$;

-- How many words that is, repetitions counted.
CREATE FUNCTION word_count(words tsvector) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (SELECT coalesce(sum(cardinality(positions)), 0) FROM unnest(words));

-- One row a revision that has words. head and shown say for whom it is the present one: for keys, and for the
-- public. claim is the claim that it speaks of: itself, or that of a verdict.
CREATE TABLE wording (
    kind text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    revision bigint NOT NULL,
    status text COLLATE "C" NOT NULL,
    claim text COLLATE "C",
    head boolean NOT NULL,
    shown boolean NOT NULL,
    length bigint NOT NULL,
    words tsvector NOT NULL,
    spelled text NOT NULL,
    rules text[] COLLATE "C" NOT NULL,
    PRIMARY KEY (kind, id, revision)
);
-- Each search reads the whole of what waits to go into the index, so that is kept short.
CREATE INDEX wording_present ON wording USING gin (words) WITH (gin_pending_list_limit = 64) WHERE head OR shown;
CREATE INDEX wording_past ON wording USING gin (words) WHERE NOT (head OR shown);
CREATE INDEX wording_claim ON wording (claim) WHERE head OR shown;
-- Statistics hold words of the rows that they were taken from.
ALTER TABLE wording ALTER words SET STATISTICS 0, ALTER spelled SET STATISTICS 0;

-- By which rules words of any record were brought to their stems, and whether of one that the public has had; one
-- may be here twice, for writers who are the first to need it do not wait for each other. By all of them goes what is
-- asked for, unless its language is told.
CREATE TABLE stemming_used (
    rules text COLLATE "C" NOT NULL,
    public boolean NOT NULL
);
INSERT INTO stemming_used VALUES ('english', true);
CREATE FUNCTION rules_for(language text, keyed boolean) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN language IS NULL
    THEN ARRAY(SELECT DISTINCT rules FROM stemming_used WHERE public OR keyed ORDER BY rules)
    ELSE ARRAY[stemming(language)] END;

-- In how many present records a word stands, among those of keys and among those of the public, and of how many
-- words they are in all. Only fold_wording writes here: writers, who share common words, would wait for each other.
CREATE TABLE word (
    word text COLLATE "C" PRIMARY KEY,
    heads bigint NOT NULL,
    shown bigint NOT NULL
) WITH (fillfactor = 80);
-- The same for four letters in a row of words as they are spelled, as if each of these words stood in a record of
-- its own.
CREATE TABLE letters (
    letters text COLLATE "C" PRIMARY KEY,
    heads bigint NOT NULL,
    shown bigint NOT NULL
) WITH (fillfactor = 80);
CREATE TABLE wording_total (
    kind text COLLATE "C" PRIMARY KEY,
    heads bigint NOT NULL,
    shown bigint NOT NULL,
    heads_length bigint NOT NULL,
    shown_length bigint NOT NULL
);
-- What is yet to be added there: the words of a revision that came or went, among keys' or the public's.
CREATE TABLE wording_change (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text COLLATE "C" NOT NULL,
    record text COLLATE "C" NOT NULL,
    words text[] COLLATE "C" NOT NULL,
    spelled text NOT NULL,
    length bigint NOT NULL,
    heads bigint NOT NULL,
    shown bigint NOT NULL
);
ALTER TABLE wording_change ALTER words SET STATISTICS 0, ALTER spelled SET STATISTICS 0;

CREATE FUNCTION word_revisions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
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
    RETURN NULL;
END
$$;
CREATE TRIGGER revisions_are_worded AFTER INSERT ON revision
    REFERENCING NEW TABLE AS opened
    FOR EACH STATEMENT EXECUTE FUNCTION word_revisions();

CREATE FUNCTION unword_revisions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    WITH closing AS (
        SELECT w.kind, w.id, w.revision, w.words, w.spelled, w.length, w.head, w.shown,
            c.superseded_at IS NULL AND c.purged_at IS NULL AS is_head,
            w.shown AND c.withdrawn_at IS NULL AND c.purged_at IS NULL AS is_shown, c.purged_at IS NOT NULL AS is_gone
        FROM closed AS c
        JOIN wording AS w ON w.kind = c.kind AND w.id = c.id AND w.revision = c.revision
    ), marked AS (
        UPDATE wording AS w SET head = c.is_head, shown = c.is_shown
        FROM closing AS c
        WHERE w.kind = c.kind AND w.id = c.id AND w.revision = c.revision AND NOT c.is_gone
            AND (c.head, c.shown) <> (c.is_head, c.is_shown)
    ), gone AS (
        DELETE FROM wording AS w USING closing AS c
        WHERE w.kind = c.kind AND w.id = c.id AND w.revision = c.revision AND c.is_gone
    )
    INSERT INTO wording_change (kind, record, words, spelled, length, heads, shown)
    SELECT kind, id, tsvector_to_array(words), spelled, length, is_head::int - head::int, is_shown::int - shown::int
    FROM closing
    WHERE (head, shown) <> (is_head, is_shown);
    -- Of what is purged no word is to wait.
    IF EXISTS (SELECT FROM closed WHERE purged_at IS NOT NULL) THEN
        PERFORM pg_advisory_xact_lock(hashtextextended('factcheck-records: wording', 0));
        PERFORM fold_wording(2147483647, kind, id)
        FROM (SELECT DISTINCT kind, id FROM closed WHERE purged_at IS NOT NULL) AS purged;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER revisions_are_unworded AFTER UPDATE ON revision
    REFERENCING NEW TABLE AS closed
    FOR EACH STATEMENT EXECUTE FUNCTION unword_revisions();

-- All of four letters in a row of a word, whose ends count as letters.
CREATE FUNCTION letters_of(word text) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 6 AS $$
    SELECT DISTINCT substr('_' || word || '_', place, 4)
    FROM generate_series(1, length(word) - 1) AS place
$$;

-- Adds some of what has changed to the counts, of all records or of one, and says how much of it. One at a time.
CREATE FUNCTION fold_wording(most int, of_kind text DEFAULT NULL, of_record text DEFAULT NULL) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
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
        SELECT kind, sum(heads), sum(shown), sum(length * heads), sum(length * shown) FROM gone GROUP BY kind
        ON CONFLICT (kind) DO UPDATE
        SET heads = t.heads + excluded.heads, shown = t.shown + excluded.shown,
            heads_length = t.heads_length + excluded.heads_length, shown_length = t.shown_length + excluded.shown_length
    ), changed AS MATERIALIZED (
        SELECT word, sum(heads) AS heads, sum(shown) AS shown
        FROM gone, unnest(words) AS word
        GROUP BY word
        HAVING sum(heads) <> 0 OR sum(shown) <> 0
    ), counted AS (
        INSERT INTO word AS w (word, heads, shown) SELECT word, heads, shown FROM changed
        ON CONFLICT (word) DO UPDATE SET heads = w.heads + excluded.heads, shown = w.shown + excluded.shown
        RETURNING word, heads, shown
    ), lettered AS (
        INSERT INTO letters AS l (letters, heads, shown)
        SELECT four, sum(heads), sum(shown)
        FROM (
            SELECT word, sum(heads) AS heads, sum(shown) AS shown
            FROM gone, string_to_table(spelled, ' ') AS word
            GROUP BY word
            HAVING sum(heads) <> 0 OR sum(shown) <> 0
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

-- For whom a wording is matched: verdicts as they are published, claims as they are published or, for keys, as
-- they stand, drafts too. Of single columns, not of the row: so it is a part of each query, and costs half.
CREATE FUNCTION is_matched(kind text, claim text, status text, head boolean, shown boolean, keyed boolean)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN claim IS NOT NULL AND CASE
    WHEN keyed AND kind = 'claim' THEN head AND status IN ('draft', 'in_review', 'published')
    ELSE shown AND status = 'published' END;

-- How much a word tells that stands in so many of all records (the idf of BM25).
CREATE FUNCTION rarity(records float8, of_all float8) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ln(1 + (of_all - least(records, of_all) + 0.5) / (records + 0.5));

-- Of all that is matched: how many records there are, and how many words a claim and its verdicts have.
CREATE FUNCTION matched_totals(keyed boolean, OUT records float8, OUT usual float8) LANGUAGE sql STABLE AS $$
    SELECT greatest(sum(t.records), 1),
        greatest(sum(t.length) / greatest(sum(t.records) FILTER (WHERE t.kind = 'claim'), 1), 1)
    FROM (
        SELECT kind, CASE WHEN keyed THEN heads ELSE shown END AS records,
            CASE WHEN keyed THEN heads_length ELSE shown_length END AS length
        FROM wording_total
        WHERE kind IN ('claim', 'verdict')
    ) AS t
$$;

-- The words of what is asked that tell most, how many records have each, and what it and its letters are worth:
-- their weight, the largest where they have several, by how rare they are. Where a word goes by several rules, its
-- token is the same for all; one that some rules pass over says little, so nobody misses it. Letters are those of
-- the token as it is spelled. Functions of this
-- kind keep one plan: they would be planned anew each time, at half of what they cost.
CREATE FUNCTION asked_words(texts text[], weights float8[], tongue text, keyed boolean, most int)
RETURNS TABLE (word text, weight float8, records float8, worth float8, token bigint, missed boolean, letters text[],
    rarities float8[], of_all float8, usual float8)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH rules AS MATERIALIZED (
        SELECT rules_for(tongue, keyed) AS every
    ), said AS MATERIALIZED (
        SELECT one, found.lexeme AS word, part.weight, part.number * 65536 + place AS place
        FROM rules, unnest(every) AS one,
            unnest(texts, weights) WITH ORDINALITY AS part (text, weight, number),
            unnest(words_by(one, part.text)) AS found,
            unnest(found.positions) AS place
    ), asked AS (
        SELECT word, max(weight) AS weight, min(place) AS token FROM said GROUP BY word
    ), placed AS (
        SELECT place, count(DISTINCT one) AS rules FROM said GROUP BY place
    ), told AS MATERIALIZED (
        SELECT asked.word, asked.weight, known.records, asked.token,
            asked.weight * rarity(greatest(known.records, 1), totals.records) AS worth,
            placed.rules = cardinality(rules.every) AS missed, totals.records AS of_all, totals.usual
        FROM rules, asked
        JOIN placed ON placed.place = asked.token
        CROSS JOIN matched_totals(keyed) AS totals
        -- Each is looked up by itself (hence OFFSET): asked for all at once, the table would be read whole.
        CROSS JOIN LATERAL (
            SELECT coalesce((
                SELECT CASE WHEN keyed THEN w.heads ELSE w.shown END FROM word AS w WHERE w.word = asked.word
            ), 0)::float8 AS records
            OFFSET 0
        ) AS known
        ORDER BY known.records = 0, worth DESC, asked.word
        LIMIT most
    ), written AS MATERIALIZED (
        SELECT told.word, array_agg(found.lexeme) AS spelled
        FROM unnest(texts) WITH ORDINALITY AS part (text, number)
        CROSS JOIN LATERAL unnest(words_by('spelled', part.text)) AS found
        CROSS JOIN LATERAL unnest(found.positions) AS place
        JOIN told ON told.token = part.number * 65536 + place
        GROUP BY told.word
    )
    SELECT told.word, told.weight, told.records, told.worth, told.token, told.missed, rare.letters, rare.rarities,
        told.of_all, told.usual
    FROM told
    LEFT JOIN written ON written.word = told.word
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(four), ARRAY[]::text[]) AS letters,
            coalesce(array_agg(rarity(found.records, told.of_all)), ARRAY[]::float8[]) AS rarities
        FROM unnest(written.spelled) AS one, letters_of(one) AS four
        CROSS JOIN LATERAL (
            SELECT CASE WHEN keyed THEN l.heads ELSE l.shown END AS records FROM letters AS l WHERE l.letters = four
            OFFSET 0
        ) AS found
        WHERE found.records > 0
    ) AS rare
    ORDER BY told.records = 0, told.worth DESC, told.word;
END
$$;

-- The claims that have most of the words asked for, by a first cut: by what those words are worth that are there at
-- all. Each with all words of it and of its verdicts, once for each of these that has it, the same as they are
-- spelled, how many they are, and when it was first recorded. Looked at are the rows that any arm finds, and those of the claims within.
--
-- Each arm is looked for by itself: one query for all would be asked of each row as a whole, and took twice the time.
CREATE FUNCTION candidates(
    arms tsquery[], within text[], asked tsquery[], worths float8[], usual float8, keyed boolean, filtered boolean,
    topics text[], claimants text[], ratings text[], since timestamptz, before timestamptz, most int
) RETURNS TABLE (claim text, words text, spelled text, length float8, created_at timestamptz)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH hit AS MATERIALIZED (
        SELECT w.claim, (
                SELECT sum(worth) FROM unnest(asked, worths) AS t (query, worth) WHERE w.words @@ t.query
            ) / (1 + 0.36 * w.length / usual) AS worth
        FROM (
            (SELECT found.*
            FROM unnest(arms) AS arm, LATERAL (
                SELECT x.claim, x.words, x.length FROM wording AS x
                WHERE x.words @@ arm AND (x.head OR x.shown)
                    AND is_matched(x.kind, x.claim, x.status, x.head, x.shown, keyed)
                OFFSET 0
            ) AS found
            LIMIT 4000)  -- rows that are looked at, whatever was expected
            UNION ALL
            SELECT x.claim, x.words, x.length FROM wording AS x
            WHERE x.claim = ANY (within) AND (x.head OR x.shown)
                AND is_matched(x.kind, x.claim, x.status, x.head, x.shown, keyed)
        ) AS w
    ), near AS MATERIALIZED (
        SELECT one.claim, max(one.worth) AS worth
        FROM hit AS one
        GROUP BY one.claim
        HAVING max(one.worth) > 0 AND (NOT filtered OR EXISTS (
            SELECT FROM revision AS c
            WHERE c.kind = 'claim' AND c.id = one.claim
                AND CASE WHEN keyed THEN c.superseded_at ELSE c.withdrawn_at END IS NULL
                AND (c.terms && topics OR topics IS NULL)
                AND (c.terms && claimants OR claimants IS NULL)
                AND (c.created_at >= since OR since IS NULL)
                AND (c.created_at < before OR before IS NULL)
        ) AND (ratings IS NULL OR EXISTS (
            SELECT FROM wording AS w JOIN revision AS v ON v.kind = w.kind AND v.id = w.id AND v.revision = w.revision
            WHERE w.claim = one.claim AND w.kind = 'verdict' AND w.shown AND w.status = 'published'
                AND v.terms && ratings
        )))
        ORDER BY worth DESC, one.claim
        LIMIT most
    )
    SELECT near.claim, said.words, said.spelled, said.length, r.created_at
    FROM near
    CROSS JOIN LATERAL (
        SELECT string_agg(array_to_string(tsvector_to_array(w.words), ' '), ' ') AS words,
            string_agg(w.spelled, ' ') AS spelled, sum(w.length)::float8 AS length, max(w.revision) FILTER (WHERE w.kind = 'claim') AS revision
        FROM wording AS w
        WHERE w.claim = near.claim AND (w.head OR w.shown)
            AND is_matched(w.kind, w.claim, w.status, w.head, w.shown, keyed)
    ) AS said
    -- A claim whose verdicts alone may be seen has none.
    JOIN revision AS r ON r.kind = 'claim' AND r.id = near.claim AND r.revision = said.revision;
END
$$;

-- The claims whose own texts have nearly the same words as that of another, the likest first: at least seven in ten
-- of all that either has. Looked at are those that have two of its four rarest words, or one that ten records have
-- at the most, or none yet that is counted: two that are alike may have come in one just after the other.
CREATE FUNCTION similar_claims(own text, keyed boolean) RETURNS SETOF text
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    few CONSTANT int := 10;
    said text[] := (
        SELECT tsvector_to_array(ts_filter(w.words, '{a}')) FROM wording AS w
        WHERE w.kind = 'claim' AND w.id = own AND w.head
    );
    asked tsquery;
BEGIN
    WITH counted AS (
        SELECT '''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''' AS quoted,
            coalesce((SELECT heads FROM word WHERE word.word = lexeme), 0) AS records
        FROM unnest(said) AS lexeme
    ), rarest AS (
        (SELECT * FROM counted WHERE counted.records = 0 ORDER BY counted.quoted LIMIT 4)
        UNION ALL
        (SELECT * FROM counted WHERE counted.records > 0 ORDER BY counted.records, counted.quoted LIMIT 4)
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
        SELECT w.id, tsvector_to_array(ts_filter(w.words, '{a}')) AS words
        FROM (
            SELECT * FROM wording AS x
            WHERE x.words @@ asked AND (x.head OR x.shown) AND x.kind = 'claim' AND x.id <> own
                AND is_matched(x.kind, x.claim, x.status, x.head, x.shown, keyed)
            LIMIT 200
        ) AS w
    ), alike AS (
        SELECT id, shared::float8 / (cardinality(said) + cardinality(words) - shared) AS share
        FROM found, LATERAL (SELECT count(*) AS shared FROM unnest(words) AS word WHERE word = ANY (said)) AS s
    )
    SELECT alike.id FROM alike WHERE alike.share >= 0.7 ORDER BY alike.share DESC, alike.id LIMIT 3;
END
$$;

-- How much of what is asked a text has: each word by its worth, and by how often it comes in how long a text.
CREATE FUNCTION likeness(words tsvector, length bigint, asked text[], worth float8[], usual float8)
RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT coalesce(sum(worth[array_position(asked, said.lexeme)] * 2.2 * cardinality(said.positions)
        / (cardinality(said.positions) + 0.84 + 0.36 * length / usual)), 0)
    FROM unnest(words) AS said
    WHERE said.lexeme = ANY (asked)
);

-- What is asked for in the way of search engines, by each of some rules, and by any of them.
CREATE FUNCTION queries_of(rules text[], said text) RETURNS tsquery[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN ARRAY(
    SELECT websearch_to_tsquery(one::regconfig, spaced(plain(said))) FROM unnest(rules) WITH ORDINALITY AS r (one, place)
    ORDER BY place
);
CREATE AGGREGATE either(tsquery) (SFUNC = tsquery_or, STYPE = tsquery, INITCOND = '');

-- Whether a record has what is asked for by rules that it goes by itself: what other rules make of that may be less,
-- where they pass over a word.
CREATE FUNCTION is_asked(words tsvector, own text[], rules text[], queries tsquery[])
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN EXISTS (
    SELECT FROM unnest(rules, queries) AS q (rule, query) WHERE q.rule = ANY (own) AND words @@ q.query
);

CREATE FUNCTION grant_search(service regrole) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('GRANT SELECT ON wording, word, letters, wording_total, stemming_used TO %s', service);
    EXECUTE format('GRANT SELECT (id) ON wording_change TO %s', service);
    EXECUTE format('GRANT EXECUTE ON FUNCTION fold_wording(int, text, text) TO %s', service);
END
$$;
REVOKE EXECUTE ON FUNCTION grant_search(regrole), fold_wording(int, text, text), word_revisions(), unword_revisions() FROM PUBLIC;

-- What is there already.
WITH worded AS (
    INSERT INTO wording (kind, id, revision, status, claim, head, shown, length, words, spelled, rules)
    SELECT kind, id, revision, status, claim, head, shown, word_count(words), words, spelled, rules
    FROM (
        SELECT o.kind, o.id, o.revision, o.status,
            CASE o.kind WHEN 'claim' THEN o.id WHEN 'verdict' THEN o.body ->> 'claim_id' END AS claim,
            o.superseded_at IS NULL AS head, o.withdrawn_at IS NULL AND o.status <> 'withheld' AS shown,
            said.words, said.spelled, said.rules
        FROM revision AS o CROSS JOIN LATERAL words_in(o.kind, o.body::jsonb) AS said
        WHERE o.body IS NOT NULL AND o.status <> 'deleted'
        OFFSET 0
    ) AS said
    RETURNING kind, id, words, spelled, length, head, shown
)
INSERT INTO wording_change (kind, record, words, spelled, length, heads, shown)
SELECT kind, id, tsvector_to_array(words), spelled, length, head::int, shown::int FROM worded WHERE head OR shown;
INSERT INTO stemming_used (rules, public)
SELECT one, bool_or(o.public)
FROM wording AS w JOIN revision AS o ON o.kind = w.kind AND o.id = w.id AND o.revision = w.revision,
    unnest(w.rules) AS one
WHERE one <> 'english'
GROUP BY one;
SELECT fold_wording(2147483647);
