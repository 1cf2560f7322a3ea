"""Superdesk's HTTP push: items become drafts of sources, and of appearances of claims."""

import hashlib
import hmac
from collections.abc import Callable

import orjson
import pytest

from tests.kinds.smallest import Json
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import ANY, WHY, refused, restore
from tests.routes.conftest import Variant

PUSH = "/v1/integrations/superdesk"
GUID = "urn:newsml:desk.example:2022-02-16T18:00:00:1"
SOURCE = f"/v1/sources/ninjs-{hashlib.sha256(GUID.encode()).hexdigest()[:32]}"
CLAIM = "/v1/claims/drawdown"
SAID = "Some Russian troops are returning to base after exercises"
BODY = f"<p>The ministry of defence in Moscow spoke.</p><p>“{SAID},” it said on Tuesday.</p>"
ITEM: Json = {
    "guid": GUID,
    "version": "1",
    "type": "text",
    "pubstatus": "usable",
    "headline": "Troops on their <b>way</b> home",
    "body_html": BODY,
    "language": "en",
    "source": "Desk",
    "byline": "O. K.",
    "firstcreated": "2022-02-16T18:00:00+0000",
    "versioncreated": "2022-02-16T18:00:00+0000",
}


def signature(data: bytes, *, by: str = "one") -> dict[str, str]:
    """Return the header fields of what Superdesk sends."""
    signed = hmac.new(by.encode(), data, "sha1").hexdigest()
    return {"X-Superdesk-Signature": f"sha1={signed}", "Content-Type": "application/json"}


@pytest.fixture
def superdesk(variant: Variant) -> Callable[..., Answer]:
    """Return a way to push as Superdesk does: an item, or one with other members."""
    desk = variant(superdesk_secret=("two", "one"))

    def push(by: str = "one", /, **members: object) -> Answer:
        data = orjson.dumps(ITEM | members)
        return desk.post(PUSH, data=data, headers=signature(data, by=by))

    return push


@pytest.fixture
def claim(http: Newsroom) -> Json:
    """Publish the claim that the item quotes."""
    sent = {"text": SAID, "language": "en", "status": "published"}
    return http.put(CLAIM, json=sent, key=http.editor).json()


def source(http: Newsroom) -> Json:
    """Return the source as the desk reads it."""
    return http.get(SOURCE, key=http.desk).json()


def came(answer: Answer) -> tuple[str, int | None, str | None]:
    """Return what became of the source."""
    found = answer.json()["source"]
    return found["outcome"], found["revision"], found["status"]


def test_an_item_becomes_a_draft_of_a_source(
    http: Newsroom, superdesk: Callable[..., Answer]
) -> None:
    answer = superdesk()
    assert (answer.status, answer.headers["Location"]) == (201, SOURCE)
    assert came(answer) == ("created", 1, "draft")
    assert http.get(SOURCE).status == 404
    said = {"title": "Troops on their way home", "source_type": "article", "publisher": "Desk"}
    said |= {"authors": ["O. K."], "published_at": "2022-02-16T18:00:00.000000Z", "language": "en"}
    assert source(http).items() >= (said | {"external_ids": {"superdesk": GUID}}).items()


def test_a_source_keeps_the_item_it_was_made_from(
    http: Newsroom, superdesk: Callable[..., Answer]
) -> None:
    superdesk()
    found = source(http)
    sha256 = hashlib.sha256(orjson.dumps(ITEM)).hexdigest()
    assert found["origin"] == {"sha256": sha256, "raw": ITEM}
    assert found["recorded_by"] == {"key": "superdesk"}
    mark = {"version": "1", "versioncreated": "2022-02-16T18:00:00.000000Z", "pubstatus": "usable"}
    assert found["internal"] == {"superdesk": mark}


def test_an_item_that_quotes_a_claim_is_an_appearance_of_it(
    http: Newsroom, superdesk: Callable[..., Answer], claim: Json
) -> None:
    [quoted] = superdesk().json()["claims"]
    assert (quoted["id"], quoted["outcome"], quoted["how"]) == ("drawdown", "added", "verbatim")
    draft = http.get(CLAIM, key=http.desk).json()
    [appearance] = draft["appearances"]
    assert draft["status"] == "draft"
    assert appearance["source_id"] == SOURCE.rpartition("/")[2]
    assert appearance["quote"] == quoted["sentence"] == f"“{SAID},” it said on Tuesday."
    assert http.get(CLAIM).json() == {k: v for k, v in claim.items() if k != "recorded_by"}


