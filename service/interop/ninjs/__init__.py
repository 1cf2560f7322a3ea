"""ninjs, the news item in JSON of the IPTC: items of a newsroom in (1.x), verdicts out (3.1).

Pure functions from one to the other: nothing here reads or writes records.
"""
