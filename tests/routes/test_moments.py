"""`as_of` on lists: what stood at an instant, its pages, its count, and what it referred to."""

from datetime import UTC, datetime, timedelta

import pytest

from service.documents.instants import written
from tests.kinds.smallest import SUBJECT
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import ANY, WHY, delete, purge, put, refused, restore, revise

CLAIMS = "/v1/claims"


@pytest.fixture
def then(http: Newsroom) -> str:
    """Publish three claims, draft a fourth, and return the instant of that."""
    for name in "abc":
        put(http, f"{CLAIMS}/{name}", SUBJECT | {"topics": ["rain"]})
    return put(http, f"{CLAIMS}/d", {"text": "A draft"})["updated_at"]


def listed(http: Newsroom, query: str, key: str | None = None) -> list[tuple[str, int]]:
    """Return ids and revisions of a page."""
    answer = http.get(f"{CLAIMS}?{query}", key=key)
    return [(item["id"], item["revision"]) for item in answer.json()["items"]]


def test_a_list_shows_what_stood_then(http: Newsroom, then: str) -> None:
    revise(http, f"{CLAIMS}/a", text="Other", **WHY)
    put(http, f"{CLAIMS}/e", SUBJECT)
    assert listed(http, f"as_of={then}") == [("c", 1), ("b", 1), ("a", 1)]
    assert listed(http, f"as_of={then}", http.desk)[0] == ("d", 1)
    assert listed(http, "sort=-updated_at") == [("e", 1), ("a", 2), ("c", 1), ("b", 1)]


@pytest.mark.parametrize("sort", ["created_at", "-created_at", "updated_at", "-updated_at"])
def test_a_settled_list_is_the_same_bytes_whatever_is_written_later(
    http: Newsroom, then: str, sort: str
) -> None:
    path = f"{CLAIMS}?as_of={then}&sort={sort}&limit=2&count=true&expand=verdicts"
    before = pages(http, path)
    for name in "abc":
        revise(http, f"{CLAIMS}/{name}", text="Other", topics=[], **WHY)
    put(http, "/v1/verdicts/v", {"claim_id": "a"})
    again = pages(http, path)
    assert [answer.body for answer in again] == [answer.body for answer in before]
    assert {answer.headers["Cache-Control"] for answer in again} == {"public, max-age=300"}
    assert [answer.json()["total"] for answer in again] == [3, 3]


def pages(http: Newsroom, path: str | None) -> list[Answer]:
    """Follow a list to its end."""
    found: list[Answer] = []
    while path:
        found.append(http.get(path))
        path = found[-1].json()["next"]
    return found


def test_filters_look_at_what_stood_then(http: Newsroom, then: str) -> None:
    revise(http, f"{CLAIMS}/a", topics=["snow"], **WHY)
    for query, names in (
        ("topic=rain", "cba"),
        ("topic=snow", ""),
        ("topic=rain&status=retracted", ""),
    ):
        assert "".join(name for name, _ in listed(http, f"{query}&as_of={then}")) == names


def test_what_is_gone_now_is_gone_then_for_the_public_alone(http: Newsroom, then: str) -> None:
    delete(http, f"{CLAIMS}/a")
    revise(http, f"{CLAIMS}/b", status="withheld", **WHY)
    for query in (f"as_of={then}", f"topic=rain&as_of={then}", f"sort=updated_at&as_of={then}"):
        assert listed(http, query) == [("c", 1)]
        assert {("a", 1), ("b", 1)} < set(listed(http, query, http.desk))


def test_what_was_purged_since_is_left_out_for_all(http: Newsroom, then: str) -> None:
    revise(http, f"{CLAIMS}/a", text="Other", **WHY)
    assert purge(http, f"{CLAIMS}/a", 1).status == 204
    for query in (f"as_of={then}", f"topic=rain&as_of={then}"):
        for key in (None, http.desk):
            assert "a" not in dict(listed(http, query, key))


def test_what_was_gone_then_was_not_in_the_list(http: Newsroom, then: str) -> None:
    delete(http, f"{CLAIMS}/a")
    gone = put(http, f"{CLAIMS}/e", SUBJECT)["updated_at"]
    restore(http, f"{CLAIMS}/a", 1, status="published", **WHY)
    for key in (None, http.desk):
        assert "a" not in dict(listed(http, f"as_of={gone}", key))
        assert "a" in dict(listed(http, f"as_of={then}", key))


def test_an_expansion_shows_what_stood_then(http: Newsroom, then: str) -> None:
    verdict = {"claim_id": "a", "scale_id": "truth", "rating": "true", "status": "published"}
    later = put(http, "/v1/verdicts/v", verdict)["updated_at"]
    revise(http, "/v1/verdicts/v", claim_id="b", **WHY)
    assert expanded(http, f"{CLAIMS}?as_of={then}&expand=verdicts") == {}
    assert expanded(http, f"{CLAIMS}?as_of={later}&expand=verdicts") == {"v": 1}
    assert expanded(http, f"{CLAIMS}/a?as_of={later}&expand=verdicts") == {"v": 1}
    assert expanded(http, f"{CLAIMS}/a?expand=verdicts") == {}
    delete(http, "/v1/verdicts/v")
    assert expanded(http, f"{CLAIMS}?as_of={later}&expand=verdicts") == {}


