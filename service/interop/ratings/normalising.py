"""Normalising: a publisher's label and numbers as one rating of `truth`, and by which rule."""

from dataclasses import dataclass

from service.interop.ratings import labels, numbers

SCALE = "truth"
"""The id of the scale that every server starts with."""


@dataclass(frozen=True, slots=True)
class Normal:
    """A rating of `truth` or None, the rule that led there, and what spoke against it.

    `label` is the entry of the table by which a label is known.
    """

    rating: str | None
    rule: str
    conflict: str | None = None
    label: str | None = None


def normalised(
    label: str | None,
    value: float | None = None,
    best: float | None = None,
    worst: float | None = None,
    language: str | None = None,
) -> Normal:
    """Return what label and numbers come to; where they differ the label is believed.

    A label is chosen by a person for readers, the numbers are filled in for machines, and
    often with the same one for every review. Where neither is known there is no rating.
    """
    by_numbers, rule = numbers.rating(value, best, worst)
    known = labels.meaning(label) if label else None
    if known is None:
        what = "there is no label" if not label else "no table knows the label"
        if by_numbers is None:
            return Normal(None, f"none: {what}, and {rule}")
        return Normal(by_numbers, rule)
    how = "label begins" if known.begins else "label"
    by_label = f'{how}: "{known.label}" ({known.language(language)})'
    if known.rating is None:
        by_label = f"none: {by_label} says nothing about truth"
    differs = by_numbers is not None and by_numbers != known.rating
    conflict = f"{rule} would be {by_numbers}" if differs else None
    return Normal(known.rating, by_label, conflict, known.label)
