"""Atom: verdicts and corrections as feeds that readers follow."""

from xml.etree.ElementTree import Element

import pytest

from tests.interop import archive, atoms
from tests.interop.archive import CLAIM, VERDICT
from tests.interop.atoms import LANG, entries, flaws, links, parsed, terms, text
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import WHY, delete, purge, put, revise
from tests.routes.conftest import Variant

VERDICTS = "/v1/verdicts?format=atom"
CORRECTIONS = "/v1/corrections?format=atom"
EACH_FEED = pytest.mark.parametrize("path", [VERDICTS, CORRECTIONS])
HOSTILE = (
    *("]]>", "<script>alert(1)</script>", "&amp;&lt;", "a \u202e b \u2066", "\u0001\u001f\u007f"),
    *("\ufffe\uffff", "\U0001f600 \U0010ffff", "tab\tline\nreturn\rend", "'\"", "<![CDATA["),
)


def feed(http: Newsroom, path: str, key: str | None = None) -> Element:
    """Return a feed, once it is held against the rules."""
    answer = http.get(path, key=key)
    assert answer.status == 200, answer.text
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = parsed(answer.text)
    assert flaws(found) == []
    return found


def known(answer: Answer) -> dict[str, str]:
    """Return what a reader that has a feed asks with."""
    return {"If-None-Match": answer.headers["ETag"]}


def finding(http: Newsroom, name: str, **members: object) -> str:
    """Publish a verdict on the claim and return its path."""
    sent = {"claim_id": "c", "scale_id": "truth", "rating": "true", "status": "published"}
    put(http, f"/v1/verdicts/{name}", sent | members)
    return f"/v1/verdicts/{name}"


def test_a_correction_leads_people_to_the_page_where_there_is_one(http: Newsroom) -> None:
    archive.keep(http)
    archive.correct(http)
    revise(http, "/v1/sources/paper", title="The papers of record", **WHY)
    of_source, of_verdict = entries(feed(http, CORRECTIONS))
    assert links(of_verdict, "alternate")[0] == f"http://localhost{VERDICT}?format=html#revision-2"
    assert links(of_source, "alternate") == ["http://localhost/v1/sources/paper/revisions/2"]


@EACH_FEED
def test_an_empty_feed_is_a_feed(http: Newsroom, path: str) -> None:
    found = feed(http, path)
    assert entries(found) == []
    assert text(found, "updated") == "1970-01-01T00:00:00Z"


@EACH_FEED
def test_the_settings_name_the_feed(http: Newsroom, variant: Variant, path: str) -> None:
    logo = "https://desk.example/l.png"
    settings = {
        "publisher_name": "The Desk",
        "publisher_logo": logo,
        "license": "https://l.example",
    }
    found = feed(variant(public_url="https://facts.example", **settings), path)
    assert text(found, "id") == f"https://facts.example{path}"
    assert str(text(found, "title")).endswith(": The Desk")
    assert (text(found, "logo"), text(found, "rights")) == (logo, "https://l.example")
    assert links(found, "self") == [f"https://facts.example{path}"]
    assert links(found, "alternate") == [f"https://facts.example{path.replace('atom', 'json')}"]


def test_an_entry_tells_of_a_verdict(http: Newsroom) -> None:
    archive.keep(http)
    [entry] = entries(feed(http, VERDICTS))
    kept = http.get(VERDICT).json()
    assert text(entry, "id") == f"http://localhost{VERDICT}"
    assert (text(entry, "title"), text(entry, "summary")) == (kept["title"], kept["summary"])
    assert text(entry, "updated") == kept["updated_at"]
    assert text(entry, "published") == "2022-02-16T00:00:00Z"
    assert text(entry, "author/{http://www.w3.org/2005/Atom}name") == "The Desk"
    assert terms(entry) == ["mostly_false"]
    assert entry.get(LANG) == "en"
    assert links(entry, "alternate")[:2] == [kept["url"], f"http://localhost{VERDICT}"]
    assert "It rained for forty days" in str(text(entry, "content"))


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ("2022", None),
        ("2022-02", None),
        ("2022-02-16T18:00:00+02:00", "2022-02-16T18:00:00+02:00"),
        (None, None),
    ],
)
def test_only_a_day_that_is_known_is_told(
    http: Newsroom, published: str | None, told: str | None
) -> None:
    archive.keep(http, published_at=published)
    [entry] = entries(feed(http, VERDICTS))
    assert text(entry, "published") == told


def test_a_verdict_without_a_title_is_named_by_its_rating_and_its_claim(http: Newsroom) -> None:
    put(http, CLAIM, {"text": "It rained " * 100, "status": "published"})
    finding(http, "v", authors=["Cy Checker"])
    [entry] = entries(feed(http, VERDICTS))
    assert str(text(entry, "title")).startswith("True: It rained It")
    assert str(text(entry, "title")).endswith("…")
    assert text(entry, "author/{http://www.w3.org/2005/Atom}name") == "Cy Checker"
    page, record, *_ = links(entry, "alternate")
    assert (page, record) == (
        f"http://localhost{VERDICT}?format=html",
        f"http://localhost{VERDICT}",
    )


