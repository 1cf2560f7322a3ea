"""How many connections a worker takes at a time."""

import socket

import pytest
from gevent.pool import Pool

from service.running.listening import Listening


@pytest.mark.parametrize(("busy", "taken"), [(0, 1), (1, 1), (40, 21)])
def test_the_busier_a_worker_is_the_more_connections_it_takes_at_a_time(
    busy: int, taken: int
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as port:
        listening = Listening(port, lambda *_: None, Pool(1), lambda: busy)
        assert listening.max_accept == taken
