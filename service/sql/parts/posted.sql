-- The records that are posted under the one term that is asked for, in the order of their creation.
JOIN posting AS p ON p.id = {row}.id AND p.term = posted(%(kind)s, %(posted)s)
