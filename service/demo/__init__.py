"""The story of February 2022 as package data: a history that `factcheck import` reads."""

from importlib.resources import files


def lines() -> bytes:
    """Return the demo's NDJSON: a line a revision, sorted by the instant it was recorded.

    It is made by hand: meta, end, salts and hashes are left for the import to make.
    """
    return files(__name__).joinpath("story.ndjson").read_bytes()
