"""Pages for people: what they show to whom, what a refusal reads like, where forms lead."""

import re
from dataclasses import replace

import orjson
import pytest
from flask import Flask
from werkzeug.test import Client

from service.app import close, create_app
from service.documents.instants import read
from service.interop.newsroom import Newsroom as Publisher
from service.kinds import BY_NAME
from service.records.people import PUBLIC as ANYONE
from service.records.place import Place
from service.records.surroundings import shown
from service.routes import articles, site
from service.storage.database import Database
from tests.conftest import state
from tests.kinds.smallest import SUBJECT, Json
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import ANY, COURT, WHY, delete, purge, put, revise

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
CLAIM, VERDICT = "/v1/claims/subject", "/v1/verdicts/one"
RATED: Json = {"claim_id": "subject", "scale_id": "truth", "rating": "false", "title": "It was dry"}
PUBLIC = {"status": "published"}


@pytest.fixture
def verdict(http: Newsroom) -> Newsroom:
    """Publish a claim and a verdict on it."""
    put(http, CLAIM, {**SUBJECT, "claimant": {"name": "Ann", "role": "Minister"}})
    put(http, VERDICT, RATED | PUBLIC)
    return http


def page(http: Newsroom, path: str, key: str | None = None) -> Answer:
    """Return a page as a browser gets it."""
    answer = http.get(path, headers=BROWSER, key=key)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8", answer.text
    return answer


def banners(answer: Answer) -> list[str]:
    """Return the kinds of the banners of a page."""
    return re.findall('class="banner ([a-z]+)"', answer.text)


@pytest.mark.parametrize("path", [CLAIM, VERDICT])
def test_a_browser_gets_a_page_and_a_program_json(verdict: Newsroom, path: str) -> None:
    assert "It was dry" in page(verdict, path).text
    for accept in ("*/*", "application/json, text/html;q=0.9", "application/json"):
        assert verdict.get(path, headers={"Accept": accept}).json()["id"]
    assert "<!doctype html>" in verdict.get(f"{path}?format=html").text
    assert verdict.get(f"{path}?format=json", headers=BROWSER).json()["id"]


@pytest.mark.parametrize("path", ["/v1/sources/truth", "/v1/scales/truth"])
def test_other_kinds_have_no_page(verdict: Newsroom, path: str) -> None:
    assert verdict.get(f"{path}?format=html").status == 400


def test_a_page_in_hand_is_not_sent_again(verdict: Newsroom) -> None:
    etag = page(verdict, VERDICT).headers["ETag"]
    assert re.fullmatch('"1-html-[0-9a-f]{8}"', etag)
    known = {**BROWSER, "If-None-Match": etag}
    assert verdict.get(VERDICT, headers=known).status == 304
    revise(verdict, CLAIM, text="It poured", **WHY, **PUBLIC)
    assert verdict.get(VERDICT, headers=known).status == 200


def test_a_page_has_the_rating_with_all_steps_of_its_scale(verdict: Newsroom) -> None:
    found = page(verdict, VERDICT).text
    steps = re.findall(r'<li( class="chosen" aria-current="true")?>', found)
    assert len([step for step in steps if step]) == 1
    assert all(f">{label}</span>" in found for label in ("True", "Mixed", "False", "Unproven"))


@pytest.mark.parametrize(
    ("original", "told"),
    [
        ({"label": "Pants on fire", "value": 1, "best": 6}, "Pants on fire</bdi> (1 of 6)"),
        ({"value": 0, "rule": "words"}, "0</bdi>"),
        ({"rule": "words"}, None),
    ],
)
def test_a_rating_that_others_gave_is_shown_where_there_is_one(
    verdict: Newsroom, original: Json, told: str | None
) -> None:
    revise(verdict, VERDICT, original_rating=original, **WHY, **PUBLIC)
    found = page(verdict, VERDICT).text
    assert ("Rating as it was published" in found) == bool(told)
    assert told is None or f"<bdi>{told}" in found


