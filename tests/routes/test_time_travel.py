"""`as_of`: a record as it was recorded at an instant."""

from datetime import datetime, timedelta

import pytest
from werkzeug.http import http_date

from service.documents.instants import written
from tests.kinds.smallest import SUBJECT, Sample
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import WHY, delete, draft, publish, put, refused, restore, revise

MICROSECOND = timedelta(microseconds=1)


def shifted(instant: str, by: timedelta) -> str:
    """Return an instant earlier or later."""
    return written(datetime.fromisoformat(instant) + by)


def at(http: Newsroom, sample: Sample, instant: str, key: str | None = None) -> Answer:
    """Read the record as of an instant."""
    return http.get(f"{sample.path}?as_of={instant}", key=key)


def test_a_record_is_read_as_it_was_at_every_instant(http: Newsroom, sample: Sample) -> None:
    made = [publish(http, sample)]
    made += [revise(http, sample.path, **{sample.member: f"v{n}"}, **WHY) for n in range(3)]
    for number, record in enumerate(made, start=1):
        answer = at(http, sample, record["updated_at"])
        assert answer.json()["revision"] == number
        assert answer.json().get(sample.member) == record.get(sample.member)
        if number > 1:
            before = at(http, sample, shifted(record["updated_at"], -MICROSECOND))
            assert before.json()["revision"] == number - 1


def test_a_journey_says_where_it_came_to(http: Newsroom, sample: Sample) -> None:
    made = publish(http, sample)
    revise(http, sample.path, **{sample.member: "Changed"}, **WHY)
    answer = at(http, sample, made["updated_at"])
    assert answer.headers["Content-Location"] == f"{sample.path}/revisions/1"
    instant = datetime.fromisoformat(made["updated_at"])
    assert answer.headers["Memento-Datetime"] == http_date(instant)
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    keyed = at(http, sample, made["updated_at"], http.desk)
    assert keyed.headers["Cache-Control"] == "private, max-age=300"


def test_before_it_was_recorded_it_was_not_there(http: Newsroom, sample: Sample) -> None:
    made = publish(http, sample)
    for instant in (shifted(made["updated_at"], -MICROSECOND), "0001-01-01T00:00:00Z"):
        for key in (None, http.desk):
            answer = at(http, sample, instant, key)
            assert refused(answer) == (404, "not-yet-recorded")
            assert answer.headers["Cache-Control"] == "no-store"


def test_before_it_was_public_it_was_not_there_for_the_public(
    http: Newsroom, sample: Sample
) -> None:
    made = draft(http, sample, **sample.rated)
    assert refused(at(http, sample, made["updated_at"])) == (404, "not-found")
    revise(http, sample.path, status="published")
    assert refused(at(http, sample, made["updated_at"])) == (404, "not-yet-recorded")
    assert at(http, sample, made["updated_at"], http.desk).json() == made


@pytest.mark.parametrize("by", [timedelta(hours=1), timedelta(days=3650)])
def test_what_is_to_come_is_not_known(http: Newsroom, sample: Sample, by: timedelta) -> None:
    made = publish(http, sample)
    answer = at(http, sample, shifted(made["updated_at"], by))
    assert (answer.status, answer.codes) == (400, {"as_of": "in-the-future"})


@pytest.mark.parametrize(
    "instant",
    [
        "2022-02-16", "2022", "2022-02-16T18:00:00", "now", "", "2022-02-30T00:00:00Z",
        "2022-02-16T18:00:00+15:00", "0000-01-01T00:00:00Z", "2022-02-16t18:00:00z",
        "0001-01-01T00:00:00%2B14:00", "2022-02-16T18:00:00Z%00",
    ],
)  # fmt: skip
def test_an_instant_is_written_out(http: Newsroom, sample: Sample, instant: str) -> None:
    publish(http, sample)
    answer = at(http, sample, instant)
    assert (answer.status, answer.codes) == (400, {"as_of": "invalid"})


@pytest.mark.parametrize("form", ["%2B00:00", "+00:00", " 00:00", "-00:00", "000Z"])
def test_an_instant_can_be_written_in_several_ways(
    http: Newsroom, sample: Sample, form: str
) -> None:
    made = publish(http, sample)
    assert at(http, sample, made["updated_at"][:-1] + form).json()["revision"] == 1


def test_a_journey_takes_along_what_was_referred_to_as_it_was_then(http: Newsroom) -> None:
    put(http, "/v1/claims/c", SUBJECT)
    then = put(http, "/v1/verdicts/v", {"claim_id": "c"})["updated_at"]
    later = revise(http, "/v1/claims/c", text="Changed", **WHY)["updated_at"]
    for instant, revision in ((then, 1), (later, 2)):
        answer = http.get(f"/v1/verdicts/v?expand=claims&as_of={instant}", key=http.desk)
        assert answer.json()["expanded"]["claims"]["c"]["revision"] == revision


def test_what_was_gone_then_is_gone_at_that_instant(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    delete(http, sample.path)
    gone = http.get(sample.path).json()["recorded_at"]
    restore(http, sample.path, 1, status="published", **WHY)
    for key in (None, http.desk):
        answer = at(http, sample, gone, key)
        assert refused(answer) == (410, "gone")
        assert at(http, sample, shifted(gone, -MICROSECOND), key).json()["revision"] == 1


def test_what_is_gone_now_was_there_for_keys(http: Newsroom, sample: Sample) -> None:
    made = publish(http, sample)
    delete(http, sample.path)
    assert refused(at(http, sample, made["updated_at"])) == (410, "gone")
    assert at(http, sample, made["updated_at"], http.desk).json() == made


def test_what_was_withheld_then_is_so_at_that_instant(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    held = revise(http, sample.path, status="withheld", **WHY)["updated_at"]
    revise(http, sample.path, status="published", **WHY)
    assert refused(at(http, sample, held)) == (451, "withheld")
    assert at(http, sample, held, http.desk).json()["status"] == "withheld"


def test_the_past_can_be_trimmed_and_had_already(http: Newsroom, sample: Sample) -> None:
    made = publish(http, sample)
    path = f"{sample.path}?fields=revision&as_of={made['updated_at']}"
    answer = http.get(path)
    assert answer.json() == {"revision": 1}
    again = http.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")


def test_a_record_that_never_was_was_never(http: Newsroom, sample: Sample) -> None:
    assert refused(at(http, sample, "2022-02-16T18:00:00Z")) == (404, "not-found")
