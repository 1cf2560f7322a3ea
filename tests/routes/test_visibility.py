"""What the public sees of a record at every step of a long life, and what keys see."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import orjson
import pytest

from tests.kinds.smallest import Json, Sample
from tests.newsroom import Newsroom
from tests.routes.acts import WHY, delete, draft, publish, put, refused, restore, revise

LIFE: Final[dict[int, Json]] = {
    2: {"member": "two"},
    3: {"member": "three", "status": "published"},
    4: {"member": "four", "status": "draft"},
    5: {"member": "five", "status": "published", **WHY},
    6: {"status": "retracted", **WHY},
    7: {"status": "withheld", **WHY},
    8: {"status": "published", **WHY},
    11: {"status": "published", **WHY},
}
"""What is changed to make each revision; 1 is a draft, 9 a tombstone, 10 restores 8 as a draft."""


class Seen(NamedTuple):
    """What the public gets; a number below 100 is a revision, else a status."""

    item: int
    history: object
    drafts: set[int]
    third: int
    diff: int
    then: int
    elsewhere: object


HIDDEN: Final = Seen(404, 404, {404}, 404, 404, 404, None)
WITHHELD: Final = Seen(451, 451, {451}, 451, 451, 451, None)
GONE: Final = Seen(410, 410, {410}, 410, 410, 410, None)
TABLE: Final = {
    1: HIDDEN,
    2: HIDDEN,
    3: Seen(3, [3], {404}, 3, 404, 3, 3),
    4: Seen(3, [3], {404}, 3, 404, 3, 3),
    5: Seen(5, [3, 5], {404}, 3, 200, 3, 5),
    6: Seen(6, [3, 5, 6], {404}, 3, 200, 3, 6),
    7: WITHHELD,
    8: Seen(8, [3, 5, 6, 7, 8], {404}, 3, 200, 3, 8),
    9: GONE,
    10: GONE,
    11: Seen(11, [3, 5, 6, 7, 8, 9, 11], {404}, 3, 200, 3, 11),
}
"""The table of section 4 of the design."""

REFERRERS: Final = {
    "scale": ("/v1/verdicts/r", {"claim_id": "subject", "scale_id": "one", "rating": "five"}),
    "source": ("/v1/claims/r", {"text": "It snowed", "attribution": [{"source_id": "one"}]}),
    "claim": ("/v1/verdicts/r", {"claim_id": "one", "scale_id": "truth", "rating": "true"}),
    "verdict": (
        "/v1/verdicts/r",
        {"claim_id": "subject", "scale_id": "truth", "rating": "true", "supersedes": "one"},
    ),
}
"""A public record of which each kind's one is a part."""


def steps(http: Newsroom, sample: Sample, until: int) -> Iterator[tuple[int, list[str]]]:
    """Write revisions one by one; yield the number of each and the instants of all so far."""
    instants = [draft(http, sample, **sample.rated, internal={"tip": "secret"})["updated_at"]]
    yield 1, instants
    for number in range(2, until + 1):
        change = dict(LIFE.get(number, {}))
        if "member" in change:
            change[sample.member] = change.pop("member")
        if number == 9:
            delete(http, sample.path)
        elif number == 10:
            restore(http, sample.path, 8)
        else:
            revise(http, sample.path, **change)
        instants.append(history(http, sample, http.editor)[-1]["recorded_at"])
        yield number, instants


def live(http: Newsroom, sample: Sample, until: int) -> list[str]:
    """Write revisions up to a number and return the instant of each, from 1 on."""
    return list(steps(http, sample, until))[-1][1]


def history(http: Newsroom, sample: Sample, key: str | None) -> list[Json]:
    """Return the lines of the record's history that a key, or the public, sees."""
    return http.get(f"{sample.path}/revisions", key=key).json()["items"]


def number(http: Newsroom, path: str) -> int:
    """Return which revision the public gets at a path, or the status of the refusal."""
    answer = http.get(path)
    return answer.json()["revision"] if answer.status == 200 else answer.status


def look(http: Newsroom, sample: Sample, instants: list[str]) -> Seen:
    """Look at the record from all sides, as the public."""
    path = sample.path
    lines = http.get(f"{path}/revisions")
    return Seen(
        number(http, path),
        lines.status if lines.status != 200 else [one["revision"] for one in lines.json()["items"]],
        {number(http, f"{path}/revisions/{n}") for n in (1, 2, 4)},
        number(http, f"{path}/revisions/3"),
        http.get(f"{path}/revisions/5/diff").status,
        number(http, f"{path}?as_of={instants[:4][-1]}"),
        next(iter(listed(http, sample)), None),
    )


def listed(http: Newsroom, sample: Sample) -> set[int]:
    """Return the revisions of the record in list and export; the two must agree."""
    items = http.get(f"{sample.collection}?count=true").json()["items"]
    export = [orjson.loads(line) for line in http.get("/v1/export").body.splitlines()]
    found = [
        {one["revision"] for one in records if one.get("self") == sample.path}
        for records in (items, export)
    ]
    assert found[0] == found[1]
    return found[0]


def test_the_public_sees_of_a_record_what_the_table_says(http: Newsroom, sample: Sample) -> None:
    seen = {now: look(http, sample, instants) for now, instants in steps(http, sample, 11)}
    assert seen == TABLE


