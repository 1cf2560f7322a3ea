"""Delivering: in order, at least once, by the ladder, and what becomes of it in the log."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

import orjson
import psycopg
import pytest
from flask import Flask

from service.storage.database import Database
from service.webhooks.bookmarks import Bookmarks
from service.webhooks.client import Client
from service.webhooks.delivering import Deliverer
from service.webhooks.ladder import JITTER, PAUSES
from tests.conftest import state
from tests.newsroom import Newsroom
from tests.routes.acts import COURT, WHY, put
from tests.webhooks.receiver import Received, Receiver, answer, receiving

Work = Callable[[], object]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Run somebody else's server."""
    with receiving() as found:
        yield found


@dataclass
class Desk:
    """A newsroom with a webhook, and its clock in the database."""

    http: Newsroom
    owner: psycopg.Connection
    deliverer: Deliverer
    receiver: Receiver
    outcomes: list[str] = field(default_factory=list)

    def hook(self, **members: object) -> Any:  # noqa: ANN401 -- JSON
        """Make a webhook that goes to the receiver."""
        sent = {"url": self.receiver.url, **members}
        return self.http.post("/v1/webhooks", json=sent, key=self.http.admin).json()

    def claims(self, *names: str) -> None:
        """Publish a claim of each name."""
        for name in names:
            put(self.http, f"/v1/claims/{name}", {"text": name, "status": "published"})

    def rounds(self) -> None:
        """Deliver until there is nothing due."""
        while self.deliverer.tick(100):
            pass

    def later(self) -> None:
        """Let the time come of whatever waits."""
        self.owner.execute("UPDATE webhook SET next_attempt_at = clock_timestamp()")

    def subjects(self) -> list[str]:
        """Return the ids of the claims that the receiver was told of, as often as it was."""
        return [one["subject"].rpartition("/")[2] for one in map(json_of, self.receiver.received)]

    def log(self, hook: Any) -> list[dict[str, Any]]:  # noqa: ANN401 -- JSON
        """Return the log, oldest first."""
        answer = self.http.get(f"{hook['self']}/deliveries?limit=200", key=self.http.admin)
        return answer.json()["items"][::-1]

    def now(self, hook: Any) -> Any:  # noqa: ANN401 -- JSON
        """Return the webhook as it is."""
        return self.http.get(hook["self"], key=self.http.admin).json()


def json_of(received: Received) -> Any:  # noqa: ANN401 -- JSON
    """Return the event of a request."""
    return orjson.loads(received.body)


@pytest.fixture
def desk(app: Flask, http: Newsroom, owner: psycopg.Connection, receiver: Receiver) -> Desk:
    """Deliver in this thread, one after the other."""
    outcomes: list[str] = []
    deliverer = Deliverer(
        state(app).database,
        state(app).marks,
        Client(private=True),
        lambda work: work(),
        outcomes.append,
    )
    return Desk(http, owner, deliverer, receiver, outcomes)


def test_events_come_in_order_signed_each_once(desk: Desk) -> None:
    hook = desk.hook()
    desk.claims("a", "b", "c")
    desk.rounds()
    assert desk.subjects() == ["a", "b", "c"]
    events = desk.receiver.verified(hook["secret"])
    assert [event["type"] for event in events] == ["claim.published"] * 3
    assert [one.headers["webhook-id"] for one in desk.receiver.received] == [
        event["id"] for event in events
    ]
    assert {one.headers["content-type"] for one in desk.receiver.received} == {"application/json"}
    assert desk.outcomes == ["taken"] * 3


def test_the_log_tells_each_attempt_and_nothing_of_what_was_sent(desk: Desk) -> None:
    hook = desk.hook()
    desk.receiver.answers.append(answer(503))
    desk.claims("a")
    desk.rounds()
    desk.later()
    desk.rounds()
    first, second = desk.log(hook)
    assert first["event"] == second["event"] == json_of(desk.receiver.received[0])["id"]
    assert [(one["attempt"], one["status"], one["error"]) for one in (first, second)] == [
        (1, 503, None),
        (2, 204, None),
    ]
    assert first["next_attempt_at"] > first["attempted_at"]
    assert second["next_attempt_at"] is None


def test_the_log_comes_in_pages_newest_first(desk: Desk) -> None:
    hook = desk.hook()
    desk.claims("a", "b", "c")
    desk.rounds()
    path, pages = f"{hook['self']}/deliveries?limit=2", list[Any]()
    while path:
        pages.append(desk.http.get(path, key=desk.http.admin).json())
        path = pages[-1]["next"]
    found = [one["event"] for page in pages for one in page["items"]]
    assert [len(page["items"]) for page in pages] == [2, 1]
    assert found == [json_of(one)["id"] for one in desk.receiver.received][::-1]


def test_what_comes_after_a_failure_waits_behind_it(desk: Desk) -> None:
    hook = desk.hook()
    desk.receiver.answers += [answer(204), answer(500), answer(500)]
    desk.claims("a", "b", "c")
    desk.rounds()
    assert desk.subjects() == ["a", "b"]
    desk.later()
    desk.rounds()
    assert desk.now(hook)["failures"] == 2
    desk.later()
    desk.rounds()
    assert desk.subjects() == ["a", "b", "b", "b", "c"]
    assert desk.now(hook)["failures"] == 0


