"""Dates of reviews: what is certain of them, in the spellings that there are."""

import pytest

from service.interop.claimreview.values import dates
from tests.interop.claimreview.reader import node, told

SPELLED = [
    ("2020-06-23", "2020-06-23", None), ("2020-06", "2020-06", None), ("2020", "2020", None),
    ("2022-11-01T18:16:43+05:30", "2022-11-01T18:16:43+05:30", None),
    ("2020-06-23T20:02:00.123Z", "2020-06-23T20:02:00.123Z", None),
    ("2020-06-23 20:02", "2020-06-23", "date-in-part"),
    ("2020-06-23T20:02:00", "2020-06-23", "date-in-part"),
    ("2020-03-27T10:46:13+0200", "2020-03-27T10:46:13+02:00", "date-mended"),
    ("2020-03-27 10:46:13 +02", "2020-03-27T10:46:13+02:00", "date-mended"),
    ("2020-03-27T10:46Z", "2020-03-27T10:46:00Z", "date-mended"),
    ("2020-03-27 10:46:13 UTC", "2020-03-27T10:46:13Z", "date-mended"),
    ("2020-03-27T08:46 pm GMT", "2020-03-27T20:46:00Z", "date-mended"),
    ("2020-03-27T12:46 am Z", "2020-03-27T00:46:00Z", "date-mended"),
    ("2020-03-27T10:46:13+99:00", "2020-03-27", "date-in-part"),
    ("2020-03-27T25:46:13Z", "2020-03-27", "date-in-part"),
    ("2015-06-7", "2015-06-07", "date-mended"), ("2015/6/7", "2015-06-07", "date-mended"),
    ("20200623", "2020-06-23", "date-mended"), ("20200623T200212Z", "2020-06-23T20:02:12Z", "date-mended"),
    ("Tue, 23 Jun 2020 20:02:00 -0000", "2020-06-23", "date-in-part"),
    ("20200623T200212", "2020-06-23", "date-in-part"), ("20200623T990000Z", "2020-06-23", "date-in-part"),
    ("June 23, 2020", "2020-06-23", "date-mended"), ("23 de junio de 2020", "2020-06-23", "date-mended"),
    ("23 czerwca 2020 r.", "2020-06-23", "date-mended"), ("Juni 2020", "2020-06", "date-mended"),
    ("23.06.2020", "2020-06-23", "date-mended"), ("13/04/2020", "2020-04-13", "date-mended"),
    ("04/13/2020", "2020-04-13", "date-mended"), ("04/04/2020", "2020-04-04", "date-mended"),
    ("03/04/2020", "2020", "date-in-part"), ("Tue, 23 Jun 2020 20:02:00 +0200",
    "2020-06-23T20:02:00+02:00", "date-mended"), ("2020-02-31", "2020-02", "date-in-part"),
    ("2020-06-00", "2020-06", "date-in-part"), ("2020-13-01", "2020", "date-in-part"),
    ("٢٠٢٠-٠٦-٢٣", "2020-06-23", "date-mended"), (2020, "2020", "date-mended"),
    (1593000000, "2020-06-24T12:00:00Z", "date-mended"),
    (1593000000000, "2020-06-24T12:00:00Z", "date-mended"),
    ("1593000060", "2020-06-24T12:01:00Z", "date-mended"),
    ("1593000060000", "2020-06-24T12:01:00Z", "date-mended"),
    ("2023年3月4日", "2023-03-04", "date-mended"), ("2023년 3월", "2023-03", "date-mended"),
    ("٤ مارس ٢٠٢٣", "2023-03-04", "date-mended"), ("4 मार्च 2023", "2023-03-04", "date-mended"),
    ("४ फ़रवरी २०२३", "2023-02-04", "date-mended"), ("۴ ژوئیه ۲۰۲۳", "2023-07-04", "date-mended"),
    ("Sat Mar 04 2023 10:00:00 GMT+0100 (CET)", "2023-03-04T10:00:00+01:00", "date-mended"),
    ("Sat Mar 04 2023 10:00:00 GMT", "2023-03-04T10:00:00Z", "date-mended"),
    ("Sat Mar 04 2023 10:00:00", "2023-03-04", "date-in-part"),
    (["2020-06-23"], "2020-06-23", "list-for-one"),
]  # fmt: skip

NONE = [
    "yesterday", "0001-01-01T00:00:00", "9999-12-31", "0000-00-00", "2020-W12", "x" * 10_000, True,
    {"a": 1}, 5, -1, 1e300, 0.5, "June July 2020", "2020 2021 June", "Mon, 99 Foo", "1 1 1 1 1",
    "Sat Foo 04 2023 10:00:00 GMT+0100",
    "Tue, 23 Jun 0999 20:02:00 +0200", "31/31/0001", "٣",
]  # fmt: skip


@pytest.mark.parametrize(("sent", "date", "code"), SPELLED)
def test_a_date_is_understood(sent: object, date: str, code: str | None) -> None:
    found = node(sent)
    assert dates.read(found) == date
    assert told(found) == ([code] if code else [])


@pytest.mark.parametrize("sent", NONE)
def test_what_is_no_date_is_left_out(sent: object) -> None:
    found = node(sent)
    assert dates.read(found) is None
    assert told(found) == ["date-unusable"]


def test_a_review_does_not_come_from_the_future() -> None:
    found = node("2199-01-01")
    assert dates.read(found, past=True) is None
    assert told(found) == ["date-in-the-future"]


def test_no_date_is_none() -> None:
    assert dates.read(None) is None
    assert dates.read(node([])) is None
