"""Importing: a whole file as the lines of an import, and the report on each of its items.

How one item is understood belongs to records; requests and the command line are no part of it.
"""