def expanded(http: Newsroom, path: str) -> dict[str, int]:
    """Return ids and revisions of the verdicts that came along."""
    found = http.get(path).json()["expanded"]["verdicts"]
    return {name: record["revision"] for name, record in found.items()}


def test_what_was_referred_to_and_is_gone_now_is_gone_then(http: Newsroom, then: str) -> None:
    verdict = {"claim_id": "a", "scale_id": "truth", "rating": "true", "status": "published"}
    later = put(http, "/v1/verdicts/v", verdict)["updated_at"]
    delete(http, f"{CLAIMS}/a")
    path = f"/v1/verdicts?as_of={later}&expand=claims"
    assert http.get(path).json()["expanded"]["claims"] == {"a": {"gone": True}}
    kept = http.get(path, key=http.desk).json()["expanded"]["claims"]["a"]
    assert kept["revision"] == 1


def test_before_anything_was_recorded_a_list_is_empty(http: Newsroom, then: str) -> None:
    answer = http.get(f"{CLAIMS}?as_of=1999-01-01T00:00:00Z&count=true", key=http.desk)
    assert answer.json() == {"items": [], "next": None, "total": 0}
    assert answer.headers["Cache-Control"] == "private, max-age=300"


def test_an_instant_to_come_is_refused(http: Newsroom, then: str) -> None:
    answer = http.get(f"{CLAIMS}?as_of={written(datetime.now(UTC) + timedelta(hours=1))}")
    assert (refused(answer), answer.codes) == ((400, "invalid-query"), {"as_of": "in-the-future"})


def test_a_cursor_belongs_to_its_instant(http: Newsroom, then: str) -> None:
    other = revise(http, f"{CLAIMS}/a", text="Other", **WHY)["updated_at"]
    following = http.get(f"{CLAIMS}?as_of={then}&limit=1").json()["next"]
    cursor = following.partition("cursor=")[2]
    for query in (f"as_of={other}&cursor={cursor}", f"cursor={cursor}"):
        assert refused(http.get(f"{CLAIMS}?{query}")) == (400, "foreign-cursor")


def test_what_is_so_in_the_world_is_asked_beside_what_was_recorded(http: Newsroom) -> None:
    about = {"about": {"from": "2022-02-16", "to": "2022-02-16"}}
    then = put(http, f"{CLAIMS}/a", SUBJECT | about)["updated_at"]
    revise(http, f"{CLAIMS}/a", about={"from": "2022-03", "to": "2022-03"}, **WHY)
    assert listed(http, f"as_of={then}&valid_at=2022-02-16") == [("a", 1)]
    assert listed(http, f"as_of={then}&valid_at=2022-03-01") == []
    assert listed(http, "valid_at=2022-03-01") == [("a", 2)]


def test_the_pages_of_a_list_without_an_instant_are_of_one_moment(
    http: Newsroom, then: str
) -> None:
    first = http.get(f"{CLAIMS}?limit=1&count=true")
    revise(http, f"{CLAIMS}/b", text="Other", **WHY)
    delete(http, f"{CLAIMS}/a")
    put(http, f"{CLAIMS}/e", SUBJECT)
    second = http.get(first.json()["next"])
    assert [(item["id"], item["revision"]) for item in second.json()["items"]] == [("b", 1)]
    assert (second.json()["total"], second.json()["next"]) == (3, None)
    assert second.headers["Cache-Control"] == "no-store"


def test_etags_count_for_what_is_read_at_an_instant(http: Newsroom, then: str) -> None:
    path = f"{CLAIMS}/a?as_of={then}&expand=verdicts"
    tag = http.get(path).headers["ETag"]
    assert http.get(path, headers={"If-None-Match": tag}).status == 304
    assert http.put(f"{CLAIMS}/a", json=SUBJECT | WHY, key=http.editor, headers=ANY).status == 200


def test_the_pages_of_a_history_end_with_what_was_last_on_the_first(http: Newsroom) -> None:
    put(http, f"{CLAIMS}/a", SUBJECT)
    revise(http, f"{CLAIMS}/a", text="Other", **WHY)
    for key in (None, http.desk):
        path, numbers = f"{CLAIMS}/a/revisions?limit=1", list[int]()
        while path:
            page = http.get(path, key=key).json()
            numbers += [item["revision"] for item in page["items"]]
            path = page["next"]
            revise(http, f"{CLAIMS}/a", text=f"Again {numbers} {key}", **WHY)
        assert numbers == [*range(1, len(numbers) + 1)]
        assert len(numbers) == (2 if key is None else 4)
