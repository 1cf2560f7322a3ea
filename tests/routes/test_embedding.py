"""Cards for other sites, oEmbed, and the files that pages are made with."""

import re
from urllib.parse import quote

import pytest

from service.site.assets import ASSETS, address
from tests.kinds.smallest import SUBJECT
from tests.newsroom import Newsroom
from tests.routes.acts import WHY, put, revise

BROWSER = {"Accept": "text/html"}
CARD, VERDICT = "/embed/verdicts/one", "/v1/verdicts/one"
PAGE = quote(f"http://localhost{VERDICT}", safe="")


@pytest.fixture
def verdict(http: Newsroom) -> Newsroom:
    """Publish a claim and a verdict on it."""
    put(http, "/v1/claims/subject", SUBJECT)
    rated = {"claim_id": "subject", "scale_id": "truth", "rating": "false", "title": "It was dry"}
    put(http, VERDICT, {**rated, "status": "published"})
    return http


def test_a_card_may_stand_in_any_frame(verdict: Newsroom) -> None:
    found = verdict.get(CARD)
    assert "frame-ancestors *" in found.headers["Content-Security-Policy"]
    assert found.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert all(
        text in found.text for text in ("It was dry", "It rained on Wednesday", ">False</b>")
    )
    assert "frame-ancestors 'none'" in verdict.get("/search").headers["Content-Security-Policy"]


def test_a_card_shows_to_keys_what_it_shows_to_all(verdict: Newsroom) -> None:
    revise(verdict, VERDICT, title="It may be wet", status="draft")
    assert verdict.get(CARD, key=verdict.admin).body == verdict.get(CARD).body
    put(verdict, "/v1/verdicts/two", {"claim_id": "subject"})
    assert verdict.get("/embed/verdicts/two", key=verdict.admin).status == 404


def test_a_card_says_that_something_was_corrected(verdict: Newsroom) -> None:
    revise(verdict, VERDICT, title="It was wet", status="published", **WHY)
    assert '<p class="banner corrected"><strong>Corrected</strong></p>' in verdict.get(CARD).text


def test_a_card_in_hand_is_not_sent_again(verdict: Newsroom) -> None:
    known = {"If-None-Match": verdict.get(CARD).headers["ETag"]}
    same = verdict.get(CARD, headers=known)
    assert same.status == 304
    assert "frame-ancestors *" in same.headers["Content-Security-Policy"]
    revise(verdict, "/v1/claims/subject", text="It poured", status="published", **WHY)
    assert verdict.get(CARD, headers=known).status == 200


@pytest.mark.parametrize("path", [CARD, f"/oembed?url={PAGE}", f"/oembed?url={PAGE}&format=xml"])
def test_no_cache_shows_a_card_unasked_or_to_others_than_its_own(
    verdict: Newsroom, path: str
) -> None:
    public, keyed = verdict.get(path), verdict.get(path, key=verdict.desk)
    assert public.headers["Cache-Control"] == "public, no-cache"
    assert keyed.headers["Cache-Control"] == "private, no-cache"
    assert public.headers["Vary"] == "Authorization, Accept"


def test_a_card_that_is_gone_says_so_in_its_frame(http: Newsroom) -> None:
    found = http.get("/embed/verdicts/never", headers=BROWSER)
    assert (found.status, "There is no verdict" in found.text) == (404, True)
    assert "frame-ancestors *" in found.headers["Content-Security-Policy"]
    assert http.get("/embed/verdicts/never").json()["code"] == "not-found"


def test_oembed_finds_the_card_of_a_page(verdict: Newsroom) -> None:
    found = verdict.get(f"/oembed?url={PAGE}&maxwidth=400&for=wordpress").json()
    assert (found["type"], found["title"], found["width"]) == ("rich", "It was dry", 400)
    assert f'src="http://localhost{CARD}"' in found["html"]
    assert found["provider_name"] == "Fact-check records"


def test_oembed_answers_in_xml_too(verdict: Newsroom) -> None:
    found = verdict.get(f"/oembed?url={PAGE}&format=xml")
    assert found.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert "<title>It was dry</title>" in found.text


def test_an_editor_in_a_browser_may_ask_for_a_card(verdict: Newsroom) -> None:
    asked = verdict.get(f"/oembed?url={PAGE}", headers={"Origin": "https://courier.example"})
    assert asked.headers["Access-Control-Allow-Origin"] == "*"


def test_a_page_names_where_its_card_is_found(verdict: Newsroom) -> None:
    page = verdict.get(f"{VERDICT}?format=html").text
    [link] = re.findall('type="application/json.oembed" href="http://localhost([^"]*)"', page)
    assert verdict.get(link.replace("&amp;", "&")).json()["version"] == "1.0"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        (f"url={PAGE}&format=yaml", 400),
        (f"url={PAGE}&maxwidth=0", 400),
        ("url=http%3A%2F%2Flocalhost%2Fv1%2Fverdicts%2Fnever", 404),
        ("url=http%3A%2F%2Fevil.example%2Fv1%2Fverdicts%2Fone", 404),
    ],
)
def test_oembed_refuses_what_it_cannot_show(verdict: Newsroom, query: str, status: int) -> None:
    assert verdict.get(f"/oembed?{query}").status == status


@pytest.mark.parametrize("name", sorted(ASSETS))
def test_every_file_of_the_pages_is_served(http: Newsroom, name: str) -> None:
    found = http.get(f"/assets/{name}")
    assert found.body == ASSETS[name].body
    assert ("immutable" in found.headers["Cache-Control"]) == bool(re.search("-[0-9a-f]{12}", name))
    known = {"If-None-Match": found.headers["ETag"]}
    assert http.get(f"/assets/{name}", headers=known).status == 304


def test_one_script_is_for_the_pages_of_others(http: Newsroom) -> None:
    shared = {
        name: http.get(f"/assets/{name}").headers["Cross-Origin-Resource-Policy"] for name in ASSETS
    }
    assert [name for name, policy in shared.items() if policy == "cross-origin"] == ["embed.js"]


def test_a_page_names_files_that_are_there(http: Newsroom) -> None:
    for name in re.findall('(?:src|href)="(/assets/[^"]*)"', http.get("/search").text):
        assert http.get(name).status == 200
    assert http.get(address("card.js")).headers["Content-Type"] == "text/javascript; charset=utf-8"
