"""Other forms of a record: which is wanted, how long it holds, and to whom it is shown."""

import pytest

from tests.interop import archive
from tests.interop.archive import AS_JSONLD, CLAIM, VERDICT
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import WHY, delete, purge, put, refused, revise
from tests.routes.conftest import Variant

JSONLD = "application/ld+json"


def known(answer: Answer) -> dict[str, str]:
    """Return what a client that has an answer asks with."""
    return {"If-None-Match": answer.headers["ETag"]}


def form(answer: Answer) -> str:
    """Return the media type of an answer without its parameters."""
    assert answer.status == 200, answer.text
    return answer.headers["Content-Type"].partition(";")[0]


@pytest.mark.parametrize(
    ("query", "accept", "wanted"),
    [
        ("", None, "application/json"),
        ("", "*/*", "application/json"),
        ("", JSONLD, JSONLD),
        ("", f"{JSONLD};q=0.5, application/json;q=0.4", JSONLD),
        ("?format=jsonld", None, JSONLD),
        ("?format=jsonld", "application/json", JSONLD),
        ("?format=jsonld", "text/plain", JSONLD),
        ("?format=json", JSONLD, "application/json"),
    ],
)
def test_format_goes_before_accept(
    http: Newsroom, query: str, accept: str | None, wanted: str
) -> None:
    archive.keep(http)
    answer = http.get(VERDICT + query, headers={"Accept": accept} if accept else {})
    assert form(answer) == wanted
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("accept", ["text/plain", "application/atom+xml"])
def test_a_form_that_a_record_does_not_have_is_not_acceptable(http: Newsroom, accept: str) -> None:
    archive.keep(http)
    answer = http.get(VERDICT, headers={"Accept": accept})
    assert refused(answer) == (406, "not-acceptable")


@pytest.mark.parametrize("other", ["fields=id", "expand=claims"])
def test_what_is_asked_of_json_alone_is_refused_of_others(http: Newsroom, other: str) -> None:
    archive.keep(http)
    answer = http.get(f"{AS_JSONLD}&{other}")
    assert answer.status == 400
    assert answer.codes == {other.partition("=")[0]: "invalid"}
    assert http.get(f"{VERDICT}?{other}", headers={"Accept": JSONLD}).status == 406


@pytest.mark.parametrize("path", ["/v1/scales/truth", VERDICT])
def test_an_unknown_form_is_refused(http: Newsroom, path: str) -> None:
    archive.keep(http)
    assert http.get(f"{path}?format=docx").codes.keys() == {"format"}


def test_the_etag_tells_the_revision_and_what_stands_around(http: Newsroom) -> None:
    archive.keep(http)
    tags = [http.get(AS_JSONLD).headers["ETag"]]
    assert tags[0].startswith('"1-jsonld-')
    revise(http, CLAIM, text="It rained for forty nights", **WHY)
    tags.append(http.get(AS_JSONLD).headers["ETag"])
    assert tags[1].startswith('"1-jsonld-')
    archive.correct(http)
    tags.append(http.get(AS_JSONLD).headers["ETag"])
    assert tags[2].startswith('"2-jsonld-')
    assert len(set(tags)) == 3


def test_a_copy_that_is_still_good_is_not_sent_again(http: Newsroom) -> None:
    archive.keep(http)
    before = http.get(AS_JSONLD)
    assert before.headers["Cache-Control"] == "public, no-cache"
    assert "Last-Modified" not in before.headers
    same = http.get(AS_JSONLD, headers=known(before))
    assert (same.status, same.body) == (304, b"")
    assert http.get(VERDICT, headers=known(before)).status == 200
    revise(http, CLAIM, text="It rained for forty nights", **WHY)
    assert http.get(AS_JSONLD, headers=known(before)).status == 200


@pytest.mark.parametrize("form", ["jsonld", "ninjs"])
def test_a_notice_that_was_purged_under_a_draft_is_kept_nowhere(http: Newsroom, form: str) -> None:
    archive.keep(http)
    archive.correct(http)
    revise(http, VERDICT, summary="It rained.", note="Shorter.", reason="typo")
    path = f"{VERDICT}?format={form}"
    revise(http, VERDICT, summary="It will rain.", status="draft")
    before = http.get(path)
    assert WHY["note"] in before.text
    assert purge(http, VERDICT, 2).status == 204
    after = http.get(path, headers=known(before))
    assert after.status == 200
    assert WHY["note"] not in after.text


def test_the_etag_names_the_revision_for_a_write(http: Newsroom) -> None:
    archive.keep(http)
    tag = http.get(AS_JSONLD).headers["ETag"]
    sent = {"title": "Nine days", **WHY}
    assert http.patch(VERDICT, json=sent, key=http.editor, headers={"If-Match": tag}).status == 200


def test_as_of_an_instant_it_is_a_memento(http: Newsroom) -> None:
    archive.keep(http)
    at = http.get(VERDICT).json()["updated_at"]
    revise(http, CLAIM, text="Later", **WHY)
    archive.correct(http)
    answer = http.get(f"{AS_JSONLD}&as_of={at}")
    assert answer.json()["claimReviewed"] == "It rained for forty days"
    assert answer.headers["Content-Location"] == f"{VERDICT}/revisions/1"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Memento-Datetime" in answer.headers
    assert refused(http.get(f"{AS_JSONLD}&as_of=2000-01-01T00:00:00Z"))[0] == 404


def test_accept_datetime_leads_to_a_revision_which_is_json(http: Newsroom) -> None:
    archive.keep(http)
    when = {"Accept-Datetime": "Tue, 01 Jan 2999 00:00:00 GMT", "Accept": JSONLD}
    assert http.get(VERDICT, headers=when).status == 406


def test_the_public_reads_what_is_public_in_every_form(http: Newsroom) -> None:
    archive.keep(http, internal={"tip": "sesame"})
    revise(http, VERDICT, summary="sesame", status="draft")
    revise(http, CLAIM, text="sesame", status="draft")
    answer = http.get(AS_JSONLD)
    assert "sesame" not in answer.text
    keyed = http.get(AS_JSONLD, key=http.desk)
    assert keyed.json()["description"] == "sesame"
    assert keyed.headers["Cache-Control"] == "private, no-cache"


def test_a_draft_is_not_there_in_any_form(http: Newsroom) -> None:
    archive.keep(http, status="draft")
    assert refused(http.get(AS_JSONLD)) == (404, "not-found")


def test_what_is_withheld_deleted_or_purged_is_so_in_every_form(http: Newsroom) -> None:
    archive.keep(http)
    at = http.get(VERDICT).json()["updated_at"]
    for change, status in (
        (lambda: revise(http, VERDICT, status="withheld", **WHY), 451),
        (lambda: delete(http, VERDICT), 410),
        (lambda: purge(http, VERDICT), 410),
    ):
        change()
        assert http.get(AS_JSONLD).status == status
        assert http.get(f"{AS_JSONLD}&as_of={at}").status == status
        assert "rained" not in http.get(AS_JSONLD).text


def test_a_kind_without_other_forms_knows_no_format(http: Newsroom) -> None:
    put(http, "/v1/sources/s", {"title": "x", "status": "published"})
    assert http.get("/v1/sources/s?format=json").codes == {"format": "unknown-parameter"}


def test_a_form_is_sent_anew_when_the_settings_that_went_into_it_change(
    http: Newsroom, variant: Variant
) -> None:
    archive.keep(http)
    before = http.get(AS_JSONLD)
    after = variant(license="https://desk.example/license").get(AS_JSONLD, headers=known(before))
    assert after.json()["sdLicense"] == "https://desk.example/license"