def test_what_refers_to_a_record_shows_it_as_the_public_may_see_it(
    http: Newsroom, sample: Sample
) -> None:
    (path, body), kinds, seen = REFERRERS[sample.kind], f"{sample.kind}s", {}
    for now, _ in steps(http, sample, 11):
        if now == 3:
            put(http, path, body | {"status": "published"})
        if now >= 3:
            one = http.get(f"{path}?expand={kinds}").json()["expanded"][kinds]["one"]
            seen[now] = one.get("revision", one)
    expected = {now: row.item if row.item < 100 else {"gone": True} for now, row in TABLE.items()}
    assert seen == {now: expected[now] for now in range(3, 12)}


@pytest.mark.parametrize("now", [2, 4, 11])
def test_the_drafts_are_nowhere_in_what_the_public_gets(
    http: Newsroom, sample: Sample, now: int
) -> None:
    instants = live(http, sample, now)
    paths = ["", "/revisions", *(f"/revisions/{n}" for n in range(1, now + 1))]
    paths += [f"/revisions/{n}/diff" for n in range(1, now + 1)]
    paths += [f"?as_of={instant}" for instant in instants]
    texts = [http.get(sample.path + path).text for path in paths]
    texts += [http.get("/v1/export?history=true").text, http.get(f"{sample.collection}").text]
    for text in texts:
        assert not any(word in text for word in ("four", '"two"', "secret", "recorded_by"))


@pytest.mark.parametrize("now", [1, 4, 7, 10])
def test_a_key_that_reads_sees_the_latest_revision(
    http: Newsroom, sample: Sample, reader: str, now: int
) -> None:
    live(http, sample, now)
    answer = http.get(sample.path, key=reader)
    assert (answer.status, answer.headers["ETag"]) == (200, f'"{now}"')
    assert answer.json()["internal"] == {"tip": "secret"}
    assert answer.json()["recorded_by"] == {"key": "editor"}
    items = http.get(sample.collection, key=reader).json()["items"]
    assert answer.json() in items


def test_a_key_that_reads_sees_every_revision(http: Newsroom, sample: Sample, reader: str) -> None:
    live(http, sample, 11)
    lines = history(http, sample, reader)
    assert [line["revision"] for line in lines] == list(range(1, 12))
    assert [line["revision"] for line in lines if line["body"] is None] == [9]
    assert refused(http.get(f"{sample.path}/revisions/9", key=reader)) == (410, "gone")


def test_a_key_without_scopes_sees_what_the_public_sees(
    http: Newsroom, sample: Sample, visitor: str
) -> None:
    live(http, sample, 4)
    assert http.get(sample.path, key=visitor).json() == http.get(sample.path).json()
    assert refused(http.get(f"{sample.path}/revisions/4", key=visitor)) == (404, "not-found")


def test_a_withheld_record_says_why(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    revise(http, sample.path, status="withheld", note="A court says so.", reason="legal")
    for path in (sample.path, f"{sample.path}/revisions", f"{sample.path}/revisions/1"):
        answer = http.get(path)
        assert refused(answer) == (451, "withheld")
        assert (answer.json()["note"], answer.json()["reason"]) == ("A court says so.", "legal")
        assert answer.headers["Cache-Control"] == "no-store"


def test_lines_that_were_not_to_be_seen_stay_without_body(http: Newsroom, sample: Sample) -> None:
    live(http, sample, 11)
    lines = {line["revision"]: line for line in history(http, sample, None)}
    assert [n for n, line in lines.items() if line["body"] is None] == [7, 9]
    assert lines[7]["salt"] is None
    assert lines[7]["note"] == WHY["note"]


def test_a_retracted_record_stays_and_is_marked(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    revise(http, sample.path, status="retracted", **WHY)
    assert http.get(sample.path).json()["status"] == "retracted"
    assert http.get(f"{sample.collection}?status=retracted").json()["items"][0]["id"] == "one"


@pytest.mark.parametrize("change", [{"internal": {"tip": "new"}}, {"origin": {"raw": {"new": 1}}}])
def test_what_is_internal_does_not_move_what_the_public_has(
    http: Newsroom, sample: Sample, change: dict[str, Any]
) -> None:
    publish(http, sample, internal={"tip": "old"}, origin={"raw": {"old": 1}})
    before = http.get(sample.path)
    assert revise(http, sample.path, **change)["revision"] == 2
    after = http.get(sample.path)
    assert (after.headers["ETag"], after.json()) == ('"1"', before.json())
    assert refused(http.get(f"{sample.path}/revisions/2")) == (404, "not-found")


def test_a_draft_published_as_the_public_has_it_is_no_news(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    revise(http, sample.path, status="draft")
    assert revise(http, sample.path, status="published")["revision"] == 3
    assert http.get(sample.path).headers["ETag"] == '"1"'
    assert [line["revision"] for line in history(http, sample, None)] == [1]


def test_what_is_internal_or_raw_is_for_keys_only(http: Newsroom, sample: Sample) -> None:
    origin = {"url": "https://x.example/", "raw": {"secret": 1}}
    publish(http, sample, internal={"tip": "secret"}, origin=origin)
    assert http.get(sample.path, key=http.desk).json()["origin"] == origin
    assert http.get(sample.path).json()["origin"] == {"url": "https://x.example/"}
    paths = (
        "",
        "?fields=internal,origin,recorded_by",
        "/revisions",
        "/revisions/1",
        "?expand=claims",
    )
    assert not any("secret" in http.get(sample.path + path).text for path in paths)
