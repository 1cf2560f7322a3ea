"""What can be done with records: read them now or as of then, write them, list them.

One function an act, one statement a function where all goes well. Knows kinds and
statements; knows nothing of HTTP but the words of its problems.
"""