def test_a_push_that_comes_again_finds_what_it_did(
    http: Newsroom, superdesk: Callable[..., Answer], claim: Json
) -> None:
    superdesk()
    again = superdesk()
    assert (again.status, came(again)) == (200, ("unchanged", 1, "draft"))
    assert [one["outcome"] for one in again.json()["claims"]] == ["present"]
    assert http.get(CLAIM, key=http.desk).json()["revision"] == 2


def test_a_newer_version_revises_and_keeps_what_people_added(
    http: Newsroom, superdesk: Callable[..., Answer]
) -> None:
    superdesk()
    sent = {"reliability": "B", "external_ids": {"superdesk": GUID, "cms": "7"}}
    assert http.patch(SOURCE, json=sent, key=http.desk, headers=ANY).status == 200
    assert came(superdesk(version="2", headline="None went home")) == ("revised", 3, "draft")
    found = source(http)
    assert (found["title"], found["reliability"]) == ("None went home", "B")
    assert found["external_ids"] == {"superdesk": GUID, "cms": "7"}
    assert found["internal"]["superdesk"]["version"] == "2"


@pytest.mark.parametrize(
    "late",
    [
        {"version": "1"},
        {"version": None, "versioncreated": "2022-02-16T17:00:00Z"},
        {"version": "2", "versioncreated": "2022-02-16T17:00:00"},
    ],
)
def test_an_older_version_that_comes_late_changes_nothing(
    superdesk: Callable[..., Answer], claim: Json, late: Json
) -> None:
    superdesk(version="2", body_html="")
    answer = superdesk(**late)
    assert (answer.status, came(answer), answer.json()["claims"]) == (
        200,
        ("older", 1, "draft"),
        [],
    )


def test_the_same_version_with_other_words_revises(superdesk: Callable[..., Answer]) -> None:
    superdesk()
    assert came(superdesk(headline="Other words")) == ("revised", 2, "draft")


def test_what_readers_have_of_a_source_stays_as_it_is(
    http: Newsroom, superdesk: Callable[..., Answer]
) -> None:
    superdesk()
    http.patch(SOURCE, json={"status": "published"}, key=http.editor, headers=ANY)
    assert came(superdesk(version="2", headline="Newer")) == ("revised", 3, "draft")
    assert http.get(SOURCE).json()["title"] == "Troops on their way home"


@pytest.mark.parametrize("pubstatus", ["canceled", "withheld"])
def test_a_public_source_whose_item_is_pulled_waits_for_a_person(
    http: Newsroom, superdesk: Callable[..., Answer], pubstatus: str
) -> None:
    superdesk()
    http.patch(SOURCE, json={"status": "published"}, key=http.editor, headers=ANY)
    pulled = superdesk(version="2", headline="KILL", pubstatus=pubstatus)
    assert came(pulled) == ("marked", 3, "draft")
    assert f"PATCH {SOURCE}" in pulled.json()["advice"]
    assert source(http)["internal"]["superdesk"]["pubstatus"] == pubstatus
    assert http.get(SOURCE).json()["title"] == source(http)["title"] == "Troops on their way home"
    assert came(superdesk(version="2", headline="KILL", pubstatus=pubstatus))[0] == "unchanged"


def test_a_draft_whose_item_is_canceled_is_deleted(
    http: Newsroom, superdesk: Callable[..., Answer]
) -> None:
    superdesk()
    assert came(superdesk(version="2", pubstatus="canceled")) == ("deleted", 2, "deleted")
    again = superdesk(version="3")
    assert came(again) == ("deleted", 2, "deleted")
    assert f"POST {SOURCE}/revisions" in again.json()["advice"]
    assert restore(http, SOURCE, 1)["revision"] == 3
    assert came(superdesk(version="3")) == ("revised", 4, "draft")


def test_a_draft_whose_item_is_withheld_stays(superdesk: Callable[..., Answer]) -> None:
    superdesk()
    assert came(superdesk(version="2", pubstatus="withheld")) == ("marked", 2, "draft")
    assert came(superdesk(version="3")) == ("revised", 3, "draft")


@pytest.mark.parametrize("pubstatus", ["canceled", "withheld"])
def test_an_unknown_item_that_is_pulled_makes_nothing(
    http: Newsroom, superdesk: Callable[..., Answer], claim: Json, pubstatus: str
) -> None:
    answer = superdesk(pubstatus=pubstatus)
    assert (answer.status, came(answer)) == (200, ("passed_over", None, None))
    assert answer.json()["claims"] == []
    assert http.get(SOURCE, key=http.desk).status == 404


