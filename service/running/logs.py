"""Logs: one JSON object a line on standard error, gunicorn's own lines too."""

import logging
import re
import sys
from datetime import UTC, datetime
from urllib.parse import unquote_plus

import orjson
from gunicorn.config import Config
from gunicorn.glogging import Logger

_SHOWN = frozenset(
    {
        *(
            "as_of",
            "category",
            "claim_id",
            "claim_type",
            "count",
            "cursor",
            "expand",
            "fields",
            "format",
        ),
        *("from", "history", "language", "limit", "purge", "rating", "restore", "scale_id"),
        *("since", "sort", "source_id", "stance", "status", "type", "until", "wait", "year"),
    }
)
"""Query parameters whose values are logged: those that nobody writes prose or secrets into."""
_LONGEST = 500
_SECRET = re.compile(r"fck_[\w-]+")
"""An API key, where somebody has put it into an address."""
_PAGE = re.compile("(?<=/v1alpha1/pages/).+", re.DOTALL)
"""The name of a page of markup, which says at which address a draft is to appear."""


def configure(level: int | str) -> None:
    """Send every logger's records of `level` and above to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)


class JsonLines(logging.Formatter):
    """Write a record as one line: time, level, event, logger, pid, and the record's `fields`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; what JSON does not know is written as its text."""
        instant = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, object] = {
            "time": f"{instant:%Y-%m-%dT%H:%M:%S.%fZ}",
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            "logger": record.name,
            "pid": record.process,
        }
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str).decode()


class GunicornLogs(Logger):
    """Hand gunicorn's records to our handler and switch its access log off.

    Its debug lines quote requests as they came, `Authorization` included, so
    they are never written, whatever the level.
    """

    def setup(self, cfg: Config) -> None:
        """Leave out the handlers that gunicorn would set."""
        self.cfg = cfg
        self._access_log_enabled = False
        self.error_log.handlers.clear()
        self.error_log.setLevel(max(logging.INFO, logging.getLogger().getEffectiveLevel()))
        self.error_log.propagate = True


def loggable_query(query: str) -> str:
    """Return a query string for the log: names, and the values of harmless parameters.

    The value of anything else (`note`, `text`, `q`, `key`, a name we never
    heard of) becomes ``*``; so does a name that is no word, and an API key anywhere.
    """
    pairs = (_loggable_pair(pair) for pair in query[:_LONGEST].split("&") if pair)
    return _SECRET.sub("*", "&".join(pairs))


def _loggable_pair(pair: str) -> str:
    name = unquote_plus(pair.partition("=")[0])
    if name in _SHOWN:
        return pair
    return f"{name}=*" if name.isidentifier() and name.isascii() else "*"


def loggable_path(path: str) -> str:
    """Return a WSGI path as the text it stands for, cut where it is too long to be one of ours.

    An API key in it becomes ``*``, and so does the name of a page of markup.
    """
    text = path.encode("latin-1", "replace").decode("utf-8", "replace")[:_LONGEST]
    return _PAGE.sub("*", _SECRET.sub("*", text))
