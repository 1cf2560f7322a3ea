-- By which rules the words go that a list is searched for.
SELECT rules_for(%(language)s, %(keyed)s) AS rules