def test_what_no_source_can_have_is_told_and_left_out(
    http: Newsroom, superdesk: Callable[..., Answer]
) -> None:
    answer = superdesk(language="no such language", uri="https://desk.example/1", version=[1])
    assert [one["pointer"] for one in answer.json()["left_out"]] == ["#/language"]
    assert "language" not in source(http)
    assert source(http)["url"] == "https://desk.example/1"


def test_an_item_too_large_to_keep_leaves_its_hash(
    http: Newsroom, superdesk: Callable[..., Answer]
) -> None:
    answer = superdesk(ednote="x" * 300_000)
    assert [one["pointer"] for one in answer.json()["left_out"]] == ["#/origin/raw"]
    assert list(source(http)["origin"]) == ["sha256"]


def test_either_of_two_secrets_signs(superdesk: Callable[..., Answer]) -> None:
    assert superdesk("two").status == 201


def test_a_push_that_no_secret_signed_is_refused(
    http: Newsroom, superdesk: Callable[..., Answer]
) -> None:
    assert refused(superdesk("three")) == (403, "bad-signature")
    assert http.get(SOURCE, key=http.desk).status == 404


def test_without_the_setting_no_signature_holds(http: Newsroom) -> None:
    data = orjson.dumps(ITEM)
    answer = http.post(PUSH, data=data, headers=signature(data))
    assert refused(answer) == (403, "bad-signature")
    assert "FACTCHECK_SUPERDESK_SECRET" in answer.json()["detail"]


def test_bad_signatures_count_as_failed_keys(variant: Variant) -> None:
    desk = variant(superdesk_secret=("one",), failed_key_limit=2)
    data = orjson.dumps(ITEM)
    found = [desk.post(PUSH, data=data, headers=signature(data, by="two")).status for _ in range(3)]
    assert found == [403, 403, 429]


def test_a_key_that_writes_pushes_without_a_signature(http: Newsroom) -> None:
    assert http.post(PUSH, json=ITEM, key=http.desk).status == 201
    assert source(http)["recorded_by"] == {"key": "desk"}


def test_who_has_neither_key_nor_signature_is_refused(http: Newsroom, reader: str) -> None:
    assert refused(http.post(PUSH, json=ITEM)) == (401, "unauthorized")
    assert refused(http.post(PUSH, json=ITEM, key=reader)) == (403, "forbidden")


@pytest.mark.parametrize(
    ("sent", "pointer", "code"),
    [
        ({"headline": "No guid"}, "#/guid", "required"),
        ({"guid": " "}, "#/guid", "too-short"),
        ({"guid": GUID, "pubstatus": "killed"}, "#/pubstatus", "not-a-choice"),
    ],
)
def test_an_item_that_cannot_be_told_apart_is_refused(
    http: Newsroom, sent: Json, pointer: str, code: str
) -> None:
    answer = http.post(PUSH, json=sent, key=http.desk)
    assert (refused(answer), answer.codes) == ((422, "invalid-body"), {pointer: code})


def test_an_idempotency_key_is_not_taken(http: Newsroom) -> None:
    headers = {"Idempotency-Key": "one"}
    answer = http.post(PUSH, json=ITEM, key=http.desk, headers=headers)
    assert refused(answer) == (400, "idempotency-key-not-taken")


def test_media_files_are_not_taken(http: Newsroom) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = http.post(PUSH, data=b"--x--", key=http.desk, headers=headers)
    assert refused(answer) == (415, "unsupported-media-type")
    assert http.get(f"{PUSH}/media-1").status == 404


def test_a_claim_that_is_withheld_is_not_spoken_of(
    http: Newsroom, superdesk: Callable[..., Answer], claim: Json
) -> None:
    sent = {"status": "withheld"} | WHY
    assert http.patch(CLAIM, json=sent, key=http.editor, headers=ANY).status == 200
    assert superdesk().json()["claims"] == []


def test_an_appearance_at_the_same_address_is_not_told_twice(
    http: Newsroom, superdesk: Callable[..., Answer], claim: Json
) -> None:
    known = {"appearances": [{"url": "http://www.desk.example/1/?utm_source=x"}]} | WHY
    assert http.patch(CLAIM, json=known, key=http.editor, headers=ANY).status == 200
    answer = superdesk(uri="https://desk.example/1")
    assert [one["outcome"] for one in answer.json()["claims"]] == ["present"]


def test_a_claim_that_has_all_appearances_it_can_have_stays(
    http: Newsroom, superdesk: Callable[..., Answer], claim: Json
) -> None:
    known = {"appearances": [{"title": str(n)} for n in range(200)]} | WHY
    assert http.patch(CLAIM, json=known, key=http.editor, headers=ANY).status == 200
    assert [one["outcome"] for one in superdesk().json()["claims"]] == ["full"]
