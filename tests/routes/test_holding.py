"""Who comes again too early is kept waiting for what was left of the pause."""

from dataclasses import dataclass, field

from flask import Flask

from service.routes.holding import hold

PAUSE = 1000.0


@dataclass
class Heard:
    """Stand for the event that the server stops: note who waits for it, and do not."""

    waits: list[float] = field(default_factory=list[float])

    def wait(self, seconds: float) -> bool:
        """Note for how long."""
        self.waits.append(seconds)
        return False


def waits(*pauses: float) -> list[float]:
    """Return for how long each refusal on one connection is held, of those that are."""
    heard = Heard()
    with Flask("service").test_request_context(environ_overrides={"factcheck.stopping": heard}):
        for pause in pauses:
            hold(pause)
    return heard.waits


def test_the_first_refusal_is_not_held() -> None:
    assert not waits(0.0)


def test_a_client_that_waited_is_not_held() -> None:
    assert not waits(0.0, 0.0)


def test_a_client_that_did_not_wait_is_held_for_what_is_left() -> None:
    [held] = waits(PAUSE, 0.0)
    assert 0 < held <= PAUSE
