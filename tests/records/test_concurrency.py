"""Many writers to one record: nothing is lost, and its history has no gap and no overlap."""

from collections import Counter
from itertools import chain
from urllib.parse import urlencode

from tests.newsroom import Answer
from tests.records.chronicle import flaws
from tests.records.office import ANY, SIZE, WHY, Office, crowd

EACH = 4
"""How often each writes."""

MOVES = ("published", "draft", "retracted", "withheld", "delete", "restore")


def published(text: str) -> dict[str, str]:
    """Return a claim that is public and says why it changed."""
    return {"text": text, "status": "published", **WHY}


def add_mark(office: Office, path: str, mark: str) -> list[int]:
    """Add a mark as a careful client does: read, write on top, again if someone was faster."""
    statuses: list[int] = []
    while not statuses or statuses[-1] == 412:
        read = office.get(path, keyed=True)
        marks = {**read.json().get("external_ids", {}), mark: "1"}
        body = {"external_ids": marks, "status": "published", **WHY}
        statuses.append(
            office.send("PATCH", path, json=body, headers={"If-Match": read.headers["ETag"]}).status
        )
    return statuses


def move(office: Office, path: str, how: str, text: str) -> Answer:
    """Do one of the things that editors do to a record, whatever it is at."""
    if how == "delete":
        return office.send("DELETE", f"{path}?{urlencode(WHY)}", headers=ANY)
    if how == "restore":
        return office.send("POST", f"{path}/revisions", json={"restore": 1, **WHY}, headers=ANY)
    return office.send("PUT", path, json={"text": text, "status": how, **WHY}, headers=ANY)


def test_of_unconditional_puts_none_is_lost(office: Office) -> None:
    path = office.claim("put")

    def write(number: int) -> list[int]:
        bodies = [published(f"{number}.{turn}") for turn in range(EACH)]
        return [office.send("PUT", path, json=body, headers=ANY).status for body in bodies]

    assert Counter(chain(*crowd(write))) == {200: SIZE * EACH}
    rows = office.history(path)
    marks = [f"{number}.{turn}" for number in range(SIZE) for turn in range(EACH)]
    assert flaws(rows) == []
    assert Counter(row.body["text"] for row in rows[1:]) == Counter(marks)


def test_of_unconditional_patches_the_last_has_every_mark(office: Office) -> None:
    path = office.claim("patch")

    def write(number: int) -> int:
        body = {"external_ids": {f"w{number}": "1"}, "status": "published", **WHY}
        return office.send("PATCH", path, json=body, headers=ANY).status

    assert Counter(crowd(write)) == {200: SIZE}
    rows = office.history(path)
    assert flaws(rows) == []
    assert len(rows) == SIZE + 1
    assert rows[-1].body["external_ids"].keys() == {f"w{number}" for number in range(SIZE)}


def test_of_conditional_writes_the_last_has_every_mark(office: Office) -> None:
    path = office.claim("conditional")
    found = Counter(chain(*crowd(lambda number: add_mark(office, path, f"w{number}"))))
    rows = office.history(path)
    assert found.keys() <= {200, 412}
    assert found[200] == SIZE
    assert flaws(rows) == []
    assert len(rows) == SIZE + 1
    assert rows[-1].body["external_ids"].keys() == {f"w{number}" for number in range(SIZE)}


def test_moves_of_all_kinds_leave_a_sound_history(office: Office) -> None:
    path = office.claim("moves")

    def write(number: int) -> list[Answer]:
        hows = (MOVES[(number + turn * turn) % len(MOVES)] for turn in range(EACH))
        return [move(office, path, how, f"{number}.{turn}") for turn, how in enumerate(hows)]

    answers = list(chain(*crowd(write)))
    written = [answer for answer in answers if answer.status in {200, 201, 204}]
    refused = [
        (answer.status, *answer.codes.values()) for answer in answers if answer not in written
    ]
    rows = office.history(path)
    assert flaws(rows) == []
    assert {*refused} <= {(410,), (422, "move-not-allowed")}
    assert {answer.headers["ETag"] for answer in written} == {f'"{r.revision}"' for r in rows[1:]}


def test_readers_among_writers_always_find_the_record_and_never_an_older_one(
    office: Office,
) -> None:
    path = office.claim("read")

    def work(number: int) -> list[Answer]:
        if number < SIZE // 2:
            hows = ["draft", "published"] * EACH
            return [move(office, path, how, f"{number}.{how}") for how in hows]
        return [office.get(path, keyed=number % 2 == 0) for _ in range(EACH * 4)]

    answers = crowd(work)
    assert {answer.status for answer in chain(*answers)} == {200}
    numbers = [[answer.json()["revision"] for answer in of_one] for of_one in answers]
    assert [of_one for of_one in numbers if of_one != sorted(of_one)] == []


def test_of_those_who_post_one_id_one_makes_it(office: Office) -> None:
    body = {"id": "posted", "text": "100,000 troops"}
    found = crowd(lambda _: office.send("POST", "/v1/claims", json=body).status)
    assert Counter(found) == {201: 1, 409: SIZE - 1}
    assert len(office.history("posted")) == 1


def test_of_those_who_put_one_id_one_makes_it(office: Office) -> None:
    body, path = {"text": "100,000 troops"}, "/v1/claims/made"
    found = crowd(lambda _: office.send("PUT", path, json=body).status)
    assert Counter(found) == {201: 1, 428: SIZE - 1}
    assert len(office.history(path)) == 1


def test_of_those_who_ask_for_a_new_record_one_makes_it(office: Office) -> None:
    body, path, new = {"text": "100,000 troops"}, "/v1/claims/new", {"If-None-Match": "*"}
    found = crowd(lambda _: office.send("PUT", path, json=body, headers=new).status)
    assert Counter(found) == {201: 1, 412: SIZE - 1}
    assert len(office.history(path)) == 1


def test_of_those_who_name_one_revision_one_writes(office: Office) -> None:
    path = office.claim("same")

    def write(number: int) -> int:
        return office.send(
            "PUT", path, json=published(f"{number}"), headers={"If-Match": '"1"'}
        ).status

    assert Counter(crowd(write)) == {200: 1, 412: SIZE - 1}
    assert len(office.history(path)) == 2