def test_a_correction_brings_a_verdict_to_the_top_with_its_note(http: Newsroom) -> None:
    archive.keep(http)
    finding(http, "later")
    archive.correct(http)
    first, _ = entries(feed(http, VERDICTS))
    assert text(first, "id") == f"http://localhost{VERDICT}"
    assert terms(first) == ["mostly_false", "corrected"]
    assert WHY["note"] in str(text(first, "content"))


def test_a_retracted_verdict_is_seen_to_be_one(http: Newsroom) -> None:
    archive.keep(http)
    revise(http, VERDICT, status="retracted", note="Forged.", reason="new_evidence")
    [entry] = entries(feed(http, VERDICTS))
    assert str(text(entry, "title")).startswith("Retracted: No, ")
    assert terms(entry) == ["retracted"]
    assert "Forged." in str(text(entry, "content"))
    assert "Mostly false" not in str(text(entry, "content"))


def test_drafts_are_in_the_feeds_of_those_who_read_them(http: Newsroom) -> None:
    archive.keep(http)
    finding(http, "secret", status="in_review")
    assert len(entries(feed(http, VERDICTS))) == 1
    first, _ = entries(feed(http, VERDICTS, http.desk))
    assert terms(first) == ["true", "in_review"]


def test_what_is_withheld_deleted_or_purged_is_gone_from_both_feeds(http: Newsroom) -> None:
    archive.keep(http)
    paths = [VERDICT, *(finding(http, name) for name in ("two", "three", "four"))]
    for path in paths:
        revise(http, path, summary="Better.", **WHY)
    assert len(entries(feed(http, CORRECTIONS))) == 4
    revise(http, paths[0], status="withheld", **WHY)
    delete(http, paths[1])
    assert purge(http, paths[2]).status == 204
    assert [text(one, "id") for one in entries(feed(http, VERDICTS))] == [
        "http://localhost/v1/verdicts/four"
    ]
    [entry] = entries(feed(http, CORRECTIONS))
    assert text(entry, "id") == "http://localhost/v1/verdicts/four/revisions/2"


def test_an_entry_of_the_register_tells_what_was_wrong_what_is_right_and_why(
    http: Newsroom,
) -> None:
    archive.keep(http)
    archive.correct(http)
    [entry] = entries(feed(http, CORRECTIONS))
    kept = http.get(VERDICT).json()
    assert text(entry, "id") == f"http://localhost{VERDICT}/revisions/2"
    assert text(entry, "title") == f"Correction: {kept['title']}"
    assert text(entry, "updated") == text(entry, "published") == kept["updated_at"]
    assert text(entry, "summary") == WHY["note"]
    content = str(text(entry, "content"))
    assert "nine days" in content
    assert "ten days" in content
    assert terms(entry) == ["correction", "correction", "verdict"]
    assert f"http://localhost{VERDICT}" in links(entry, "related")


def test_of_a_long_difference_an_entry_shows_the_beginning(http: Newsroom) -> None:
    archive.keep(http, explanation="\n".join(f"line {number}" for number in range(2_000)))
    lines = "\n".join(f"row {number}" for number in range(2_000))
    archive.correct(http, explanation=lines)
    [entry] = entries(feed(http, CORRECTIONS))
    told = str(text(entry, "content"))
    assert told.endswith("…</pre>")
    assert len(told) < 6_000


def test_what_was_purged_is_out_of_an_entry_or_the_entry_out_of_the_feed(http: Newsroom) -> None:
    put(http, CLAIM, {"text": "It rained", "status": "published"})
    revise(http, CLAIM, text="It snowed", note="Look.", reason="world_changed")
    revise(http, CLAIM, text="It hailed", note="Look again.", reason="clarification")
    for number in (1, 2):
        assert purge(http, CLAIM, number).status == 204
    [entry] = entries(feed(http, CORRECTIONS))
    assert text(entry, "title") == "Clarification: It hailed"
    assert text(entry, "content") == "<p>Look again.</p>"


def test_a_record_that_has_no_title_is_named_by_its_id(http: Newsroom) -> None:
    put(http, CLAIM, {"text": "It rained", "status": "published"})
    revise(http, finding(http, "v"), rating="false", note="Look.", reason="world_changed")
    [entry] = entries(feed(http, CORRECTIONS))
    assert text(entry, "title") == "The world has changed: v"
    assert terms(entry) == ["update", "world_changed", "verdict"]


@EACH_FEED
def test_pages_follow_each_other(http: Newsroom, path: str) -> None:
    put(http, CLAIM, {"text": "It rained", "status": "published"})
    for name in "abcde":
        revise(http, finding(http, name), summary="Better.", **WHY)
    seen: list[str | None] = []
    following = [f"{path}&limit=2"]
    while following:
        page = feed(http, following[0])
        assert text(page, "id") == f"http://localhost{path}"
        seen += [text(entry, "id") for entry in entries(page)]
        following = [one.removeprefix("http://localhost") for one in links(page, "next")]
    assert len(set(seen)) == len(seen) == 5


