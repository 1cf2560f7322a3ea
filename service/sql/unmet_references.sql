-- Which references of a revision to be written do not hold, and why.
SELECT ref, code FROM unmet_references(%(refs)s, %(needed)s, %(visible)s, %(held)s)
