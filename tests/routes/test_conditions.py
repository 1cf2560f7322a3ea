"""Conditional requests: reads that save a body, writes that overwrite nobody unaware."""

from datetime import UTC, datetime, timedelta

import pytest
from werkzeug.http import http_date, parse_date

from tests.kinds.smallest import Sample
from tests.newsroom import Newsroom
from tests.routes.acts import ANY, WHY, draft, publish, refused, revise

TRUTH = "/v1/scales/truth"
"""A record of the year 2000: old enough for dates to tell its revisions apart."""

ENDLESS = [
    f"Wed, 16 Feb {'9' * 20} 18:00:00 GMT",
    f"Wed, 16 Feb 2022 18:00:{'9' * 20} GMT",
    f"Wed, 16 Feb 2022 18:00:00 +{'9' * 20}",
]
"""Dates of numbers that no date can have."""


@pytest.mark.parametrize(
    "tags", ['"1"', 'W/"1"', "*", '"7", "1"', 'W/"7",W/"1"', '"1-csv" , "1"', ' "1" ']
)
def test_who_has_the_present_revision_is_sent_none(
    http: Newsroom, sample: Sample, tags: str
) -> None:
    publish(http, sample)
    answer = http.get(sample.path, headers={"If-None-Match": tags})
    assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", '"1"')
    assert {"Cache-Control", "Vary"} <= set(answer.headers.keys())


@pytest.mark.parametrize("tags", ['"2"', '"11"', '"1-csv"', "junk", "", "1"])
def test_who_has_another_revision_is_sent_this_one(
    http: Newsroom, sample: Sample, tags: str
) -> None:
    publish(http, sample)
    assert http.get(sample.path, headers={"If-None-Match": tags}).status == 200


