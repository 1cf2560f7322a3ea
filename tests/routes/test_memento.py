"""Memento on items, point by point: RFC 7089, and the version links of RFC 5829.

A test's docstring names the section whose point it is.
"""

from datetime import datetime, timedelta
from typing import Final

import pytest
from werkzeug.http import http_date, parse_date

from service.documents.instants import http_date as own_date
from service.documents.instants import read, read_http_date
from service.routes import mementos
from tests.kinds.smallest import Json
from tests.links import Link, Links
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import COURT, WHY, delete, publish, purge, refused, revise
from tests.routes.conftest import Sample
from tests.routes.moving import take

RECORD: Final = "/v1/claims/c"
HISTORY: Final = f"{RECORD}/revisions"
TIMEMAP: Final = f"{HISTORY}?format=link"
FORMAT: Final = "application/link-format"
LIFE: Final = {
    1: ("draft", "2022-02-16T18:00:00.500000Z"),
    2: ("published", "2022-02-16T18:00:10.250000Z"),
    3: ("published", "2022-02-16T18:00:10.750000Z"),
    4: ("draft", "2022-02-17T09:00:00.000000Z"),
    5: ("published", "2022-02-17T10:00:00.000001Z"),
    6: ("deleted", "2022-02-18T10:00:00.000000Z"),
    7: ("published", "2022-02-19T10:00:00.000000Z"),
    8: ("withheld", "2022-02-20T10:00:00.000000Z"),
    9: ("published", "2022-02-21T10:00:00.999999Z"),
}
"""Status and instant of each revision; 2 and 3 lie in one second."""
PUBLIC: Final = [2, 3, 5, 7, 9]
KEYED: Final = [1, 2, 3, 4, 5, 7, 8, 9]


def revision(number: int, status: str, recorded_at: str) -> Json:
    """Return the line by which a revision moves in."""
    line: Json = {"type": "claim", "id": "c", "revision": number, "status": status}
    body = {} if status == "deleted" else {"text": f"Version {number}"}
    return line | {"recorded_at": recorded_at, "body": body} | WHY


@pytest.fixture
def told(http: Newsroom) -> Newsroom:
    """Let a claim move in whose history is that of `LIFE`."""
    lines = [revision(number, *about) for number, about in LIFE.items()]
    assert take(http, *lines).status == 200
    return http


@pytest.fixture(params=["public", "keyed"])
def key(request: pytest.FixtureRequest, http: Newsroom) -> str | None:
    """Stand for both classes of readers."""
    return http.desk if request.param == "keyed" else None


def readable(key: str | None) -> list[int]:
    """Return the revisions that a reader can read."""
    return KEYED if key else PUBLIC


def date(number: int) -> str:
    """Return the HTTP date of a revision."""
    return http_date(read(LIFE[number][1]))


def at(http: Newsroom, when: str, key: str | None = None, path: str = RECORD) -> Answer:
    """Ask for the claim as it was in a second."""
    return http.get(path, key=key, headers={"Accept-Datetime": when})


def links(answer: Answer) -> Links:
    """Return the links of an answer."""
    return Links.of_header(answer.headers["Link"])


def timemap(http: Newsroom, path: str = TIMEMAP, key: str | None = None) -> Links:
    """Return the links of a TimeMap."""
    return Links.of_document(http.get(path, key=key).text)


def numbers(found: list[Link]) -> list[int]:
    """Return the revisions to which links lead."""
    return [int(link.target.removeprefix(f"{HISTORY}/")) for link in found]


# RFC 7089, section 2.1.


@pytest.mark.parametrize("number", PUBLIC[1:])
def test_accept_datetime_leads_to_the_revision_of_that_second(told: Newsroom, number: int) -> None:
    """2.1.1."""
    answer = at(told, date(number))
    assert (answer.status, answer.json()["text"]) == (200, f"Version {number}")


