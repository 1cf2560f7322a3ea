"""What a pushed item says of a source."""

import orjson
import pytest

from service.documents.values import JsonObject
from service.interop.ninjs.items import Item, Version, read_item
from tests.kinds.smallest import Json

BARE: Json = {"guid": "urn:newsml:desk.example:1"}


def item(**members: object) -> Item:
    """Read an item that has these members beside its guid."""
    sent: Json = BARE | members
    return read_item(sent, orjson.dumps(sent))


@pytest.mark.parametrize(
    ("members", "name", "value"),
    [
        ({}, "title", "urn:newsml:desk.example:1"),
        ({"guid": "<1>"}, "title", "<1>"),
        ({"headline": "<p></p>", "slugline": "Slug"}, "title", "Slug"),
        ({"headline": "x" * 2_000}, "title", "x" * 999 + "…"),
        ({"headline": 7, "name": "Named"}, "title", "Named"),
        ({"type": "preformatted"}, "source_type", "article"),
        ({"type": "picture"}, "source_type", "imagery"),
        ({"type": "video"}, "source_type", "broadcast"),
        ({"type": ["text"]}, "source_type", "other"),
        ({"copyrightholder": "Desk"}, "publisher", "Desk"),
        ({"authors": [{"name": "A"}, {"name": ""}, 7]}, "authors", ["A"]),
        ({"authors": "A", "byline": "By <b>B</b>"}, "authors", ["By B"]),
        ({"usageterms": "<p>Ours</p>"}, "license", "Ours"),
        ({"language": "en_GB"}, "language", "en-GB"),
        (
            {"url": "https://a.example/1", "uri": "https://a.example/2"},
            "url",
            "https://a.example/1",
        ),
        ({"guid": "https://a.example/1"}, "url", "https://a.example/1"),
        (
            {"renditions": {"original": {"href": "https://a.example/1.jpg"}}},
            "url",
            "https://a.example/1.jpg",
        ),
    ],
)
def test_a_member_of_a_source_is_what_the_item_says(
    members: JsonObject, name: str, value: object
) -> None:
    assert item(**members).source[name] == value


@pytest.mark.parametrize(
    "members",
    [
        {"url": "urn:x"},
        {"renditions": []},
        {"renditions": {"original": "https://a.example/1.jpg"}},
        {"renditions": {"original": {"href": 7}}},
        {"authors": [], "byline": ""},
        {"firstcreated": "on Tuesday"},
        {"firstcreated": "0001-01-01T00:00:00+0500"},
    ],
)
def test_what_an_item_does_not_say_is_absent(members: JsonObject) -> None:
    assert item(**members).source.keys() == {"title", "source_type", "external_ids", "origin"}


@pytest.mark.parametrize(
    ("dates", "published_at"),
    [
        ({"firstpublished": "2022-02-16", "firstcreated": "2022-02-15"}, "2022-02-16"),
        ({"firstcreated": "2022-02-16T18:00:00+0100"}, "2022-02-16T17:00:00.000000Z"),
        ({"versioncreated": "2022-02-16 18:00:00"}, "2022-02-16T18:00:00.000000Z"),
        ({"firstcreated": [], "versioncreated": "2022-02-16T18:00:00Z"}, "2022-02-16T18:00:00Z"),
    ],
)
def test_it_was_published_when_the_first_date_that_can_be_read_says(
    dates: JsonObject, published_at: str
) -> None:
    assert item(**dates).source["published_at"] == published_at


def test_a_member_that_no_source_can_have_is_left_out_with_its_fault() -> None:
    found = item(source="x" * 301, uri="https://a b.example/", authors=[{"name": "x" * 301}])
    assert sorted(str(fault.pointer) for fault in found.faults) == [
        "#/authors/0",
        "#/publisher",
        "#/url",
    ]
    assert found.source.keys() & {"publisher", "url", "authors"} == set()


def test_its_text_is_headline_lead_and_body() -> None:
    found = item(headline="<b>A</b>", description_text="B", body_html="<p>C</p><p>D</p>")
    assert found.text == "A\n\nB\n\nC\n\nD"
    assert item(body_text="C", body_html=None).text == "C"


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ({"version": "9"}, {"version": 10}, True),
        ({"version": 10}, {"version": "9"}, False),
        ({"version": "2", "versioncreated": "2023-01-01T00:00:00Z"}, {"version": "3"}, True),
        ({"versioncreated": "2022-01-01"}, {"versioncreated": "2022-01-02T00:00:00Z"}, True),
        ({"version": "two"}, {"version": "3"}, False),
        ({"version": "٣"}, {"version": "4"}, False),
        ({}, {"versioncreated": "2022-01-02T00:00:00Z"}, False),
    ],
)
def test_versions_come_by_number_and_else_by_instant(
    one: JsonObject, other: JsonObject, *, before: bool
) -> None:
    assert Version.of(one).before(Version.of(other)) is before


def test_a_version_is_known_again_by_its_members() -> None:
    version = Version.of({"version": 3, "versioncreated": "2022-02-16T18:00:00+0000"})
    assert Version.of(version.members) == version
    assert Version.of({}).members == {}
