"""Whatever records hold, a page shows it and does nothing of what it says."""

import json

import pytest

from tests.newsroom import Newsroom
from tests.routes.acts import revise
from tests.site.planted import NAMES, SHORT, body, read

PAGES = (
    "/v1/claims/hostile",
    "/v1/verdicts/hostile",
    "/v1/verdicts/hostile?as_of={now}",
    "/",
    "/corrections",
    "/search?q=script+alert+class+planted",
    "/embed/verdicts/hostile",
)
BROWSER = {"Accept": "text/html"}


@pytest.fixture
def planted(http: Newsroom) -> Newsroom:
    """Publish a hostile record of each kind, and correct them so that there are differences."""
    sent = {"/v1/claims/other": {"text": SHORT, "status": "published"}}
    sent |= {f"/v1/{kind}s/{name}": body(kind) for kind, name in NAMES.items()}
    for path, record in sent.items():
        answer = http.put(path, json=record, key=http.editor)
        assert answer.status == 201, answer.text
    changed = {"note": SHORT, "reason": "correction", "status": "published"}
    revise(http, "/v1/claims/hostile", text=f"{SHORT} more", **changed)
    revise(http, "/v1/verdicts/hostile", title=f"{SHORT} more", **changed)
    return http


@pytest.mark.parametrize("path", PAGES)
def test_nothing_that_is_planted_becomes_an_element(planted: Newsroom, path: str) -> None:
    now = planted.get("/v1/verdicts/hostile").json()["updated_at"]
    answer = planted.get(path.format(now=now), headers=BROWSER)
    page = read(answer.text)
    assert answer.status == 200
    assert "planted" not in " ".join(page.values("class"))
    assert {tag for tag, _ in page.elements} & {"iframe", "img", "style", "object", "base"} == set()
    names = {name for _, attrs in page.elements for name in attrs}
    assert [name for name in names if name.startswith("on") or name == "style"] == []
    assert "\"'><script class=planted>alert(1)</script>{{7*7}}" in page.text


@pytest.mark.parametrize("path", PAGES)
def test_links_lead_to_the_web_or_stay_here(planted: Newsroom, path: str) -> None:
    now = planted.get("/v1/verdicts/hostile").json()["updated_at"]
    page = read(planted.get(path.format(now=now), headers=BROWSER).text)
    targets = [*page.values("href"), *page.values("src"), *page.values("action")]
    assert [one for one in targets if not one.startswith(("/", "#", "http://", "https://"))] == []
    for tag, attrs in page.elements:
        if tag == "a" and str(attrs["href"]).startswith("https://e.example"):
            assert attrs["rel"] == "nofollow ugc noopener noreferrer"


@pytest.mark.parametrize("path", ["/v1/claims/hostile", "/v1/verdicts/hostile"])
def test_no_text_ends_the_markup_early(planted: Newsroom, path: str) -> None:
    page = read(planted.get(path, headers=BROWSER).text)
    [script] = [attrs for tag, attrs in page.elements if tag == "script"]
    assert script == {"type": "application/ld+json"}
    assert "planted" in json.dumps(json.loads("".join(page.scripts)))
