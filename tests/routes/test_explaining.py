"""Note, reason and actor: why, and who, beside the content."""

from urllib.parse import quote

import pytest

from tests.kinds.smallest import Json, Sample
from tests.newsroom import Newsroom
from tests.routes.acts import ANY, WHY, draft, publish, refused, revise

SAID = {"note": "Wir lagen falsch & mehr.", "reason": "typo", "actor": "a. b."}
QUERY = "&".join(f"{name}={quote(text)}" for name, text in SAID.items())


def last(http: Newsroom, path: str) -> Json:
    """Return the last line of a record's history."""
    return http.get(f"{path}/revisions", key=http.editor).json()["items"][-1]


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@pytest.mark.parametrize("where", ["query", "body"])
def test_what_goes_with_a_write_is_a_parameter_or_a_member(
    http: Newsroom,
    sample: Sample,
    method: str,
    where: str,
) -> None:
    publish(http, sample)
    path = f"{sample.path}?{QUERY}" if where == "query" else sample.path
    sent = sample.public(**{sample.member: "Changed"}) | ({} if where == "query" else SAID)
    assert http.request(method, path, json=sent, key=http.editor, headers=ANY).status == 200
    line = last(http, sample.path)
    assert {"note": line["note"], "reason": line["reason"]} | line["recorded_by"] == SAID | {
        "key": "editor"
    }


@pytest.mark.parametrize("method", ["PUT", "PATCH", "POST"])
@pytest.mark.parametrize("name", SAID)
def test_what_is_given_twice_and_differs_is_refused(
    http: Newsroom, sample: Sample, method: str, name: str
) -> None:
    publish(http, sample)
    path = sample.collection if method == "POST" else sample.path
    other = {"note": "Else.", "reason": "legal", "actor": "c. d."}[name]
    sent = sample.public(**{sample.member: "Changed"}) | {name: other}
    answer = http.request(method, f"{path}?{QUERY}", json=sent, key=http.editor, headers=ANY)
    assert refused(answer) == (400, "invalid-query")
    assert answer.codes == {name: "given-twice"}


@pytest.mark.parametrize("value", [None, 5])
def test_what_is_given_twice_and_is_no_text_differs(
    http: Newsroom, sample: Sample, value: object
) -> None:
    sent = sample.draft(note=value)
    answer = http.post(f"{sample.collection}?note=Yes", json=sent, key=http.desk)
    assert answer.codes == {"note": "given-twice"}


def test_what_is_given_twice_and_is_the_same_is_taken(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    sent = SAID | {sample.member: "Changed"}
    answer = http.patch(f"{sample.path}?{QUERY}", json=sent, key=http.editor, headers=ANY)
    assert (answer.status, last(http, sample.path)["note"]) == (200, SAID["note"])


def test_a_restore_that_says_two_things_is_refused(http: Newsroom, sample: Sample) -> None:
    draft(http, sample)
    sent = {"restore": 1, "note": "Else."}
    path = f"{sample.path}/revisions?{QUERY}"
    assert http.post(path, json=sent, key=http.desk).codes == {"note": "given-twice"}


@pytest.mark.parametrize(
    "change",
    [
        {"member": "Changed"},
        {"status": "retracted"},
        {"status": "withheld"},
        {"member": "Changed", "internal": {"tip": "x"}},
    ],
)
def test_whatever_the_public_sees_change_takes_note_and_reason(
    http: Newsroom, sample: Sample, change: Json
) -> None:
    publish(http, sample)
    sent = {sample.member if name == "member" else name: to for name, to in change.items()}
    answer = http.patch(sample.path, json=sent, key=http.editor, headers=ANY)
    assert answer.codes == {"#/note": "note-required", "#/reason": "reason-required"}
    halves = ({"note": "x"}, {"reason": "typo"})
    for half, missing in zip(halves, ("#/reason", "#/note"), strict=True):
        answer = http.patch(sample.path, json=sent | half, key=http.editor, headers=ANY)
        assert list(answer.codes) == [missing]
    assert http.patch(sample.path, json=sent | WHY, key=http.editor, headers=ANY).status == 200


@pytest.mark.parametrize("change", [{"status": "draft"}, {"internal": {"tip": "x"}}])
def test_what_the_public_does_not_see_needs_no_words(
    http: Newsroom, sample: Sample, change: Json
) -> None:
    publish(http, sample)
    assert revise(http, sample.path, **change)["revision"] == 2


def test_the_first_publication_needs_no_words(http: Newsroom, sample: Sample) -> None:
    draft(http, sample)
    revise(http, sample.path, **sample.rated, status="published")
    assert http.get(sample.path).status == 200


def test_the_note_of_a_public_revision_is_public(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    revise(http, sample.path, **{sample.member: "Changed"}, **WHY, actor="a. b.")
    line = http.get(f"{sample.path}/revisions").json()["items"][-1]
    assert (line["note"], line["reason"]) == (WHY["note"], WHY["reason"])
    assert "a. b." not in http.get(f"{sample.path}/revisions").text


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("note", "", "too-short"),
        ("note", "x" * 1001, "too-long"),
        ("reason", "whim", "not-a-choice"),
        ("actor", "x" * 201, "too-long"),
        ("actor", "", "too-short"),
    ],
)
def test_words_have_bounds_in_the_body(
    http: Newsroom, sample: Sample, name: str, value: str, code: str
) -> None:
    answer = http.post(sample.collection, json=sample.draft(**{name: value}), key=http.desk)
    assert answer.codes == {f"#/{name}": code}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("note=", "invalid"),
        ("note=%00", "invalid"),
        ("note=" + "x" * 1001, "too-long"),
        ("reason=whim", "not-a-choice"),
        ("actor=" + "x" * 201, "too-long"),
        ("note=a&note=b", "given-twice"),
        ("status=nonsense", "not-a-choice"),
        ("noet=x", "unknown-parameter"),
    ],
)
def test_words_have_bounds_in_the_query(
    http: Newsroom, sample: Sample, query: str, code: str
) -> None:
    answer = http.post(f"{sample.collection}?{query}", json=sample.sent, key=http.desk)
    assert refused(answer) == (400, "invalid-query")
    assert answer.codes == {query.partition("=")[0]: code}


def test_words_as_long_as_they_may_be_are_taken(http: Newsroom, sample: Sample) -> None:
    query = f"note={'x' * 1000}&actor={'y' * 200}"
    answer = http.post(f"{sample.collection}?{query}", json=sample.draft(id="one"), key=http.desk)
    assert (answer.status, len(last(http, sample.path)["note"])) == (201, 1000)


def test_a_deletion_says_why_in_its_query(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    assert http.delete(f"{sample.path}?{QUERY}", key=http.editor, headers=ANY).status == 204
    line = last(http, sample.path)
    assert {"note": line["note"], "reason": line["reason"]} == {
        "note": SAID["note"],
        "reason": SAID["reason"],
    }
    assert line["recorded_by"] == {"key": "editor", "actor": SAID["actor"]}