def test_a_correction_stands_above_all_with_its_note(verdict: Newsroom) -> None:
    assert banners(page(verdict, VERDICT)) == []
    revise(verdict, VERDICT, title="It was wet", **WHY, **PUBLIC)
    found = page(verdict, VERDICT)
    assert banners(found) == ["corrected"]
    assert found.text.partition("</head>")[2].count("We had it wrong.") == 2
    assert re.search(r"<del>.*?dry.*?</del>.*?<ins>.*?wet.*?</ins>", found.text, re.DOTALL)


@pytest.mark.parametrize(("path", "name"), [(VERDICT, "title"), (CLAIM, "text")])
def test_a_correction_stands_above_all_however_long_ago_it_was(
    verdict: Newsroom, path: str, name: str
) -> None:
    told = revise(verdict, path, **{name: "It was wet"}, **WHY, **PUBLIC)
    for number in range(articles.SHOWN):
        slip = {name: f"It was wet, {number}", "note": "A slip.", "reason": "typo"}
        revise(verdict, path, **slip, **PUBLIC)
    found = page(verdict, path)
    [link] = re.findall(r'<a href="([^"]*#revision-2)"', found.text)
    assert (banners(found), "We had it wrong." in found.text) == (["corrected"], True)
    assert link == f"{path}?as_of={told['updated_at']}&amp;format=html#revision-2"
    assert 'id="revision-2"' in page(verdict, link.replace("&amp;", "&").partition("#")[0]).text


@pytest.mark.parametrize(
    ("reason", "kind", "done"),
    [
        ("clarification", "corrected", "Clarified"),
        ("new_evidence", "updated", "Updated"),
        ("world_changed", "updated", "Updated"),
        ("typo", None, "Changed"),
    ],
)
def test_the_reason_says_what_a_change_was(
    verdict: Newsroom, reason: str, kind: str | None, done: str
) -> None:
    revise(verdict, VERDICT, title="It was wet", note="So.", reason=reason, **PUBLIC)
    found = page(verdict, VERDICT)
    assert banners(found) == ([kind] if kind else [])
    assert f"<h3>{done} " in found.text


def test_what_is_retracted_says_so_and_is_not_for_search_engines(verdict: Newsroom) -> None:
    assert "noindex" not in page(verdict, VERDICT).text
    revise(verdict, VERDICT, status="retracted", **WHY)
    found = page(verdict, VERDICT)
    assert banners(found)[0] == "retracted"
    assert '<meta name="robots" content="noindex">' in found.text
    assert "application/ld+json" not in found.text
    revise(verdict, VERDICT, **PUBLIC, **WHY)
    assert "<h3>Published again " in page(verdict, VERDICT).text


def test_a_later_verdict_takes_the_place_of_an_earlier_one(verdict: Newsroom) -> None:
    later = "/v1/verdicts/two"
    put(verdict, later, {**RATED, **PUBLIC, "supersedes": "one", "title": "It was wet after all"})
    old, new = page(verdict, VERDICT), page(verdict, later)
    assert banners(old) == ["superseded"]
    assert f'href="{later}?format=html" dir="auto">It was wet after all<' in old.text
    assert banners(new) == ["updated"]


def test_a_draft_of_a_later_verdict_is_no_news(verdict: Newsroom) -> None:
    put(verdict, "/v1/verdicts/two", {**RATED, "supersedes": "one"})
    assert banners(page(verdict, VERDICT)) == []
    assert banners(page(verdict, VERDICT, verdict.desk)) == []


def test_the_past_says_that_it_is_past(verdict: Newsroom) -> None:
    then = verdict.get(VERDICT).json()["updated_at"]
    revise(verdict, VERDICT, title="It was wet", **WHY, **PUBLIC)
    found = page(verdict, f"{VERDICT}?as_of={then}")
    assert banners(found) == ["past"]
    assert "It was dry" in found.text
    assert "It was wet" not in found.text
    assert "noindex" in found.text
    assert 'id="revision-2"' not in found.text


