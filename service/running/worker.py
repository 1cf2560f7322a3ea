"""gunicorn's gevent worker with our answers to what it refuses, and a quick way out."""

import gc
import logging
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from time import monotonic
from types import FrameType
from typing import TYPE_CHECKING, Any, ClassVar, cast

from gevent import Greenlet, Timeout, getcurrent, sleep
from gevent.event import Event
from gevent.pool import Pool
from gevent.server import StreamServer
from gevent.socket import socket
from gunicorn import util
from gunicorn.http import wsgi
from gunicorn.http.message import Request
from gunicorn.workers.ggevent import GeventWorker

from service.errors import Internal
from service.running.answers import Unanswered, raw_answer
from service.running.listening import Listening
from service.running.refusals import refusal
from service.running.request_body import CheckedReader
from service.running.request_id import request_id
from service.running.response import Response

if TYPE_CHECKING:
    from service.running.observation import Observed
    from service.running.traced import Traced

_LINGER = 16 * 1024 * 1024
_ROUND = 0.05
_LOG = logging.getLogger("factcheck.worker")


class Worker(GeventWorker):
    """Serve each connection in a greenlet until told to stop, then finish what was begun.

    A connection that waits for a request does not hold the stop up; one within
    a request has the graceful timeout.
    """

    silence: ClassVar[float] = 30.0
    """Seconds without a byte in or out after which a client within a request is given up."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 -- gunicorn's own
        """Take what gunicorn gives; this runs before the fork."""
        super().__init__(*arguments, **options)
        self._leaving = Event()
        self._idle: dict[Greenlet[..., object], Timeout] = {}

    def init_process(self) -> None:
        """Prepare what lives in this process alone, and run."""
        wsgi.Response = Response
        super().init_process()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Note that it is time to leave, and wake `run` up."""
        super().handle_exit(sig, frame)
        self._leaving.set()

    def run(self) -> None:
        """Accept connections until `handle_exit`, then drain."""
        # The program itself is no garbage: not looked through again, requests take 3 % less.
        _ = gc.collect()
        gc.freeze()
        pools = [Pool(self.worker_connections) for _ in self.sockets]
        servers = [self._listen(*pair) for pair in zip(self.sockets, pools, strict=True)]
        from service.running import metrics  # noqa: PLC0415 -- it must be imported after the fork

        while self.alive:
            self.notify()
            metrics.take_samples()
            self._leaving.wait(1.0)
        for server in servers:
            server.close()
        # What would go on for ever ends here: nothing is lost, its reader comes again.
        cast("Observed | Traced", self.wsgi).stopping.set()
        # What has reached us by now is read first, and then is no longer idle.
        sleep(_ROUND)
        # Ahead of the arbiter, which kills at its own limit.
        limit = monotonic() + self.cfg.graceful_timeout - 1
        while not all(pool.join(timeout=_ROUND) for pool in pools):
            self.notify()
            self._drop_idle()
            if monotonic() > limit:
                _LOG.warning("requests were cut off at the graceful timeout")
                return

    def handle_request(
        self,
        listener_name: Any,  # noqa: ANN401 -- an address of whatever family
        req: Request,
        sock: socket,
        addr: Any,  # noqa: ANN401
    ) -> bool:
        """Answer one request; `StopIteration` closes the connection."""
        body = CheckedReader(req)
        sock.settimeout(self.silence)
        try:
            return super().handle_request(listener_name, req, sock, addr)
        except TimeoutError as error:
            raise StopIteration from error
        finally:
            sock.settimeout(None)
            body.answered = True
            if req.should_close() and body.pending:
                # To close over unread bytes would reset the connection under the answer.
                util.close_graceful(sock, max_drain=_LINGER)

    def handle_error(
        self,
        req: Request | None,  # noqa: ARG002 -- gunicorn gives it by position, with `addr`
        client: socket,
        addr: Any,  # noqa: ANN401, ARG002
        exc: BaseException,
    ) -> None:
        """Answer what could not be read, or what failed outside the application, and close."""
        from service.running import metrics  # noqa: PLC0415 -- it must be imported after the fork

        identifier = exc.identifier if isinstance(exc, Unanswered) else request_id(None)
        problem = refusal(exc) or Internal("The fault is ours and is logged under this id.")
        fields = {"request_id": identifier, "status": problem.status, "code": problem.code}
        if not isinstance(exc, Unanswered):
            metrics.observe("other", "unreadable", problem.status, 0.0)
            # The text of the exception quotes the client, perhaps its key.
            fault = exc if isinstance(problem, Internal) else None
            fields["reason"] = type(exc).__name__
            _LOG.log(
                logging.ERROR if fault else logging.INFO,
                "refused",
                exc_info=fault,
                extra={"fields": fields},
            )
        with suppress(OSError):  # the client may have left
            client.settimeout(self.silence)
            client.sendall(raw_answer(problem, identifier))
        util.close_graceful(client, max_drain=_LINGER)

    def timeout_ctx(  # pyright: ignore[reportIncompatibleMethodOverride] -- the stub is mistaken
        self,
    ) -> AbstractContextManager[None]:
        """Return the context in which the next request is waited for."""
        return self._waiting()

    @contextmanager
    def _waiting(self) -> Generator[None]:
        greenlet = cast("Greenlet[..., object]", getcurrent())
        # False is gevent's way to say that the block just ends; its stub does not know.
        timeout = Timeout(self.cfg.keepalive, cast("None", False))  # noqa: FBT003
        self._idle[greenlet] = timeout
        try:
            with timeout:
                yield
        finally:
            del self._idle[greenlet]

    def _drop_idle(self) -> None:
        for greenlet, timeout in list(self._idle.items()):
            greenlet.kill(timeout, block=False)

    def _busy(self, pool: Pool) -> int:
        return len(pool) - len(self._idle)

    def _listen(self, listener: socket, pool: Pool) -> StreamServer:
        listener.settimeout(None)
        server = Listening(listener, partial(self.handle, listener), pool, lambda: self._busy(pool))
        server.start()
        return server


def beside(act: Callable[[], None]) -> None:
    """Do something in a greenlet of its own, for which no connection waits."""
    Greenlet(_logged, act).start()


def _logged(act: Callable[[], None]) -> None:
    try:
        act()
    except Exception:  # noqa: BLE001 -- nobody else would hear of it
        _LOG.exception("what is done beside requests failed")
