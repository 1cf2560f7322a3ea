"""The report of an import in lines that people read."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import orjson

from service.interop.claimreview.importing.entries import Entries
from service.interop.claimreview.importing.gathering import Reviews
from service.interop.claimreview.reading.lint import CODES, shown


def told(file: Reviews, tell: Callable[[str], object]) -> None:
    """Tell of all entries of a file that was read, and let go of it."""
    for line in readable(file.entries):
        _ = tell(line)
    file.close()


def readable(entries: Entries) -> Iterator[str]:
    """Yield what came of each item and what was found in it, then how often each was found."""
    totals = Counter[str]()
    for line in entries.lines():
        entry = orjson.loads(line)
        yield _head(entry)
        for finding in entry["findings"]:
            totals[finding["code"]] += 1
            yield _finding(finding)
        if more := entry.get("untold"):
            yield f"  and {more} more"
    yield from _totals(entries, totals)


def _head(entry: dict[str, Any]) -> str:
    place = f"line {entry['line']} {entry['pointer']}"
    if entry["item"] is None:
        passed = ", ".join(
            f"{count} {name}" for name, count in entry.get("passed_over", {}).items()
        )
        return f"{place}: no review{f'; passed over: {shown(passed)}' if passed else ''}"
    if "records" not in entry:
        return f"{place}: item {entry['item']} was not understood"
    rating = f"rated {entry['rating']}" if entry["rating"] else "without a rating"
    return f"{place}: item {entry['item']} is verdict {entry['records']['verdict']}, {rating}"


def _finding(finding: dict[str, str]) -> str:
    found = f": {finding['found']}" if "found" in finding else ""
    made = f" -> {finding['made']}" if "made" in finding else ""
    return f"  {finding['code']} {finding['pointer']}{found}{made}"


def _totals(entries: Entries, totals: Counter[str]) -> Iterator[str]:
    for code, count in totals.most_common():
        yield f"{count:,} × {code}: {CODES[code]}"  # noqa: RUF001 -- the sign is meant
    repeated = f", {entries.repeated:,} came twice" if entries.repeated else ""
    yield f"{entries.items:,} reviews, {entries.understood:,} understood{repeated}."
