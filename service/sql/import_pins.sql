-- Lets what follows in this transaction find rows by indexes: the planner, which cannot know how many lines
-- an import has in a table that was empty a moment ago, would compare all of them with all records.
SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
    set_config('enable_mergejoin', 'off', true), set_config('enable_material', 'off', true),
    set_config('enable_hashjoin', 'off', true)
