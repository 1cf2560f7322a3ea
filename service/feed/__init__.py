"""The changes feed: every change of every record, once, in one order, and who is told of it.

Knows the records; knows nothing of HTTP but the words of its problems.
"""