@pytest.mark.parametrize(
    "when",
    [
        "2022-02-16T18:00:10Z", "Wednesday, 16-Feb-22 18:00:10 GMT", "Wed Feb 16 18:00:10 2022",
        "Wed, 16 Feb 2022 18:00:10 UTC", "Wed, 16 Feb 2022 18:00:10 +0000", "now", "", "0",
        "Wed, 16 Feb 2022 18:00:10", "16 Feb 2022 18:00:10 GMT", "Wed, 16 Feb 22 18:00:10 GMT",
        "Thu, 16 Feb 2022 18:00:10 GMT", "Wed, 30 Feb 2022 18:00:10 GMT",
        "wed, 16 feb 2022 18:00:10 gmt", "Wed, 16 Feb 2022 18:00:60 GMT",
        "Wed, 16 Feb 2022 24:00:00 GMT", "Tue,  1 Feb 2022 18:00:10 GMT", "Mon, 01 Jan 0000",
        "Wed, 16 Feb 2022 18:00:10 GMT, Wed, 16 Feb 2022 18:00:10 GMT", "1" * 5000,
    ],
)  # fmt: skip
def test_a_date_of_another_form_is_refused_and_the_form_is_shown(
    told: Newsroom, when: str, key: str | None
) -> None:
    """2.1.1 and 4.5.3."""
    answer = at(told, when, key)
    assert refused(answer) == (400, "bad-request")
    assert answer.codes == {"Accept-Datetime": "invalid"}
    assert mementos.EXAMPLE in answer.json()["detail"]


