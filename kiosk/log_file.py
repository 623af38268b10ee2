"""A log file that is bounded: at a given size it is put aside and a new one is begun.

The oldest of those put aside is removed. It must never raise for what only the log suffers from: its
caller takes every error of writing for a lost line. One thread at a time may write.
"""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path


class BoundedLogFile:
    """A stream for text, whole lines at a time.

    Args:
        path: the file; those put aside are `path` with `.1`, `.2` and so on behind it.
        max_bytes: so long does a file become, give or take a line.
        keep: how many are kept beside it.

    Raises:
        OSError: the file cannot be opened.
    """

    def __init__(self, path: Path, *, max_bytes: int, keep: int) -> None:
        self._handler = RotatingFileHandler(
            path, maxBytes=max_bytes, backupCount=keep, encoding="utf-8"
        )

    def write(self, text: str) -> int:
        """Write `text`, into a new file when it would not go into this one. Raises OSError."""
        # The end of a line comes by itself and belongs to the line.
        if text != "\n" and self._handler.shouldRollover(logging.makeLogRecord({"msg": text})):
            self._handler.doRollover()
        stream = self._handler.stream
        # None: the old file was put aside and the new one could not be opened; the next line tries.
        return 0 if stream is None else stream.write(text)

    def flush(self) -> None:
        """Hand what was written to the operating system. Raises OSError."""
        self._handler.flush()

    def close(self) -> None:
        """Close the file."""
        self._handler.close()
