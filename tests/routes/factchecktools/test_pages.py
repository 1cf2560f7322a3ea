"""Google's client writes pages of markup, which are drafts of ours."""

from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from service.records.rows import Page
from service.storage.database import Database
from tests.newsroom import Newsroom
from tests.routes.acts import revise
from tests.routes.factchecktools.archive import PAGE, publish, put
from tests.routes.factchecktools.client import DISCOVERY, Google, Json
from tests.routes.factchecktools.conftest import Pointed


@pytest.fixture
def made(google: Google) -> Json:
    """Create the page."""
    return google("pages", "create", body=PAGE)


def records(http: Newsroom, kind: str) -> list[Json]:
    """Return what there is of a kind, the oldest first."""
    return http.get(f"/v1/{kind}?sort=created_at", key=http.desk).json()["items"]


def changed(page: Json, place: int = 0, **markup: Any) -> Json:  # noqa: ANN401 -- JSON
    """Return a page one of whose markups says something else."""
    found = deepcopy(page)
    found["claimReviewMarkups"][place] |= markup
    return found


def test_a_page_reads_as_it_was_written(google: Google, made: Json) -> None:
    own = {name: made.pop(name) for name in ("name", "versionId")}
    assert made == PAGE
    assert google("pages", "get", name=own["name"]) == made | own


def test_the_client_calls_every_method(google: Google, http: Newsroom, made: Json) -> None:
    publish(http, "Kyiv")
    _ = google("claims", "search", query="It rained")
    _ = google("claims", "imageSearch", imageUri="https://desk.example/1.jpg")
    _ = google("pages", "list")
    _ = google("pages", "get", name=made["name"])
    _ = google("pages", "update", name=made["name"], body=made)
    assert google("pages", "delete", name=made["name"]) == {}
    resources = DISCOVERY["resources"].items()
    every = {f"{name}.{method}" for name, one in resources for method in one["methods"]}
    assert google.asked == every


def test_a_page_is_kept_as_drafts_of_claims_and_verdicts(http: Newsroom, made: Json) -> None:
    claims, verdicts = records(http, "claims"), records(http, "verdicts")
    assert [one["status"] for one in claims + verdicts] == ["draft"] * 4
    assert [one["claim_id"] for one in verdicts] == [one["id"] for one in claims]
    assert len({one["created_at"] for one in claims + verdicts}) == 1
    assert verdicts[0]["original_rating"] == {
        "label": "Mostly false",
        "value": 2,
        "best": 5,
        "worst": 1,
        "rule": 'label: "Mostly false" (en)',
    }
    assert (verdicts[0]["scale_id"], verdicts[0]["rating"]) == ("truth", "mostly_false")
    assert claims[0]["appearances"][0] == {"url": "https://ministry.example/1", "first": True}
    assert verdicts[0]["recorded_by"] == {"key": "desk"}
    assert http.get("/v1/claims").json()["items"] == []


def test_a_rating_that_changes_comes_to_another_or_to_none(
    google: Google, http: Newsroom, made: Json
) -> None:
    rating = made["claimReviewMarkups"][0]["rating"]
    for label, expected in (("Pants on fire", "false"), ("Wishful thinking", None)):
        rating |= {"textualRating": label, "bestRating": 1}
        made = google(
            "pages", "update", name=made["name"], body=made | {"versionId": made["versionId"]}
        )
        rating = made["claimReviewMarkups"][0]["rating"]
        assert records(http, "verdicts")[0].get("rating") == expected


def test_a_page_is_not_created_twice(google: Google, made: Json) -> None:
    body = PAGE | {"pageUrl": "http://www.desk.example/troops/"}
    status, error = google.refused("pages", "create", body=body)
    assert (status, error["status"]) == (409, "ALREADY_EXISTS")
    assert error["details"][0]["metadata"]["name"] == made["name"]


def test_of_pages_created_at_once_one_is(pointed: Pointed, http: Newsroom) -> None:
    clients = [pointed(http.desk) for _ in range(4)]

    def create(client: Google) -> int:
        try:
            _ = client("pages", "create", body=PAGE)
        except HttpError as error:
            return error.status_code
        return 200

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(create, clients)) == [200, 409, 409, 409]
    assert len(records(http, "verdicts")) == 2


