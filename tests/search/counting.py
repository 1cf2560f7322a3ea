"""Words that are counted now, and not when a sweep comes to it."""

import psycopg

TURN = "SELECT pg_advisory_xact_lock(hashtextextended('factcheck-records: wording', 0))"


def count_words(owner: psycopg.Connection) -> None:
    """Count the words of all that has changed, once nobody else is at it."""
    with owner.transaction():
        owner.execute(TURN)
        owner.execute("SELECT fold_wording(2147483647)")
