"""gunicorn's response, which sends the head and the first of the body together."""

from gunicorn.http import wsgi

TOGETHER = 65_536
"""Bytes of a body that are worth a copy: more of them are sent behind the head as they are."""


class Response(wsgi.Response):
    """Leave out the server's name, and a call of the system for each answer.

    gunicorn sends the head by itself, which wakes the client for nothing and is a tenth of what
    a small answer takes.
    """

    _head = b""

    def default_headers(self) -> list[str]:
        """Return what gunicorn sends by itself, less `Server`."""
        return [line for line in super().default_headers() if not line.startswith("Server:")]

    def send_headers(self) -> None:
        """Keep the head until something goes out with it."""
        if self.headers_sent:
            return
        fields = [f"{name}: {value}\r\n" for name, value in self.headers]
        self._head = "".join([*self.default_headers(), *fields, "\r\n"]).encode("latin-1")
        self.headers_sent = True

    def write(self, arg: bytes) -> None:
        """Send a piece of the body; one that is empty says that the head is to go out."""
        super().write(arg)
        self._send_head()

    def close(self) -> None:
        """End the answer; one without a body goes out now."""
        self.send_headers()
        self._send_head()
        super().close()

    def _emit_body(self, data: bytes) -> None:
        if self._head and not self.chunked and len(data) < TOGETHER:
            data, self._head = self._head + data, b""
        self._send_head()
        super()._emit_body(data)  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue] -- its stub is older

    def _send_head(self) -> None:
        if self._head:
            head, self._head = self._head, b""
            self.sock.sendall(head)