def test_a_webhook_that_waits_does_not_keep_the_others(desk: Desk) -> None:
    desk.receiver.answers += [answer(500)]
    desk.hook()
    desk.hook(types=["claim.*"])
    desk.claims("a", "b")
    desk.rounds()
    assert sorted(desk.subjects()) == ["a", "a", "b"]


def test_the_pauses_are_those_of_the_ladder_and_then_it_is_disabled(desk: Desk) -> None:
    hook = desk.hook()
    desk.receiver.answers += [answer(500)] * (len(PAUSES) + 1)
    desk.claims("a")
    for _ in range(len(PAUSES) + 1):
        desk.rounds()
        desk.later()
    log = desk.log(hook)
    waits = [one["next_attempt_at"] and seconds_of(one) for one in log]
    assert waits.pop() is None
    for wait, pause in zip(waits, PAUSES, strict=True):
        assert (1 - JITTER) * pause <= wait <= (1 + JITTER) * pause
    assert sum(PAUSES) > 3 * 86_400
    assert desk.now(hook)["disabled_because"] == "failing"
    desk.rounds()
    assert len(desk.receiver.received) == len(log)


def seconds_of(delivery: dict[str, Any]) -> float:
    """Return for how long an attempt puts off the next."""
    times = [datetime.fromisoformat(delivery[name]) for name in ("attempted_at", "next_attempt_at")]
    return (times[1] - times[0]).total_seconds()


