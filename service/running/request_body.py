"""The body of a request, read so that a broken one is a problem and not a fault."""

from typing import cast

from gunicorn.http.body import Body, ChunkedReader, LengthReader
from gunicorn.http.errors import NoMoreData
from gunicorn.http.message import Request

from service.running.refusals import refusal


class CheckedReader:
    """Stand between gunicorn's `wsgi.input` and the reader that it takes bytes from.

    Reading raises `BadRequest` when a chunk is malformed, a trailer is refused,
    the client is silent for too long or stops before Content-Length is
    reached, which gunicorn gives to the application as a shorter body. The
    connection then closes after the answer; `answered` says that there was one
    already, and what is read after it is only passed over.
    """

    def __init__(self, request: Request) -> None:
        """Put this in the place of the reader of the request's body."""
        body = cast("Body", request.body)
        self._request = request
        self._reader = cast("ChunkedReader | LengthReader", body.reader)
        self._failed = False
        self.answered = False
        body.reader = cast("ChunkedReader", self)

    @property
    def pending(self) -> bool:
        """Whether bytes of the body may still be on their way."""
        if isinstance(self._reader, LengthReader):
            return self._failed or self._reader.length > 0
        return self._failed or self._reader.parser is not None

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes, fewer at the end only."""
        due = min(size, self._reader.length) if isinstance(self._reader, LengthReader) else 0
        try:
            data = self._reader.read(size)
            if len(data) < due:
                raise NoMoreData(b"")  # noqa: TRY301 -- one place makes the problem
        except Exception as error:  # noqa: BLE001 -- it is raised again, named
            self._failed = True
            self._request.force_close()
            if self.answered:
                # A second answer would be taken for that of the next request.
                raise StopIteration from None
            raise refusal(error) or error from None
        return data