def test_a_date_of_http_is_read_and_written_to_the_letter() -> None:
    """2.1.1."""
    for instant in ("0001-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "9999-12-31T23:59:59Z"):
        text = own_date(read(instant))
        assert (text, read_http_date(text)) == (http_date(read(instant)), read(instant))


def test_memento_datetime_is_on_mementos_and_nowhere_else(told: Newsroom, key: str | None) -> None:
    """2.1.1: by this header alone a client knows that it has a memento."""
    for number in readable(key):
        answer = told.get(f"{HISTORY}/{number}", key=key)
        assert answer.headers["Memento-Datetime"] == date(number)
    assert at(told, date(5), key).headers["Memento-Datetime"] == date(5)
    for path in (RECORD, HISTORY, TIMEMAP, "/v1/claims"):
        assert "Memento-Datetime" not in told.get(path, key=key).headers


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_timegate_varies_by_accept_datetime(told: Newsroom, method: str, key: str | None) -> None:
    """2.1.2: with the header and without, found or not modified."""
    for headers in ({}, {"Accept-Datetime": date(5)}, {"If-None-Match": "*"}):
        answer = told.request(method, RECORD, key=key, headers=headers)
        assert "Accept-Datetime" in answer.headers["Vary"].split(", ")


def test_what_does_not_negotiate_does_not_vary_by_it(told: Newsroom) -> None:
    """2.1.2."""
    for path in (f"{HISTORY}/3", TIMEMAP, HISTORY, "/v1/claims"):
        assert "Accept-Datetime" not in told.get(path).headers["Vary"]


# RFC 7089, section 2.2.


def test_every_memento_names_its_original(told: Newsroom, key: str | None) -> None:
    """2.2.1."""
    answers = [told.get(f"{HISTORY}/{number}", key=key) for number in readable(key)]
    answers += [at(told, date(3), key), told.get(f"{RECORD}?as_of={LIFE[5][1]}", key=key)]
    for answer in answers:
        assert links(answer).one("original").target == RECORD


def test_the_original_names_its_timegate_which_it_is_itself(
    told: Newsroom, key: str | None
) -> None:
    """2.2.2 and 4.1."""
    for path in (RECORD, f"{HISTORY}/3"):
        gate = links(told.get(path, key=key)).one("timegate")
        assert gate.target == RECORD
        assert at(told, date(3), key, gate.target).json()["text"] == "Version 3"


def test_original_and_mementos_name_the_timemap_and_its_media_type(
    told: Newsroom, key: str | None
) -> None:
    """2.2.3: also a client that sends no `Accept` gets what the link promises."""
    for answer in (told.get(RECORD, key=key), told.get(f"{HISTORY}/3", key=key)):
        link = links(answer).one("timemap")
        assert link["type"] == FORMAT
        assert told.get(link.target, key=key).headers["Content-Type"] == FORMAT


def test_a_link_to_a_memento_bears_the_date_that_the_memento_does(
    told: Newsroom, key: str | None
) -> None:
    """2.2.4."""
    for number in readable(key):
        found = links(told.get(f"{HISTORY}/{number}", key=key)).with_rel("memento")
        for link in found:
            assert told.get(link.target, key=key).headers["Memento-Datetime"] == link["datetime"]


@pytest.mark.parametrize(
    ("number", "around"),
    [
        (2, {"first": 2, "next": 3, "last": 9}),
        (3, {"first": 2, "prev": 2, "next": 5, "last": 9}),
        (5, {"first": 2, "prev": 3, "next": 7, "last": 9}),
        (9, {"first": 2, "prev": 7, "last": 9}),
    ],
)
def test_a_memento_leads_to_the_first_the_last_and_its_neighbours(
    told: Newsroom, number: int, around: dict[str, int]
) -> None:
    """2.2.4: relation types of others joined to `memento`, each memento linked once."""
    found = links(told.get(f"{HISTORY}/{number}"))
    for rel in ("first", "prev", "next", "last"):
        assert numbers(found.with_rel(rel)) == [around[rel] for _ in {rel} & around.keys()]
    assert numbers(found.with_rel("memento")) == sorted({number, *around.values()})


def test_nothing_but_mementos_has_a_date(told: Newsroom) -> None:
    """2.2.4."""
    for answer in (told.get(RECORD), told.get(f"{HISTORY}/3"), at(told, date(3))):
        assert all(("datetime" in link) == ("memento" in link.rels) for link in links(answer))


# RFC 7089, section 4.1.2: the original is its own TimeGate and answers 200.


def test_the_answer_is_the_memento_and_says_where_that_is(told: Newsroom, key: str | None) -> None:
    """4.1.2."""
    answer = at(told, date(5), key)
    memento = told.get(answer.headers["Content-Location"], key=key)
    assert (answer.status, answer.headers["Content-Location"]) == (200, f"{HISTORY}/5")
    assert answer.body == memento.body
    for name in ("ETag", "Last-Modified", "Memento-Datetime", "Link", "Repr-Digest"):
        assert answer.headers[name] == memento.headers[name]


def test_where_it_is_goes_for_some_fields_too(told: Newsroom) -> None:
    """4.1.2."""
    path = f"{RECORD}?fields=text,revision"
    for answer in (at(told, date(5), path=path), told.get(f"{path}&as_of={LIFE[7][1]}")):
        memento = told.get(answer.headers["Content-Location"])
        assert (answer.body, answer.headers["ETag"]) == (memento.body, memento.headers["ETag"])


def test_head_tells_what_get_does(told: Newsroom, key: str | None) -> None:
    """4.1.2."""
    asked = {"Accept-Datetime": date(5)}
    head = told.request("HEAD", RECORD, key=key, headers=asked)
    got = told.get(RECORD, key=key, headers=asked)
    for name in ("Content-Location", "Memento-Datetime", "Link", "ETag", "Content-Length"):
        assert head.headers[name] == got.headers[name]


def test_a_copy_at_hand_is_not_sent_again(told: Newsroom) -> None:
    """4.1.2."""
    headers = {"Accept-Datetime": date(5), "If-None-Match": '"5"'}
    answer = told.get(RECORD, headers=headers)
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["Memento-Datetime"] == date(5)


def test_a_memento_does_not_negotiate(told: Newsroom) -> None:
    """4.1: nor does an address that is one moment already."""
    for path in (f"{HISTORY}/7", f"{RECORD}?as_of={LIFE[7][1]}"):
        assert at(told, date(3), path=path).headers["Memento-Datetime"] == date(7)
    assert at(told, "no date", path=f"{HISTORY}/7").status == 200


def test_an_expansion_has_no_memento(told: Newsroom) -> None:
    for name, value in (("expand", "sources"), ("format", "html")):
        answer = at(told, date(5), path=f"{RECORD}?{name}={value}")
        assert (answer.status, answer.codes) == (400, {name: "invalid"})


def test_what_can_no_longer_change_is_kept_by_caches(told: Newsroom, key: str | None) -> None:
    cached = at(told, date(5), key).headers["Cache-Control"]
    assert cached == f"{'private' if key else 'public'}, max-age=300"


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(days=9)])
def test_what_may_change_is_not(http: Newsroom, sample: Sample, ahead: timedelta) -> None:
    made = publish(http, sample)
    when = http_date(datetime.fromisoformat(made["updated_at"]) + ahead + timedelta(hours=1))
    answer = at(http, when, path=sample.path)
    assert answer.body == http.get(sample.path).body
    assert answer.headers["Cache-Control"] == "no-store"


# An HTTP date has whole seconds, a revision has microseconds.


def test_a_second_leads_to_the_newest_revision_in_it(told: Newsroom) -> None:
    assert date(2) == date(3)
    assert at(told, date(2)).json()["revision"] == 3