def test_a_disabled_webhook_goes_on_from_where_it_stood(desk: Desk) -> None:
    hook = desk.hook()
    desk.receiver.answers += [answer(410)]
    desk.claims("a", "b")
    desk.rounds()
    desk.later()
    desk.rounds()
    gone = desk.now(hook)
    assert (gone["active"], gone["disabled_because"]) == (False, "gone")
    assert desk.subjects() == ["a"]
    desk.http.patch(hook["self"], json={"active": True}, key=desk.http.admin)
    desk.rounds()
    assert desk.subjects() == ["a", "a", "b"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(desk: Desk, status: int) -> None:
    hook = desk.hook()
    desk.receiver.answers += [answer(status, Location=f"{desk.receiver.url}/elsewhere")]
    desk.claims("a")
    desk.rounds()
    assert [one.path for one in desk.receiver.received] == ["/hook"]
    assert [one["status"] for one in desk.log(hook)] == [status]
    assert desk.now(hook)["failing_since"] is not None


def test_a_webhook_is_told_of_its_types_and_reasons_only(desk: Desk) -> None:
    desk.hook(types=["*.corrected", "source.*"], reasons=["correction"])
    desk.claims("a", "b")
    again = {"text": "c", "status": "published", **WHY}
    headers = {"If-Match": "*"}
    desk.http.put("/v1/claims/b", json=again, headers=headers, key=desk.http.editor)
    typo = again | {"text": "d", "reason": "typo"}
    desk.http.put("/v1/claims/a", json=typo, headers=headers, key=desk.http.editor)
    desk.rounds()
    assert desk.subjects() == ["b"]
    assert json_of(desk.receiver.received[0])["data"]["before"]["text"] == "b"


def test_drafts_leave_the_house_only_where_that_was_asked_for(desk: Desk) -> None:
    shown, keyed = desk.hook(), desk.hook(reads="drafts")
    put(desk.http, "/v1/claims/a", {"text": "a", "internal": {"tip": "x"}})
    desk.rounds()
    assert desk.log(shown) == []
    assert [one["type"] for one in desk.log(keyed)] == ["claim.created"]
    assert json_of(desk.receiver.received[0])["data"]["after"]["internal"] == {"tip": "x"}


def test_what_is_withheld_before_it_was_sent_is_not_sent(desk: Desk) -> None:
    desk.hook()
    desk.claims("a")
    desk.http.patch(
        "/v1/claims/a",
        json={"status": "withheld", **COURT},
        headers={"If-Match": "*"},
        key=desk.http.editor,
    )
    desk.rounds()
    assert [json_of(one)["data"] for one in desk.receiver.received] == [None, None]


def test_while_a_secret_is_rotated_both_sign(desk: Desk) -> None:
    hook = desk.hook()
    new = desk.http.patch(hook["self"], json={"rotate": True}, key=desk.http.admin).json()
    desk.claims("a")
    desk.rounds()
    assert desk.receiver.verified(hook["secret"]) == desk.receiver.verified(new["secret"])
    desk.owner.execute("UPDATE webhook SET former_until = clock_timestamp()")
    desk.claims("b")
    desk.rounds()
    assert " " in desk.receiver.received[0].headers["webhook-signature"]
    assert " " not in desk.receiver.received[1].headers["webhook-signature"]
    assert len(desk.receiver.verified(new["secret"])) == 2


def test_a_bookmark_that_goes_back_has_all_of_it_delivered_again(desk: Desk) -> None:
    hook = desk.hook()
    desk.claims("a", "b", "c")
    desk.rounds()
    since = json_of(desk.receiver.received[0])["id"]
    desk.http.patch(hook["self"], json={"since": since}, key=desk.http.admin)
    desk.rounds()
    assert desk.subjects() == ["a", "b", "c", "b", "c"]


def test_a_long_way_back_is_gone_in_stretches(desk: Desk) -> None:
    names = [f"n{number}" for number in range(120)]
    desk.claims(*names)
    desk.hook(since="2022-01-01T00:00:00Z", types=["claim.*"])
    desk.rounds()
    assert [one for one in desk.subjects() if one.startswith("n")] == names


def test_what_was_read_long_ago_is_read_again_before_it_is_sent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.hook()
    desk.claims("a", "b", "c")
    monkeypatch.setattr("service.webhooks.delivering.FRESH", -1.0)
    desk.deliverer.tick(1)
    assert desk.subjects() == ["a"]
    desk.rounds()
    assert desk.subjects() == ["a", "b", "c"]


def test_who_is_leased_is_nobody_elses_until_the_lease_ends(desk: Desk) -> None:
    desk.hook()
    desk.claims("a")
    killed = Bookmarks(desk.deliverer.database)
    assert len(killed.claim(10)) == 1
    desk.rounds()
    assert desk.subjects() == []
    desk.owner.execute("UPDATE webhook SET leased_until = clock_timestamp()")
    desk.rounds()
    assert desk.subjects() == ["a"]


def test_a_change_of_the_webhook_wins_over_a_delivery_under_way(desk: Desk) -> None:
    hook, held = desk.hook(), list[Work]()
    desk.claims("a", "b")
    replace(desk.deliverer, spawn=held.append).tick(1)
    moved = desk.http.patch(hook["self"], json={"since": "now"}, key=desk.http.admin).json()
    held[0]()
    assert desk.now(hook)["since"] == moved["since"]
    assert desk.subjects() == ["a"]
    assert len(desk.log(hook)) == 1


def test_a_webhook_that_is_deleted_meanwhile_leaves_no_log(desk: Desk) -> None:
    hook, held = desk.hook(), list[Work]()
    desk.claims("a")
    replace(desk.deliverer, spawn=held.append).tick(1)
    desk.http.delete(hook["self"], key=desk.http.admin)
    held[0]()
    assert desk.owner.execute("SELECT count(*) FROM delivery").fetchall() == [(0,)]


class Counting(Database):
    """A database that counts the statements it is asked."""

    asked = 0

    def all(self, *arguments: Any, **options: Any) -> list[Any]:  # noqa: ANN401
        """Count one more."""
        self.asked += 1
        return super().all(*arguments, **options)


@pytest.fixture
def counting(app: Flask) -> Iterator[Counting]:
    """Return another way to the same database."""
    url = str(state(app).settings.database_url)
    found = Counting(url, size=2, deadline=10, prepare=True)
    yield found
    found.close()


def test_a_thousand_idle_webhooks_cost_one_statement(desk: Desk, counting: Counting) -> None:
    desk.owner.execute(THOUSAND, {"url": desk.receiver.url})
    desk.rounds()
    deliverer = replace(desk.deliverer, database=counting)
    assert (deliverer.tick(1_000), counting.asked) == (0, 1)


def test_a_change_that_a_thousand_webhooks_do_not_want_costs_three(
    desk: Desk, counting: Counting
) -> None:
    desk.owner.execute(THOUSAND, {"url": desk.receiver.url})
    desk.rounds()
    desk.claims("a")
    deliverer = replace(desk.deliverer, database=counting)
    assert (deliverer.tick(1_000), counting.asked) == (1_000, 3)
    assert (deliverer.tick(1_000), desk.receiver.received) == (0, [])


THOUSAND = """
INSERT INTO webhook (id, url, types, reads, secret, position, seq)
SELECT gen_random_uuid(), %(url)s, '{scale.purged}', 'public', '\\x00', 0, 0
FROM generate_series(1, 1000)
"""


def test_the_pauses_of_what_failed_together_differ(desk: Desk) -> None:
    hooks = [desk.hook() for _ in range(5)]
    desk.receiver.answers += [answer(500)] * 5
    desk.claims("a")
    desk.rounds()
    waits = sorted(seconds_of(desk.log(hook)[0]) for hook in hooks)
    assert all(one < other for one, other in pairwise(waits))


def test_the_timestamp_is_that_of_the_attempt(desk: Desk) -> None:
    desk.hook()
    desk.claims("a")
    before = int(time.time())
    desk.rounds()
    stamp = int(desk.receiver.received[0].headers["webhook-timestamp"])
    assert before <= stamp <= time.time()


def test_old_attempts_are_swept(desk: Desk, app: Flask) -> None:
    hook = desk.hook()
    desk.claims("a", "b")
    desk.rounds()
    desk.owner.execute(
        "UPDATE delivery SET attempted_at = attempted_at - interval '31 days'"
        " WHERE number = (SELECT min(number) FROM delivery)"
    )
    state(app).sweeper.due = 0.0
    state(app).sweeper.sweep()
    assert len(desk.log(hook)) == 1
