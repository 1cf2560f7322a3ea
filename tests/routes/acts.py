"""What newsrooms do in nearly every test, as the editor if one may, over whatever is there."""

import random
from typing import Final
from urllib.parse import urlencode

from tests.kinds.smallest import Json, Sample
from tests.newsroom import Answer, Newsroom

ANY: Final = {"If-Match": "*"}
WHY: Final = {"note": "We had it wrong.", "reason": "correction"}
COURT: Final = {"note": "By order of a court.", "reason": "legal"}
SERVER_SET: Final = {
    "id",
    "type",
    "revision",
    "status",
    "created_at",
    "updated_at",
    "self",
    "recorded_by",
}


def put(http: Newsroom, path: str, sent: Json) -> Json:
    """Create a record and return it."""
    answer = http.put(path, json=sent, key=http.editor)
    assert answer.status == 201, answer.text
    return answer.json()


def draft(http: Newsroom, sample: Sample, **members: object) -> Json:
    """Create the smallest draft of a kind and return it."""
    return put(http, sample.path, sample.draft(**members))


def publish(http: Newsroom, sample: Sample, **members: object) -> Json:
    """Create the smallest public record of a kind and return it."""
    return put(http, sample.path, sample.public(**members))


def revise(http: Newsroom, path: str, **changes: object) -> Json:
    """Change members of a record and return it."""
    answer = http.patch(path, json=changes, key=http.editor, headers=ANY)
    assert answer.status == 200, answer.text
    return answer.json()


def delete(http: Newsroom, path: str) -> None:
    """Delete a record, with a note and a reason."""
    answer = http.delete(f"{path}?{urlencode(WHY)}", key=http.editor, headers=ANY)
    assert answer.status == 204, answer.text


def purge(http: Newsroom, path: str, number: int | None = None) -> Answer:
    """Purge a record, or one revision, as the admin."""
    where = f"{path}?purge=true&" if number is None else f"{path}/revisions/{number}?"
    return http.delete(f"{where}{urlencode(COURT)}", key=http.admin, headers=ANY)


def anything(
    http: Newsroom, chance: random.Random, path: str, sent: Json, *, purged: float
) -> None:
    """Write, restore, delete or purge a record; what is refused changes nothing.

    `purged` is how likely it is to go as a whole where a draw comes to that.
    """
    why = urlencode(COURT)
    match chance.randrange(8):
        case 0:
            http.delete(f"{path}?note=x&reason=correction", key=http.editor, headers=ANY)
        case 1:
            http.post(f"{path}/revisions", json={"restore": 1, **WHY}, key=http.editor, headers=ANY)
        case 2:
            number = chance.randrange(1, 4)
            http.delete(f"{path}/revisions/{number}?{why}", key=http.admin, headers=ANY)
        case 3 if chance.random() < purged:
            http.delete(f"{path}?purge=true&{why}", key=http.admin, headers=ANY)
        case _:
            headers = ANY if http.get(path, key=http.editor).status != 404 else {}
            http.put(path, json=sent, key=http.editor, headers=headers)


def restore(http: Newsroom, path: str, revision: int, **beside: object) -> Json:
    """Bring back what a record was in an earlier revision and return it."""
    sent = {"restore": revision, **beside}
    answer = http.post(f"{path}/revisions", json=sent, key=http.editor, headers=ANY)
    assert answer.status == 201, answer.text
    return answer.json()


def fault_codes(answer: Answer) -> set[str]:
    """Return the codes of the faults of a problem, wherever they are."""
    return {fault["code"] for fault in answer.json()["errors"]}


def refused(answer: Answer) -> tuple[int, str]:
    """Return status and code of a problem."""
    return answer.status, answer.json()["code"]
