"""Numbers of a review as a rating of the scale `truth`, where their scale is sane."""

LEAST = 1
"""The lowest that a scale may begin with: 0 and -1 stand for what was not filled in."""

BOUNDS = ((0.125, "false"), (0.375, "mostly_false"), (0.625, "mixed"), (0.875, "mostly_true"))
"""Where on the way from worst to best the ratings end: the five of a scale of 1 to 5."""


def rating(value: float | None, best: float | None, worst: float | None) -> tuple[str | None, str]:
    """Return the rating and the rule that made it, or None and why there is none.

    A scale is sane when worst, best and value are given, worst is at least 1 and less than
    best, and the value lies between them.
    """
    if value is None or best is None or worst is None:
        return None, "the numbers are not all given"
    if not LEAST <= worst < best:
        return None, f"{worst:g} to {best:g} is no scale"
    if not worst <= value <= best:
        return None, f"{value:g} is not between {worst:g} and {best:g}"
    share = (value - worst) / (best - worst)
    found = next((name for bound, name in BOUNDS if share < bound), "true")
    if share == BOUNDS[2][0]:  # the middle is symmetric: what lies on its upper end is in it
        found = "mixed"
    return found, f"numbers: {value:g} of {worst:g} to {best:g}"