def test_a_page_is_created_once_for_an_idempotency_key(http: Newsroom) -> None:
    headers = {"Idempotency-Key": "once"}
    first = http.post("/v1alpha1/pages", json=PAGE, key=http.desk, headers=headers)
    again = http.post("/v1alpha1/pages", json=PAGE, key=http.desk, headers=headers)
    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    path = f"/v1alpha1/{first.json()['name']}"
    gone = {"Idempotency-Key": "gone"}
    for replayed in (None, "true"):
        answer = http.delete(path, key=http.desk, headers=gone)
        assert (answer.json(), answer.headers.get("Idempotency-Replayed")) == ({}, replayed)
    answer = http.post("/v1alpha1/pages", json=PAGE, key=http.desk, headers=headers)
    assert answer.json()["error"]["status"] == "NOT_FOUND"


def test_a_page_is_written_whole_or_not_at_all(google: Google, http: Newsroom) -> None:
    address = "https://paper.example/{}"
    many = [address.format(number) for number in range(200)]
    body = changed(PAGE, 1, claimAppearances=many, claimFirstAppearance=address)
    status, error = google.refused("pages", "create", body=body)
    assert (status, error["status"]) == (400, "INVALID_ARGUMENT")
    violations = error["details"][1]["fieldViolations"]
    assert {one["field"] for one in violations} >= {"claimReviewMarkups[1].appearances"}
    assert records(http, "claims") == []


def test_an_update_writes_what_differs(google: Google, http: Newsroom, made: Json) -> None:
    body = changed(made, 0, claimReviewed="All troops are returning to base")
    after = google("pages", "update", name=made["name"], body=body)
    assert after.pop("versionId") != body.pop("versionId")
    assert after == body
    assert [one["revision"] for one in records(http, "claims")] == [2, 1]
    assert [one["revision"] for one in records(http, "verdicts")] == [1, 1]


def test_an_update_that_changes_nothing_writes_nothing(google: Google, made: Json) -> None:
    assert google("pages", "update", name=made["name"], body=made) == made


def test_an_update_keeps_what_google_has_no_name_for(
    google: Google, http: Newsroom, made: Json
) -> None:
    claim, verdict = records(http, "claims")[0]["self"], records(http, "verdicts")[0]["self"]
    appearances = [
        {"url": "https://ministry.example/1", "first": True, "title": "A statement"},
        {"platform": "radio"},
    ]
    claimant = {"kind": "government", "same_as": ["https://a.example/", "https://b.example/"]}
    _ = revise(http, claim, appearances=appearances, claimant=claimant, locations=["A", "B"])
    _ = revise(http, verdict, explanation="At length.", internal={"tip": 1})
    page = google("pages", "get", name=made["name"])
    author = page["claimReviewMarkups"][0]["claimAuthor"] | {"sameAs": "https://c.example/"}
    body = changed(page, 0, claimAuthor=author, claimLocation="C")
    body["claimReviewMarkups"][0]["claimAppearances"] = ["https://paper.example/2"]
    body["claimReviewMarkups"][0]["rating"]["textualRating"] = "Half true"
    _ = google("pages", "update", name=made["name"], body=body)
    now = http.get(claim, key=http.desk).json()
    assert now["appearances"] == [
        {"url": "https://ministry.example/1", "title": "A statement", "first": True},
        {"url": "https://paper.example/2"},
        {"platform": "radio"},
    ]
    assert now["claimant"]["same_as"] == ["https://c.example/", "https://b.example/"]
    assert (now["claimant"]["kind"], now["locations"]) == ("government", ["C", "B"])
    now = http.get(verdict, key=http.desk).json()
    assert (now["explanation"], now["internal"]) == ("At length.", {"tip": 1})


def test_a_markup_left_out_is_deleted_and_a_new_one_written(
    google: Google, http: Newsroom, made: Json
) -> None:
    body = changed(made, 0, claimReviewed="The drills end on Sunday", url=made["pageUrl"])
    del body["claimReviewMarkups"][1]
    body["claimReviewMarkups"][0]["rating"] = {"textualRating": "False"}
    after = google("pages", "update", name=made["name"], body=body)
    assert [one["claimReviewed"] for one in after["claimReviewMarkups"]] == [
        "The drills end on Sunday"
    ]
    assert len(records(http, "claims")) == len(records(http, "verdicts")) == 1
    after["claimReviewMarkups"].append({"claimReviewed": "Nobody has left"})
    grown = google("pages", "update", name=made["name"], body=after)
    assert [one["claimReviewed"] for one in grown["claimReviewMarkups"]][1:] == ["Nobody has left"]


