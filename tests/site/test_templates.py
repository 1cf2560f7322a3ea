"""The templates of the pages."""

from importlib.resources import files
from itertools import combinations

RUN, MUCH = 3, 150
"""Lines in a row, and the characters from which they are more than the end of an element."""


def test_no_template_says_again_what_another_says() -> None:
    runs = {}
    for template in (files("service.site") / "templates").iterdir():
        lines = [line.strip() for line in template.read_text().splitlines()]
        each = ("\n".join(lines[at : at + RUN]) for at in range(len(lines)))
        runs[template.name] = {run for run in each if len(run) >= MUCH}
    found = {(a, b): runs[a] & runs[b] for a, b in combinations(runs, 2) if runs[a] & runs[b]}
    assert found == {}
