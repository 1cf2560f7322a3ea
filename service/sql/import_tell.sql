-- Lets the planner know how many lines wait, if it takes them for less than a tenth of that.
SELECT analyze_lines() FROM pg_class WHERE oid = 'import_line'::regclass AND reltuples BETWEEN 0 AND %(lines)s / 10.0
