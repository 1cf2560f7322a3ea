"""Pure work on JSON values: reading, canonical text, pointers, patches, differences, trimming.

What belongs here takes JSON values and gives JSON values, text or bytes, and can be
called anywhere. What knows of kinds, keys, HTTP or the database does not.
"""
