"""Whether requests are traced: where the extra `otel` is installed and OTEL_* name a collector.

Call this after the fork: what sends the traces is a thread of the process that makes them.
"""

import logging
import os
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from service.running.spans import Spans

ENDPOINTS: Final = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
PROTOCOLS: Final = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
SPOKEN: Final = "http/protobuf"

_LOG = logging.getLogger("factcheck.traces")


def wanted(environment: Mapping[str, str]) -> bool:
    """Tell whether the standard variables ask for traces.

    They do where they name a collector, or the exporter that has one by default. Raises
    `ValueError` for what they ask for that there is not.
    """
    exporter = environment.get("OTEL_TRACES_EXPORTER", "").strip()
    named = exporter or any(environment.get(name) for name in ENDPOINTS)
    off = environment.get("OTEL_SDK_DISABLED", "").strip().lower() == "true"
    if off or exporter == "none" or not named:
        return False
    if exporter not in {"", "otlp"}:
        message = "OTEL_TRACES_EXPORTER is otlp or none"
        raise ValueError(message)
    protocol = next((found for name in PROTOCOLS if (found := environment.get(name))), SPOKEN)
    if protocol != SPOKEN:
        message = f"OTEL_EXPORTER_OTLP_PROTOCOL is {SPOKEN}"
        raise ValueError(message)
    return True


@cache
def spans() -> "Spans | None":
    """Return what makes the spans of this process, None where requests are not traced.

    What is wrong with the variables is logged: for want of traces no request is refused.
    """
    try:
        if not wanted(os.environ):
            return None
        from service.running.spans import Spans  # noqa: PLC0415 -- it may not be installed

        return Spans()
    except ImportError:
        reason = 'for want of the extra: pip install "factcheck-records[otel]"'
    except Exception as error:  # noqa: BLE001 -- whatever the SDK makes of its variables
        reason = str(error)
    _LOG.warning("requests are not traced", extra={"fields": {"reason": reason}})
    return None


def stop() -> None:
    """Send what is yet to be sent; within seconds, whatever the collector does."""
    # One that never came to answer has none, and makes none now.
    if spans.cache_info().currsize and (found := spans()):
        found.stop()