def test_a_revision_has_a_tag_too(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    path = f"{sample.path}/revisions/1"
    assert http.get(path).headers["ETag"] == '"1"'
    assert http.get(path, headers={"If-None-Match": '"1"'}).status == 304


def test_an_old_record_is_not_sent_again_to_who_has_its_date(http: Newsroom) -> None:
    modified = http.get(TRUTH).headers["Last-Modified"]
    assert http.get(TRUTH, headers={"If-Modified-Since": modified}).status == 304
    assert parse_date(modified) == datetime(2000, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("date", ["Fri, 31 Dec 1999 23:59:59 GMT", "yesterday", "", "0", *ENDLESS])
def test_who_has_an_older_date_or_none_is_sent_the_record(http: Newsroom, date: str) -> None:
    assert http.get(TRUTH, headers={"If-Modified-Since": date}).status == 200


def test_what_else_comes_along_may_be_of_a_later_date(http: Newsroom) -> None:
    path, since = f"{TRUTH}?expand=verdicts", {"If-Modified-Since": http_date(datetime.now(UTC))}
    answer = http.get(path, headers=since)
    assert (answer.status, "Last-Modified" in answer.headers) == (200, False)
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert http.get(path, headers=since | tag).status == 304


def test_a_date_is_no_reason_against_a_tag(http: Newsroom) -> None:
    since = http_date(datetime.now(UTC))
    for tag, status in (('"1"', 304), ('"2"', 200), ("", 200)):
        headers = {"If-Modified-Since": since, "If-None-Match": tag}
        assert http.get(TRUTH, headers=headers).status == status


def test_the_date_of_the_second_of_a_change_never_saves_a_body(
    http: Newsroom, sample: Sample
) -> None:
    updated = datetime.fromisoformat(publish(http, sample)["updated_at"])
    since = {"If-Modified-Since": http_date(updated.replace(microsecond=0))}
    assert http.get(sample.path, headers=since).status == 200


def test_a_date_to_come_never_saves_the_body_of_a_record_of_this_second(
    http: Newsroom, sample: Sample
) -> None:
    updated = datetime.fromisoformat(publish(http, sample)["updated_at"])
    over = updated.replace(microsecond=0) + timedelta(seconds=1)
    since = {"If-Modified-Since": http_date(updated + timedelta(hours=1))}
    assert http.get(sample.path, headers=since).status == 200 or datetime.now(UTC) >= over


def test_the_date_of_a_revision_is_one_that_no_later_revision_has(
    http: Newsroom, sample: Sample
) -> None:
    answer = http.put(sample.path, json=sample.sent, key=http.desk)
    second = datetime.fromisoformat(answer.json()["updated_at"]).replace(microsecond=0)
    over, said = second + timedelta(seconds=1), parse_date(answer.headers["Last-Modified"])
    assert said == second or (said == over and datetime.now(UTC) >= over)


@pytest.mark.parametrize("tag", ["*", '"1"', "1", 'W/"1"', '"7", "1"', "7,1", '"1-csv"'])
def test_a_write_is_based_on_the_revision_that_it_names(
    http: Newsroom, sample: Sample, tag: str
) -> None:
    draft(http, sample)
    sent = sample.draft(**{sample.member: "Changed"})
    answer = http.put(sample.path, json=sent, key=http.desk, headers={"If-Match": tag})
    assert (answer.status, answer.headers["ETag"]) == (200, '"2"')


@pytest.mark.parametrize(
    "tag", ['"2"', '"0"', "junk", "", '"1x"', '"1', '1"', "1-csv", '"٣"', "9" * 30]
)
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_write_based_on_another_revision_is_refused(
    http: Newsroom, sample: Sample, method: str, tag: str
) -> None:
    draft(http, sample)
    headers = {"If-Match": tag.encode().decode("latin-1")}
    answer = http.request(method, sample.path, json=sample.sent, key=http.desk, headers=headers)
    assert refused(answer) == (412, "precondition-failed")
    assert (answer.json()["revision"], answer.json()["changed"]) == (1, [])


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_write_that_names_no_revision_is_refused(
    http: Newsroom, sample: Sample, method: str
) -> None:
    draft(http, sample)
    answer = http.request(method, sample.path, json=sample.sent, key=http.desk)
    assert refused(answer) == (428, "precondition-required")
    assert answer.json()["revision"] == 1
    assert 'If-Match: "1"' in answer.json()["detail"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("match", [{}, {"If-Match": "*"}, {"If-Match": '"1"'}])
def test_what_is_there_is_not_new(
    http: Newsroom, sample: Sample, method: str, match: dict[str, str]
) -> None:
    draft(http, sample)
    headers = match | {"If-None-Match": " * "}
    sent = sample.draft(**{sample.member: "Changed"})
    answer = http.request(method, sample.path, json=sent, key=http.desk, headers=headers)
    assert refused(answer) == (412, "precondition-failed")
    assert http.get(sample.path, key=http.desk).headers["ETag"] == '"1"'


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_who_comes_late_is_told_what_has_changed(
    http: Newsroom, sample: Sample, method: str
) -> None:
    draft(http, sample, external_ids={"cms": "1", "wiki": "1"})
    changes = {sample.member: "Changed", "external_ids": {"cms": "2"}, "internal": {"tip": "x"}}
    revise(http, sample.path, **changes, **sample.rated, status="published")
    answer = http.request(
        method, sample.path, json=sample.sent, key=http.editor, headers={"If-Match": '"1"'}
    )
    assert refused(answer) == (412, "precondition-failed")
    assert answer.json()["revision"] == 2
    expected = {f"/{sample.member}", "/external_ids/cms", "/internal", "/status"}
    assert set(answer.json()["changed"]) == expected | {f"/{name}" for name in sample.rated}


def test_at_most_100_changes_are_named(http: Newsroom) -> None:
    http.put("/v1/claims/c", json={"text": "x", "internal": {}}, key=http.desk)
    revise(http, "/v1/claims/c", internal={f"n{n}": n for n in range(150)})
    answer = http.delete("/v1/claims/c", key=http.desk, headers={"If-Match": '"1"'})
    assert len(answer.json()["changed"]) == 100


def test_the_same_write_twice_is_stopped_the_second_time(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    sent, tag = {sample.member: "Changed", **WHY}, {"If-Match": '"1"'}
    assert http.patch(sample.path, json=sent, key=http.editor, headers=tag).status == 200
    assert http.patch(sample.path, json=sent, key=http.editor, headers=tag).status == 412


def test_any_revision_will_do_for_who_says_so(http: Newsroom, sample: Sample) -> None:
    draft(http, sample)
    for text in ("one", "two"):
        sent = sample.draft(**{sample.member: text})
        assert http.put(sample.path, json=sent, key=http.desk, headers=ANY).status == 200