@EACH_FEED
def test_a_reader_that_has_a_feed_is_told_so_until_something_changes(
    http: Newsroom, path: str
) -> None:
    archive.keep(http)
    archive.correct(http)
    before = http.get(path)
    assert before.headers["Cache-Control"] == "public, no-cache"
    same = http.get(path, headers=known(before))
    assert (same.status, same.body) == (304, b"")
    assert same.headers["ETag"] == before.headers["ETag"]
    revise(http, VERDICT, summary="It rained for eleven days.", **WHY)
    after = http.get(path, headers=known(before))
    assert after.status == 200
    assert after.headers["ETag"] != before.headers["ETag"]


def test_a_feed_changes_with_the_claim_of_a_verdict(http: Newsroom) -> None:
    archive.keep(http)
    before = http.get(VERDICTS)
    revise(http, CLAIM, text="It rained for forty nights", **WHY)
    assert http.get(VERDICTS, headers=known(before)).status == 200


def test_a_page_with_a_next_is_known_again_though_its_cursor_is_new(http: Newsroom) -> None:
    put(http, CLAIM, {"text": "It rained", "status": "published"})
    for name in "ab":
        finding(http, name)
    before = http.get(f"{VERDICTS}&limit=1")
    assert before.headers["ETag"].startswith('W/"')
    assert 'rel="next"' in before.headers["Link"]
    assert http.get(f"{VERDICTS}&limit=1", headers=known(before)).status == 304


def test_a_feed_as_of_an_instant_shows_what_was(http: Newsroom) -> None:
    archive.keep(http)
    at = http.get(VERDICT).json()["updated_at"]
    archive.correct(http)
    answer = http.get(f"{VERDICTS}&as_of={at}")
    [entry] = entries(parsed(answer.text))
    assert text(entry, "summary") == "It rained for nine days."
    assert answer.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("said", HOSTILE)
def test_no_text_breaks_a_feed(http: Newsroom, said: str) -> None:
    publisher = {"name": f"p{said}"}
    archive.keep(http, title=f"t{said}", summary=f"s{said}", publisher=publisher)
    revise(http, VERDICT, explanation=said, note=f"n{said}", reason="correction")
    revise(http, CLAIM, text=f"c{said}", **WHY)
    for path in (VERDICTS, CORRECTIONS):
        for entry in entries(feed(http, path)):
            assert "<script" not in str(text(entry, "content"))
    [entry] = entries(feed(http, VERDICTS))
    plain = said.replace("\r", "\n")
    for unfit in "\u0001\u001f\ufffe\uffff":
        plain = plain.replace(unfit, "\ufffd")
    assert text(entry, "title") == f"t{plain}"


def test_an_address_is_made_one_that_a_feed_may_have(http: Newsroom) -> None:
    archive.keep(http, url='https://desk.example/a|b<c>"{d}ä\\')
    [entry] = entries(feed(http, VERDICTS))
    assert links(entry, "alternate")[0] == "https://desk.example/a%7Cb%3Cc%3E%22%7Bd%7Dä%5C"


@EACH_FEED
@pytest.mark.parametrize("other", ["fields=id", "expand=claims", "count=true", "excerpts=true"])
def test_what_is_asked_of_json_alone_is_refused(http: Newsroom, path: str, other: str) -> None:
    answer = http.get(f"{path}&{other}")
    assert answer.status == 400
    assert set(answer.codes) == {other.partition("=")[0]}


@EACH_FEED
def test_accept_asks_for_a_feed_as_well_and_format_goes_before(http: Newsroom, path: str) -> None:
    bare = path.partition("?")[0]
    wanted = {"Accept": "application/atom+xml, application/rss+xml;q=0.9, */*;q=0.1"}
    assert "atom" in http.get(bare, headers=wanted).headers["Content-Type"]
    assert "json" in http.get(f"{bare}?format=json", headers=wanted).headers["Content-Type"]


@pytest.mark.parametrize(
    ("broken", "flaw"),
    [
        ("<entry><id>urn:x</id></entry>", "absolute IRI"),
        ("<updated>2022-02-16</updated>", "no date"),
        ("<id>https://a.example/</id>", "2 times"),
        ("<link href='/v1'/>", "does not lead"),
        ("<summary>x</summary>", "does not stand here"),
        ("<category/>", "no term"),
        ("<author/>", "no name"),
        ("<link href='https://a.example/1'/><link href='https://a.example/2'/>", "same type"),
    ],
)
def test_the_rules_of_feeds_are_seen_broken(http: Newsroom, broken: str, flaw: str) -> None:
    sound = http.get(VERDICTS).text
    found = flaws(parsed(sound.replace("</feed>", f"{broken}</feed>")))
    assert any(flaw in one for one in found), found
    assert atoms.flaws(parsed(sound)) == []