def test_a_reader_of_drafts_is_told_that_it_is_one(verdict: Newsroom) -> None:
    revise(verdict, VERDICT, title="It may be wet", status="draft")
    assert "It may be wet" not in page(verdict, VERDICT).text
    found = page(verdict, VERDICT, verdict.desk)
    assert banners(found) == ["draft"]
    assert "<h3>Draft written " in found.text
    assert found.headers["Cache-Control"] == "private, no-cache"


def test_what_is_withheld_is_told_to_keys_and_refused_to_others(verdict: Newsroom) -> None:
    revise(verdict, VERDICT, status="withheld", **COURT)
    refused = page(verdict, VERDICT)
    assert (refused.status, "By order of a court." in refused.text) == (451, True)
    assert "It was dry" not in refused.text
    assert banners(page(verdict, VERDICT, verdict.desk)) == ["draft"]
    assert "There is no verdict on this claim yet." in page(verdict, CLAIM).text


@pytest.mark.parametrize("path", [VERDICT, "/embed/verdicts/one"])
def test_what_is_deleted_is_gone_as_a_page_too(verdict: Newsroom, path: str) -> None:
    delete(verdict, VERDICT)
    found = page(verdict, path)
    assert (found.status, found.headers["Cache-Control"]) == (410, "no-store")
    assert "We had it wrong." in found.text
    assert verdict.get(path).json()["code"] == "gone"


def test_what_is_purged_is_no_longer_in_the_history(verdict: Newsroom) -> None:
    revise(verdict, VERDICT, title="It was wet", **WHY, **PUBLIC)
    assert purge(verdict, VERDICT, 1).status == 204
    found = page(verdict, VERDICT).text
    assert "It was dry" not in found
    assert "What it said was erased for legal reasons." in found


def test_a_long_history_shows_its_newest_end(
    verdict: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(articles, "SHOWN", 2)
    for number in range(3):
        revise(verdict, VERDICT, title=f"Title {number}", **WHY, **PUBLIC)
    found = page(verdict, VERDICT).text
    assert re.findall('id="revision-([0-9]+)"', found) == ["4", "3"]
    assert f'<a href="{VERDICT}/revisions">All revisions</a>' in found
    assert "<h3>Published " not in found


def test_a_claim_shows_what_it_is_related_to_with_the_ratings(verdict: Newsroom) -> None:
    relations = [{"type": "contradicts", "claim_id": "subject", "note": "Both cannot be."}]
    put(verdict, "/v1/claims/two", {"text": "It rained", "relations": relations, **PUBLIC})
    found = page(verdict, "/v1/claims/two").text
    assert re.search(r"Contradicts</p>.*?It rained on Wednesday.*?>False</b>", found, re.DOTALL)
    delete(verdict, VERDICT)
    delete(verdict, CLAIM)
    assert "A claim that is not, or no longer, public" in page(verdict, "/v1/claims/two").text


def test_a_page_is_of_one_moment_whatever_is_written_meanwhile(
    verdict: Newsroom, database: Database
) -> None:
    relations = [{"type": "contradicts", "claim_id": "subject"}]
    put(verdict, "/v1/claims/two", {"text": "It rained", "relations": relations, **PUBLIC})
    with shown(database, Place(BY_NAME["claim"], "two"), ANYONE.reader, None) as there:
        delete(verdict, VERDICT)
        revise(verdict, "/v1/claims/two", status="withheld", **COURT)
        found = articles.claim(there, Publisher("https://facts.example"))
    assert (">False</b>" in found, 'id="revision-1"' in found) == (True, True)


@pytest.mark.parametrize(
    ("path", "name"),
    [("/", "corrections"), ("/search?q=it+rained+wednesday", "surroundings")],
)
def test_what_leads_to_pages_is_of_one_moment_too(
    verdict: Newsroom, monkeypatch: pytest.MonkeyPatch, path: str, name: str
) -> None:
    read_last = getattr(site, name)

    def meanwhile(*asked: object) -> object:
        revise(verdict, VERDICT, rating="true", **WHY, **PUBLIC)
        return read_last(*asked)

    monkeypatch.setattr(site, name, meanwhile)
    found = page(verdict, path).text
    assert (">False</b>" in found, "We had it wrong." in found) == (True, False)


def test_a_text_says_its_language_and_which_way_it_runs(http: Newsroom) -> None:
    other = [{"language": "he", "text": "ירד גשם"}]
    put(http, CLAIM, {"text": "هطل المطر", "language": "ar", "translations": other, **PUBLIC})
    found = page(http, CLAIM).text
    assert '<h1 lang="ar" dir="rtl">هطل المطر</h1>' in found
    assert '<h3>Hebrew</h3>\n<p lang="he" dir="rtl">' in found


def test_the_markup_is_in_the_page(verdict: Newsroom) -> None:
    for path in (VERDICT, CLAIM):
        script = '<script type="application/ld.json">(.*?)</script>'
        [found] = re.findall(script, page(verdict, path).text, re.DOTALL)
        told = orjson.loads(found)
        review = told[0] if isinstance(told, list) else told
        assert (review["@type"], review["headline"]) == ("ClaimReview", "It was dry")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/claims/never", 404),
        (f"{VERDICT}?as_of=2000-01-01T00:00:00Z", 404),
        (f"{VERDICT}?as_of=2999-01-01T00:00:00Z", 400),
        (f"{VERDICT}?nonsense=1", 400),
        ("/search?limit=1", 400),
        ("/corrections?year=x", 400),
        ("/at/claims/subject?at=x", 400),
        ("/?format=x", 400),
    ],
)
def test_a_refusal_is_a_page_for_who_would_rather_have_one(
    verdict: Newsroom, path: str, status: int
) -> None:
    found, problem = page(verdict, path), verdict.get(path)
    assert (found.status, problem.status) == (status, status)
    assert problem.headers["Content-Type"] == "application/problem+json"
    told = problem.json()
    assert f"<h1>{told['title']}</h1>" in found.text
    assert f'<a href="{told["type"]}">{told["code"]}</a>' in found.text


