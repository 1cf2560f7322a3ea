-- Lets the planner know what there is, now that an import has changed it.
SELECT analyze_revisions()