@pytest.mark.parametrize("version", [None, "1"])
def test_an_update_names_the_version_it_is_of(
    google: Google, made: Json, version: str | None
) -> None:
    body = {name: value for name, value in made.items() if name != "versionId"}
    body |= {"versionId": version} if version else {}
    status, error = google.refused("pages", "update", name=made["name"], body=body)
    expected = (409, "ABORTED") if version else (400, "FAILED_PRECONDITION")
    assert (status, error["status"]) == expected
    assert error["details"][0]["metadata"]["versionId"] == made["versionId"]


def test_a_change_elsewhere_makes_a_version_stale(
    google: Google, http: Newsroom, made: Json
) -> None:
    _ = revise(http, records(http, "claims")[1]["self"], text="The drills end on Monday")
    assert google.refused("pages", "update", name=made["name"], body=made)[0] == 409


def test_a_page_keeps_address_and_name(google: Google, made: Json) -> None:
    elsewhere = made | {"pageUrl": "https://desk.example/other", "name": "pages/x"}
    status, error = google.refused("pages", "update", name=made["name"], body=elsewhere)
    fields = {one["field"] for one in error["details"][1]["fieldViolations"]}
    assert status == 400
    assert fields >= {"pageUrl", "name", "claimReviewMarkups[0].url"}


def test_the_address_of_a_page_has_no_anchor(google: Google) -> None:
    body = PAGE | {"pageUrl": "https://desk.example/troops#one"}
    _, error = google.refused("pages", "create", body=body)
    assert [one["field"] for one in error["details"][1]["fieldViolations"]] == ["pageUrl"]


def test_a_faulty_page_is_told_all_its_faults(google: Google) -> None:
    body = changed(PAGE, 1, claimReviewed="", rating={"ratingValue": "5"}) | {
        "pageUrl": "x",
        "a": 1,
    }
    status, error = google.refused("pages", "create", body=body)
    assert (status, error["status"]) == (400, "INVALID_ARGUMENT")
    assert {one["field"] for one in error["details"][1]["fieldViolations"]} == {
        "a",
        "pageUrl",
        "claimReviewMarkups[1].claimReviewed",
        "claimReviewMarkups[1].rating.ratingValue",
    }


def test_a_change_of_what_is_public_is_refused_with_the_line_that_does_it(
    google: Google, http: Newsroom
) -> None:
    publish(http, "Kyiv")
    [page] = google("pages", "list", url="https://desk.example/Kyiv")["claimReviewMarkupPages"]
    rating = page["claimReviewMarkups"][0]["rating"] | {"textualRating": "Nonsense"}
    body = changed(page, 0, rating=rating)
    status, error = google.refused("pages", "update", name=page["name"], body=body)
    assert (status, error["status"]) == (400, "FAILED_PRECONDITION")
    assert "curl" in error["message"]
    assert "-X PATCH" in error["message"]
    assert "/v1/verdicts/Kyiv" in error["message"]
    assert '"label":"Nonsense"' in error["message"]
    assert google("pages", "get", name=page["name"]) == page


def test_what_is_public_is_not_deleted_here(google: Google, http: Newsroom) -> None:
    publish(http, "Kyiv")
    [page] = google("pages", "list", url="https://desk.example/Kyiv")["claimReviewMarkupPages"]
    _, error = google.refused("pages", "delete", name=page["name"])
    assert error["status"] == "FAILED_PRECONDITION"
    assert "-X DELETE 'http://" in error["message"]
    body = page | {"claimReviewMarkups": [{"claimReviewed": "Another"}, {"claimReviewed": "Third"}]}
    _, error = google.refused("pages", "update", name=page["name"], body=body)
    assert '"text":"Another"' in error["message"]


def test_a_long_change_is_to_be_sent_as_a_file(google: Google, http: Newsroom) -> None:
    publish(http, "Kyiv")
    [page] = google("pages", "list", url="https://desk.example/Kyiv")["claimReviewMarkupPages"]
    body = changed(page, 0, claimReviewed="x" * 2_000)
    _, error = google.refused("pages", "update", name=page["name"], body=body)
    assert "-d @change.json" in error["message"]