def test_a_refusal_elsewhere_is_a_problem_for_browsers_too(http: Newsroom) -> None:
    for path in ("/never", "/v1/claims?limit=0", "/v1/sources/never", "/oembed"):
        found = http.get(path, headers=BROWSER)
        assert found.headers["Content-Type"] == "application/problem+json"
    patched = http.patch(CLAIM, json={}, headers=BROWSER)
    assert patched.headers["Content-Type"] == "application/problem+json"


def test_where_the_public_reads_nothing_a_browser_is_asked_for_a_key(app: Flask) -> None:
    closed = create_app(replace(state(app).settings, public_reads=False))
    found = Client(closed).get("/", headers=BROWSER)
    close(closed)
    assert (found.status_code, found.mimetype) == (401, "text/html")
    assert "Basic" in found.headers["WWW-Authenticate"]


def test_the_start_has_the_newest_verdicts_and_corrections(verdict: Newsroom) -> None:
    revise(verdict, VERDICT, title="It was wet", **WHY, **PUBLIC)
    found = page(verdict, "/").text
    assert re.search(
        r">False</b>.*?It was wet.*?Newest corrections.*?We had it wrong", found, re.DOTALL
    )
    assert verdict.get("/").json()["name"] == "factcheck-records"
    assert verdict.get("/?utm_source=x&format=json", headers=BROWSER).json()["links"]


def test_a_start_without_anything_says_so(http: Newsroom) -> None:
    found = page(http, "/").text
    assert "There are no verdicts yet." in found
    assert "Nothing has been corrected yet." in found


def test_a_search_finds_claims_with_their_verdicts(verdict: Newsroom) -> None:
    found = page(verdict, "/search?q=it+rained+wednesday").text
    assert re.search(r"1 claim, .*?It rained on Wednesday.*?>False</b>", found, re.DOTALL)
    assert "Nothing that we checked is like this" in page(verdict, "/search?q=zebra").text
    assert "<h2" not in page(verdict, "/search?q=").text


