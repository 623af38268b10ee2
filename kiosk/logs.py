"""Structured logs: one JSON object a line, in UTC, without a customer's data.

Keys that would hold such data are blanked here as a last line of defence; code must not log them in
the first place.
"""

import contextlib
import logging
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, Protocol

import structlog
from structlog.processors import ExceptionRenderer
from structlog.tracebacks import ExceptionDictTransformer

from kiosk.log_file import BoundedLogFile

_NEVER = frozenset({"account", "phone", "pin", "password", "secret", "key", "fields", "text"})


def set_up_logs(*, level: str, path: Path | None, max_bytes: int = 0, keep: int = 1) -> None:
    """Send the program's logs to `path`, or to standard error. A file of `max_bytes` (0: without end)
    is put aside, and `keep` of those stay.

    Raises:
        OSError: the file cannot be opened.
    """
    # Libraries that call logging.basicConfig on import must find the root logger configured.
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    stream = BoundedLogFile(path, max_bytes=max_bytes, keep=keep) if path else sys.stderr
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # Local variables hold accounts and keys; a traceback must do without them.
            ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            _blank,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(file=PatientStream(stream)),  # type: ignore[arg-type]
        cache_logger_on_first_use=True,
    )


class LogStream(Protocol):
    """What is needed of a file."""

    def write(self, text: str, /) -> int:
        """Write `text`. Raises OSError."""

    def flush(self) -> None:
        """Hand on what was written. Raises OSError."""

    def close(self) -> None:
        """Close it."""


class PatientStream:
    """A log that cannot be written must never stop a payment: what the disk refuses is lost."""

    def __init__(self, stream: LogStream) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write if it can be written."""
        with contextlib.suppress(OSError, ValueError):
            return self._stream.write(text)
        return 0

    def close(self) -> None:
        """Close the stream behind."""
        self._stream.close()

    def flush(self) -> None:
        """Flush if it can be flushed."""
        with contextlib.suppress(OSError, ValueError):
            self._stream.flush()


def _blank(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    for name in _NEVER & event.keys():
        event[name] = "***"
    return event
