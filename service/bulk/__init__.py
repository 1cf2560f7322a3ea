"""Everything in, everything out: exports, and imports of records or of their whole histories.

Knows the records and how one is written; knows nothing of HTTP but the words of its problems.
"""
