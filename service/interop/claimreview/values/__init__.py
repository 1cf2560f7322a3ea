"""Values: dates, numbers, texts, addresses, names and languages out of what members hold.

Which member a record takes a value from, and the reading of ratings, do not belong here.
"""