def test_a_rating_of_a_scale_becomes_the_publishers_own_only_where_it_changes(
    google: Google, http: Newsroom
) -> None:
    put(http, "/v1/claims/Kyiv", {"text": "It rained"})
    sent = {"claim_id": "Kyiv", "scale_id": "truth", "rating": "mostly_false"}
    put(http, "/v1/verdicts/Kyiv", sent | {"url": "https://desk.example/Kyiv"})
    [page] = google("pages", "list", url="https://desk.example/Kyiv")["claimReviewMarkupPages"]
    rating = {"textualRating": "Mostly false", "ratingValue": 2, "worstRating": 1, "bestRating": 5}
    assert page["claimReviewMarkups"][0]["rating"] == rating
    assert google("pages", "update", name=page["name"], body=page) == page
    body = changed(page, 0, rating=rating | {"textualRating": "Hardly"})
    after = google("pages", "update", name=page["name"], body=body)
    assert after["claimReviewMarkups"] == body["claimReviewMarkups"]


def test_two_markups_cannot_say_different_things_of_one_claim(
    google: Google, http: Newsroom
) -> None:
    put(http, "/v1/claims/Kyiv", {"text": "It rained"})
    for name in ("a", "b"):
        put(http, f"/v1/verdicts/{name}", {"claim_id": "Kyiv", "url": "https://desk.example/Kyiv"})
    [page] = google("pages", "list", url="https://desk.example/Kyiv")["claimReviewMarkupPages"]
    one = changed(changed(page, 0, claimDate="2022"), 1, claimDate="2022")
    after = google("pages", "update", name=page["name"], body=one)
    other = changed(changed(after, 0, claimDate="2023"), 1, claimDate="2024")
    status, error = google.refused("pages", "update", name=page["name"], body=other)
    assert (status, error["details"][1]["fieldViolations"][0]["reason"]) == (400, "GIVEN_TWICE")


def test_a_deleted_page_leaves_its_history(google: Google, http: Newsroom, made: Json) -> None:
    path = records(http, "verdicts")[0]["self"]
    _ = google("pages", "delete", name=made["name"])
    assert records(http, "claims") == records(http, "verdicts") == []
    assert google.refused("pages", "get", name=made["name"])[1]["status"] == "NOT_FOUND"
    assert google.refused("pages", "delete", name=made["name"])[0] == 404
    assert google.refused("pages", "update", name=made["name"], body=made)[0] == 404
    history = http.get(f"{path}/revisions", key=http.desk).json()["items"]
    assert [one["status"] for one in history] == ["draft", "deleted"]


def test_a_claim_that_others_speak_of_outlives_a_page(
    google: Google, http: Newsroom, made: Json
) -> None:
    first, second = records(http, "claims")
    put(http, "/v1/verdicts/other", {"claim_id": first["id"]})
    relation = {"type": "repeats", "claim_id": second["id"]}
    put(http, "/v1/claims/other", {"text": "They do", "relations": [relation]})
    _ = google("pages", "delete", name=made["name"])
    assert {one["id"] for one in records(http, "claims")} == {first["id"], second["id"], "other"}


def test_a_public_claim_outlives_a_page(google: Google, http: Newsroom, made: Json) -> None:
    first = records(http, "claims")[0]
    _ = revise(http, first["self"], status="published")
    _ = google("pages", "delete", name=made["name"])
    assert [one["id"] for one in records(http, "claims")] == [first["id"]]


def test_a_verdict_whose_claim_was_deleted_is_on_no_page(
    google: Google, http: Newsroom, made: Json
) -> None:
    for one in records(http, "claims"):
        headers = {"If-Match": "*"}
        assert http.delete(one["self"], key=http.desk, headers=headers).status == 204
    assert google.refused("pages", "get", name=made["name"])[0] == 404