def test_of_two_in_a_second_the_other_is_one_link_away(told: Newsroom) -> None:
    before = links(at(told, date(2))).one("prev")
    assert numbers([before]) == [2]
    assert told.get(before.target).json()["text"] == "Version 2"


def test_a_second_with_no_revision_leads_to_the_newest_before_it(
    told: Newsroom, key: str | None
) -> None:
    instant = read(LIFE[5][1])
    for seconds, number in ((-1, 4 if key else 3), (0, 5), (1, 5)):
        when = http_date(instant + timedelta(seconds=seconds))
        assert at(told, when, key).json()["revision"] == number


def test_the_date_of_a_memento_leads_to_it_or_to_a_later_one_of_its_second(
    told: Newsroom, key: str | None
) -> None:
    for number in readable(key):
        found = at(told, date(number), key).json()["revision"]
        assert (found, date(found)) == (
            max(number, 3 if number < 4 and number > 1 else 0),
            date(number),
        )


# RFC 7089, section 4.5.


def test_who_may_read_it_finds_the_way_from_a_deleted_record_to_its_past(
    http: Newsroom, sample: Sample
) -> None:
    """4.5.2; to the public the past is gone with it, and nothing is promised."""
    made = publish(http, sample)
    delete(http, sample.path)
    gone = http.get(sample.path, key=http.desk)
    assert (gone.status, links(gone).one("timegate").target) == (410, sample.path)
    assert "Accept-Datetime" in gone.headers["Vary"]
    when = http_date(datetime.fromisoformat(made["updated_at"]) - timedelta(hours=1))
    assert at(http, when, http.desk, sample.path).json() == made
    assert "Link" not in http.get(sample.path).headers


@pytest.mark.parametrize("when", ["Mon, 01 Jan 0001 00:00:00 GMT", "Wed, 16 Feb 2022 17:59:59 GMT"])
def test_before_the_first_memento_there_is_the_first(
    told: Newsroom, when: str, key: str | None
) -> None:
    """4.5.3."""
    assert at(told, when, key).json()["revision"] == readable(key)[0]


