"""How long, how many and how large: every upper bound of the schemas, written once.

Lengths count characters (Unicode code points), as JSON Schema's ``maxLength`` does. They are
meant to be out of the way of honest work and in the way of a pasted library.
"""

from typing import Final

LABEL: Final = 100
"""A word or two: a topic, a unit, a platform."""

ACTOR: Final = 200
"""The person behind a key that several share."""

NAME: Final = 300
"""What a person, a body or a place is called."""

TITLE: Final = 1_000
"""A headline, or where in a work something stands."""

NOTE: Final = 1_000
"""Why a change was made; it must also fit into a request line."""

URL: Final = 2_000
"""An address, as people paste it."""

PARAGRAPH: Final = 5_000
"""A claim, a quotation, a summary."""

PAGE: Final = 20_000
"""The circumstances of a claim; an answer in full."""

ARTICLE: Final = 200_000
"""The explanation of a verdict."""

FEW: Final = 20
"""Items of a list that is short by nature."""

SEVERAL: Final = 50
"""Items of a list that a person would write by hand."""

MANY: Final = 200
"""Items of the longest lists."""

CURSOR: Final = 2_000
"""Where a list or a feed goes on."""

INTERNAL_BYTES: Final = 32 * 1024
"""What is never public, as compact JSON in UTF-8."""

RAW_BYTES: Final = 256 * 1024
"""What was imported, word for word, as compact JSON in UTF-8."""

DEPTH: Final = 32
"""Levels of objects and lists inside one another, as the reader of bodies allows."""

INTEGER: Final = 2**53 - 1
"""The largest whole number that every JSON reader takes for the same (RFC 8785, RFC 7493)."""

REVISION: Final = 2**31 - 1
"""The largest revision number and count."""