def test_the_register_keeps_corrections_apart_from_updates(verdict: Newsroom) -> None:
    revise(verdict, VERDICT, title="It was wet", **WHY, **PUBLIC)
    news = {"note": "A gauge was read.", "reason": "new_evidence"}
    revise(verdict, VERDICT, rating="true", **news, **PUBLIC)
    corrected, updated = (
        page(verdict, "/corrections").text,
        page(verdict, "/corrections?category=update").text,
    )
    assert ("We had it wrong." in corrected, "A gauge was read." in corrected) == (True, False)
    assert ("We had it wrong." in updated, "A gauge was read." in updated) == (False, True)
    assert corrected == page(verdict, "/v1/corrections").text


def test_the_register_comes_in_pages_and_by_year(verdict: Newsroom) -> None:
    for number in range(3):
        revise(
            verdict,
            VERDICT,
            title=f"Title {number}",
            note=f"Note {number}.",
            reason="correction",
            **PUBLIC,
        )
    first = page(verdict, "/corrections?limit=2").text
    assert re.findall(r"Note \d", first) == ["Note 2", "Note 1"]
    [following] = re.findall('rel="next" href="([^"]*)"', first)
    assert re.findall(r"Note \d", page(verdict, following.replace("&amp;", "&")).text) == ["Note 0"]
    assert "There is nothing here of 1999." in page(verdict, "/corrections?year=1999").text


def test_of_what_is_withheld_the_register_has_a_line_alone(verdict: Newsroom) -> None:
    revise(verdict, VERDICT, title="It was wet", **WHY, **PUBLIC)
    revise(verdict, VERDICT, status="withheld", **COURT)
    found = page(verdict, "/corrections").text
    assert "What it said is not, or no longer, public." in found
    assert "It was" not in found


@pytest.mark.parametrize(
    ("at", "instant"),
    [
        ("2022-02-17T12:00", "2022-02-17T12:00:00.000000Z"),
        ("2022-02-17T12:00:30", "2022-02-17T12:00:30.000000Z"),
        ("2022-02-17T12:00:30.5", "2022-02-17T12:00:30.500000Z"),
    ],
)
@pytest.mark.parametrize("collection", ["claims", "verdicts"])
def test_the_form_leads_to_the_page_of_a_moment(
    http: Newsroom, collection: str, at: str, instant: str
) -> None:
    answer = http.get(f"/at/{collection}/one?at={at}")
    assert answer.status == 303
    assert answer.headers["Location"] == f"/v1/{collection}/one?format=html&as_of={instant}"
    assert read(instant)


def test_the_form_leads_to_the_present_without_a_moment(http: Newsroom) -> None:
    assert http.get("/at/claims/one?at=").headers["Location"] == "/v1/claims/one?format=html"


def test_a_page_says_whose_it_is_and_where(app: Flask, verdict: Newsroom) -> None:
    changes = {"publisher_name": "The <Courier>", "public_url": "https://facts.example"}
    changes["license"] = "https://license.example"
    named = create_app(replace(state(app).settings, **changes))
    found = Client(named).get(VERDICT, headers=BROWSER).text
    close(named)
    assert " The &lt;Courier&gt;</title>" in found
    assert '<a rel="license" href="https://license.example">' in found
    assert f'<link rel="canonical" href="https://facts.example{VERDICT}">' in found


@pytest.mark.parametrize("host", ['"><script>', "a b", "[", "evil.example:99999999"])
def test_a_host_that_is_none_breaks_nothing(app: Flask, verdict: Newsroom, host: str) -> None:
    found = Client(app).get(VERDICT, headers={**BROWSER, "Host": host})
    assert found.status_code < 500
    assert "<script>" not in found.text
    assert Client(app).get("/v1/claims/never", headers={**BROWSER, "Host": host}).status_code < 500


def test_a_page_is_asked_for_with_the_head_alone(verdict: Newsroom) -> None:
    found = verdict.request("HEAD", VERDICT, headers=BROWSER)
    assert (found.status, found.body) == (200, b"")
    assert found.headers["Content-Security-Policy"].startswith(
        "default-src 'none'; style-src 'self'"
    )


def test_nothing_is_written_by_reading_pages(verdict: Newsroom) -> None:
    assert verdict.post(VERDICT, headers={**BROWSER, **ANY}).status == 405