@pytest.mark.parametrize("when", ["Tue, 22 Feb 2022 10:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_after_the_last_memento_there_is_the_last(
    told: Newsroom, when: str, key: str | None
) -> None:
    """4.5.3."""
    assert at(told, when, key).json()["revision"] == 9


def test_without_a_date_there_is_the_present(told: Newsroom, key: str | None) -> None:
    """4.5.3."""
    answer = told.get(RECORD, key=key)
    assert (answer.json()["revision"], "Content-Location" in answer.headers) == (9, False)


@pytest.mark.parametrize(("number", "code"), [(6, (410, "gone")), (8, (451, "withheld"))])
def test_what_was_no_answer_then_is_none_now_and_is_a_memento_of_that(
    told: Newsroom, number: int, code: tuple[int, str]
) -> None:
    """4.5.5."""
    for answer in (at(told, date(number)), told.get(f"{HISTORY}/{number}")):
        assert refused(answer) == code
        assert answer.headers["Memento-Datetime"] == date(number)
        assert links(answer).one("original").target == RECORD
        assert answer.headers["Cache-Control"] == "no-store"


def test_what_was_purged_is_no_answer_either(told: Newsroom, key: str | None) -> None:
    """4.5.5; the first memento is then the first of those that are left."""
    assert purge(told, RECORD, 1).status == purge(told, RECORD, 2).status == 204
    assert purge(told, RECORD, 5).status == 204
    answer = at(told, date(5), key)
    assert refused(answer) == (410, "purged")
    assert (answer.headers["Memento-Datetime"], "Link" in answer.headers) == (date(5), True)
    assert at(told, "Mon, 01 Jan 0001 00:00:00 GMT", key).json()["revision"] == 3


def test_where_all_is_purged_no_memento_is_left(told: Newsroom) -> None:
    assert purge(told, RECORD).status == 204
    for when in ("Mon, 01 Jan 0001 00:00:00 GMT", date(5)):
        assert refused(at(told, when)) == (410, "gone")
        assert refused(at(told, when, told.desk)) == (410, "purged")
    assert timemap(told, key=told.desk).with_rel("memento") == []
    assert refused(told.get(TIMEMAP)) == (410, "gone")


# RFC 7089, section 5.


def test_a_timemap_lists_all_mementos_with_their_dates(told: Newsroom, key: str | None) -> None:
    """5."""
    found = timemap(told, key=key).with_rel("memento")
    assert numbers(found) == readable(key)
    assert [link["datetime"] for link in found] == [date(n) for n in readable(key)]
    for link in found:
        memento = told.get(link.target, key=key)
        assert (memento.status, memento.headers["Memento-Datetime"]) == (200, link["datetime"])


def test_a_timemap_names_original_and_timegate(told: Newsroom) -> None:
    """5."""
    found = timemap(told)
    assert (found.one("original").target, found.one("timegate").target) == (RECORD, RECORD)


def test_a_timemap_names_itself_its_type_and_its_period(told: Newsroom, key: str | None) -> None:
    """5."""
    own = timemap(told, key=key).one("self")
    period = (date(readable(key)[0]), date(9))
    assert (own.target, own["type"], own["from"], own["until"]) == (TIMEMAP, FORMAT, *period)


def test_the_first_and_the_last_are_marked(told: Newsroom, key: str | None) -> None:
    """5."""
    found = timemap(told, key=key)
    assert numbers([found.one("first"), found.one("last")]) == [readable(key)[0], 9]


@pytest.mark.parametrize("accept", [FORMAT, f"text/html, {FORMAT};q=0.9", f"{FORMAT}, */*;q=0.1"])
def test_a_timemap_is_had_by_its_media_type_too(told: Newsroom, accept: str) -> None:
    """5."""
    answer = told.get(HISTORY, headers={"Accept": accept})
    assert answer.headers["Content-Type"] == FORMAT
    assert answer.body == told.get(TIMEMAP).body
    assert "Accept" in answer.headers["Vary"].split(", ")


def test_by_itself_the_history_is_json_and_a_format_is_above_accept(told: Newsroom) -> None:
    accepts = {
        "*/*": HISTORY,
        FORMAT: f"{HISTORY}?format=json",
        "text/html": f"{HISTORY}?format=json",
    }
    for accept, path in accepts.items():
        answer = told.get(path, headers={"Accept": accept})
        assert answer.headers["Content-Type"] == "application/json"
    assert refused(told.get(HISTORY, headers={"Accept": "text/html"})) == (
        406,
        "not-acceptable",
    )
    assert told.get(f"{HISTORY}?format=csv").codes == {"format": "not-a-choice"}


def test_head_tells_of_a_timemap_what_get_does(told: Newsroom) -> None:
    """5."""
    head, got = told.request("HEAD", TIMEMAP), told.get(TIMEMAP)
    assert (head.status, head.headers["Content-Type"]) == (200, FORMAT)
    assert head.headers["Content-Length"] == got.headers["Content-Length"]


def test_a_timemap_that_has_no_room_for_all_leads_to_another(
    told: Newsroom, key: str | None
) -> None:
    """5.1.1: with its type and where it begins; what one leaves out the next has."""
    path, seen = f"{TIMEMAP}&limit=2", list[Link]()
    while path:
        answer = told.get(path, key=key)
        found = Links.of_document(answer.text)
        page, following = found.with_rel("memento"), found.with_rel("next")
        assert (found.one("self").target, found.one("self")["from"]) == (
            path,
            page[0]["datetime"],
        )
        assert [link["type"] for link in following] == [FORMAT] * len(following)
        seen, path = seen + page, "".join(link.target for link in following)
        assert found.targets("timemap") == found.targets("next")
        assert (f'<{path}>; rel="next"' == answer.headers.get("Link")) == bool(path)
        if following:
            assert following[0]["from"] == timemap(told, path, key).one("self")["from"]
    assert numbers(seen) == readable(key)
    marked = [link for link in seen if link.rels != {"memento"}]
    assert [sorted(link.rels) for link in marked] == [["first", "memento"], ["last", "memento"]]


def test_a_timemap_has_room_for_a_thousand(told: Newsroom) -> None:
    """5.1.1."""
    more = timemap(told, f"{TIMEMAP}&limit=5000")
    assert (len(more.with_rel("memento")), more.with_rel("next")) == (5, [])
    assert mementos.MOST == 1000


def test_behind_the_last_memento_a_timemap_is_empty(told: Newsroom) -> None:
    """5.1.1."""
    found = timemap(told, f"{TIMEMAP}&cursor=9")
    assert (found.with_rel("memento"), "from" in found.one("self")) == ([], False)


def test_a_timemap_has_no_fields(told: Newsroom) -> None:
    answer = told.get(f"{TIMEMAP}&fields=note")
    assert (answer.status, answer.codes) == (400, {"fields": "invalid"})


def test_a_timemap_is_made_anew_each_time(told: Newsroom) -> None:
    assert told.get(TIMEMAP).headers["Cache-Control"] == "no-store"


# RFC 5829, section 3; `working-copy` and its kin are for who checks out, which no one does.


def test_version_history_leads_to_all_versions(told: Newsroom, key: str | None) -> None:
    """3.1: from the versioned resource and from each version."""
    for path in (RECORD, f"{HISTORY}/3"):
        found = links(told.get(path, key=key)).one("version-history")
        lines = told.get(found.target, key=key).json()["items"]
        assert [one["revision"] for one in lines if one["body"]] == readable(key)


def test_latest_version_leads_to_the_record_as_it_is(told: Newsroom) -> None:
    """3.2."""
    for answer in (told.get(f"{HISTORY}/2"), at(told, date(2))):
        latest = told.get(links(answer).one("latest-version").target)
        assert latest.json()["text"] == "Version 9"


@pytest.mark.parametrize("rel", ["predecessor-version", "successor-version"])
def test_from_version_to_version_all_are_met(told: Newsroom, rel: str, key: str | None) -> None:
    """3.5 and 3.6."""
    expected = readable(key) if rel == "successor-version" else readable(key)[::-1]
    path, seen = [f"{HISTORY}/{expected[0]}"], list[int]()
    while path:
        answer = told.get(path[0], key=key)
        seen.append(answer.json()["revision"])
        path = links(answer).targets(rel)
    assert seen == expected


def test_there_are_no_working_copies(told: Newsroom, key: str | None) -> None:
    """3.3 and 3.4."""
    for path in (RECORD, *(f"{HISTORY}/{number}" for number in readable(key))):
        rels = {rel for link in links(told.get(path, key=key)) for rel in link.rels}
        assert not {rel for rel in rels if rel.startswith("working-copy")}


def test_the_record_as_it_is_names_nothing_that_takes_a_look_up(told: Newsroom) -> None:
    rels = set[str]().union(*(link.rels for link in links(told.get(RECORD))))
    assert rels == {"original", "timegate", "timemap", "version-history"}


# What the public does not see is in no answer, and no link leads to it.


def test_no_link_of_the_public_leads_to_what_it_may_not_read(told: Newsroom) -> None:
    answers = [told.get(RECORD), *(told.get(f"{HISTORY}/{number}") for number in PUBLIC)]
    answers += [at(told, date(number)) for number in LIFE]
    for link in [*(link for answer in answers for link in links(answer)), *timemap(told)]:
        assert told.get(link.target).status == 200, link


def test_a_draft_over_what_is_public_moves_nothing(http: Newsroom, sample: Sample) -> None:
    publish(http, sample)
    asked = {"Accept-Datetime": "Fri, 31 Dec 9999 23:59:59 GMT"}
    before = http.get(sample.path, headers=asked)
    revise(http, sample.path, status="draft", **{sample.member: "Changed"})
    after = http.get(sample.path, headers=asked)
    assert (before.body, before.headers["Link"]) == (after.body, after.headers["Link"])
    assert http.get(sample.path, key=http.desk, headers=asked).json()["revision"] == 2


def test_what_is_withheld_or_deleted_now_is_so_at_every_second(
    http: Newsroom, sample: Sample
) -> None:
    made = publish(http, sample)
    when = http_date(parse_date(http_date(read(made["updated_at"]))))
    for withdraw, code in (
        (lambda: revise(http, sample.path, status="withheld", **COURT), (451, "withheld")),
        (lambda: delete(http, sample.path), (410, "gone")),
    ):
        withdraw()
        for answer in (
            at(http, when, path=sample.path),
            http.get(f"{sample.path}/revisions?format=link"),
        ):
            assert refused(answer) == code
            assert not {"Link", "Memento-Datetime"} & {*answer.headers.keys()}


def test_what_never_was_public_never_was(told: Newsroom, sample: Sample) -> None:
    told.put(sample.path, json=sample.draft(), key=told.editor)
    for path in (sample.path, "/v1/claims/never"):
        assert refused(at(told, date(5), path=path)) == (404, "not-found")
        answer = told.get(f"{path}/revisions?format=link")
        assert (refused(answer), "Link" in answer.headers) == ((404, "not-found"), False)
