"""Records that were removed from the journal, in files of their own.

One file holds consecutive records as lines of JSON, packed, with their HMACs: so the chain can be
followed from the first file through to the journal. A file appears under its name whole, durable and
read back, or not at all; only then may its records be removed.
"""

import gzip
import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from offline_queue.journal.folders import sync_folder
from offline_queue.journal.privacy import make_private
from offline_queue.journal.replay import StoredRow

_NAME = re.compile(r"records-(\d{10})-(\d{10})\.jsonl\.gz")


class ArchiveError(Exception):
    """A file of removed records cannot be written, or is not what was written."""


def keep(folder: Path, rows: Sequence[StoredRow]) -> str:
    """Keep these records, which stand one after the other; the name of their file.

    A file of the same records, as an attempt that was cut off leaves it, is written anew. The folder
    must be there: one that is not is, more often than not, a disk that is not there.

    Raises:
        ArchiveError: it could not be written, or did not come back as it was written.
    """
    path = folder / f"records-{rows[0][0]:010}-{rows[-1][0]:010}.jsonl.gz"
    draft = path.with_name(f"{path.name}.new")
    try:
        for left in folder.glob("records-*.jsonl.gz.new"):
            left.unlink(missing_ok=True)
        make_private(draft)
        with draft.open("wb") as file:
            with gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed:
                packed.writelines(_line(row) for row in rows)
            file.flush()
            os.fsync(file.fileno())
        if list(_rows(draft)) != list(rows):
            raise ArchiveError(f"{draft}: it does not hold what was written")
        draft.replace(path)
        sync_folder(folder)
    except OSError as error:
        raise ArchiveError(f"{error.filename or path}: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return path.name


def kept(folder: Path) -> Iterator[StoredRow]:
    """All kept records in order.

    Raises:
        ArchiveError: a file cannot be read, or is not what was written.
    """
    try:
        names = sorted(one.name for one in folder.iterdir() if _NAME.fullmatch(one.name))
    except OSError as error:
        raise ArchiveError(f"{folder}: {error.strerror}") from error
    after = -1
    for name in names:
        for row in _rows(folder / name):
            # A prune that was cut off may have left a file that a later one begins anew.
            if row[0] > after:
                after = row[0]
                yield row


def _line(row: StoredRow) -> bytes:
    seq, at, body, mac = row
    if not isinstance(mac, bytes):
        raise ArchiveError(f"record {seq} has no HMAC")
    said = {"seq": seq, "at": at, "body": body, "mac": mac.hex()}
    return json.dumps(said, ensure_ascii=False).encode() + b"\n"


def _rows(path: Path) -> Iterator[StoredRow]:
    try:
        with gzip.open(path, "rb") as lines:
            for line in lines:
                said = json.loads(line)
                yield said["seq"], said["at"], said["body"], bytes.fromhex(said["mac"])
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise ArchiveError(f"{path}: not readable as an archive: {error}") from error