def test_pages_are_listed_by_address_by_site_and_all(
    google: Google, http: Newsroom, made: Json
) -> None:
    publish(http, "Kyiv")
    publish(http, "Lviv", url="https://paper.example/Lviv")
    put(http, "/v1/verdicts/nowhere", {"claim_id": "Kyiv"})

    def listed(**how: object) -> list[str]:
        pages = google.walk("pages", "list", **how)
        found = [one for page in pages for one in page.get("claimReviewMarkupPages", [])]
        return [one["pageUrl"] for one in found]

    every = [
        "https://desk.example/troops",
        "https://www.desk.example/Kyiv",
        "https://paper.example/Lviv",
    ]
    assert listed() == listed(pageSize=1) == every
    assert listed(offset=1, pageSize=1) == every[1:]
    assert listed(organization="desk.example", pageSize=1) == every[:2]
    assert listed(url="http://desk.example/troops/#drills") == every[:1]
    assert listed(url="https://desk.example/none") == []


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Collect the statements that list records."""
    found, run = list[object](), Database.all

    def all_rows(door: Database, row: type, statement: Any, *rest: Any, **how: Any) -> list[Any]:  # noqa: ANN401
        found.extend([statement] if row is Page else [])
        return run(door, row, statement, *rest, **how)

    monkeypatch.setattr(Database, "all", all_rows)
    return found


def test_many_pages_take_no_more_statements_than_few(
    google: Google, http: Newsroom, asked: list[object]
) -> None:
    counts = list[int]()
    for names in ("AB", "CDEFGH"):
        for name in names:
            publish(http, name)
        asked.clear()
        pages = google("pages", "list", pageSize=100)["claimReviewMarkupPages"]
        counts.append(len(asked))
    assert len(pages) == 8
    assert counts == [2, 2]


@pytest.mark.parametrize("together", [1, 2, 3, 1_000])
def test_pages_have_all_their_markups_however_many_come_at_once(
    google: Google,
    http: Newsroom,
    made: Json,
    monkeypatch: pytest.MonkeyPatch,
    together: int,
) -> None:
    monkeypatch.setattr("service.interop.factchecktools.pages.TOGETHER", together)
    publish(http, "Kyiv")
    listed = google("pages", "list")["claimReviewMarkupPages"]
    assert listed == [google("pages", "get", name=one["name"]) for one in listed]
    assert [len(one["claimReviewMarkups"]) for one in listed] == [2, 1]
    assert listed[0] == made


def test_pages_are_listed_by_address_or_by_site(google: Google) -> None:
    both = {"url": "https://desk.example/", "organization": "desk.example"}
    _, error = google.refused("pages", "list", **both)
    assert error["details"][1]["fieldViolations"][0]["field"] == "organization"
    _, error = google.refused("pages", "list", url="desk.example")
    assert error["details"][1]["fieldViolations"][0]["field"] == "url"


def test_a_page_at_a_very_long_address_has_a_name_too(google: Google) -> None:
    url = f"https://desk.example/{'é' * 600}"
    body = {"pageUrl": url, "claimReviewMarkups": [{"claimReviewed": "It rained"}]}
    made = google("pages", "create", body=body)
    assert made["pageUrl"] == url
    assert google("pages", "get", name=made["name"]) == made


@pytest.mark.parametrize("name", ["x", "AA", "____", "é", "Ly9kZXNr=", "Ly9kZXNs"])
def test_a_name_of_no_page_is_not_found(google: Google, name: str) -> None:
    status, error = google.refused("pages", "get", name=f"pages/{name}")
    assert (status, error["status"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize("method", ["list", "create"])
def test_pages_take_a_key_that_may_write(
    pointed: Pointed, address: str, reader: str, method: str
) -> None:
    sent = {"body": PAGE} if method == "create" else {}
    status, error = pointed(reader).refused("pages", method, **sent)
    assert (status, error["status"]) == (403, "PERMISSION_DENIED")
    status, error = pointed("fck_none").refused("pages", method, **sent)
    assert (status, error["status"]) == (401, "UNAUTHENTICATED")


def test_the_settings_name_the_publisher_of_a_page_that_names_none(
    http: Newsroom,
    variant: Any,  # noqa: ANN401 -- the fixture of the routes
) -> None:
    named = variant(publisher_name="The Desk")
    body = {name: value for name, value in PAGE.items() if name != "claimReviewAuthor"}
    made = named.post("/v1alpha1/pages", json=body, key=http.desk).json()
    assert made["claimReviewAuthor"] == {"name": "The Desk"}
