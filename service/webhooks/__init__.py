"""Webhooks: bookmarks in the changes feed, whose events go to addresses of other people.

Who is told, of what, how far they have got, and how one event travels. Which process does it,
with how many at once, belongs in `running`; what an event says belongs in `feed`.
"""
