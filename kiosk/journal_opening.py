"""Opens the journal of a terminal: folder, lock, key, file. Tried again until it works.

What another try may mend is told as `JournalUnavailableError`; what only a person can mend (the key
is missing, another process holds the journal) is told as it is. It must never make a key or a journal
where there may be one that is only out of sight.
"""

import secrets
from contextlib import ExitStack
from pathlib import Path

from config.journal_key import KeyFileError, load_or_create_key
from config.settings import JournalSettings
from kiosk.clock import Clock
from kiosk.single_instance import only_one
from offline_queue.journal import ChainKey, JournalUnavailableError
from offline_queue.journal.number_mark import mark_path
from offline_queue.journal.opening import Opened, open_for_service
from offline_queue.journal.set_aside import plan_path


class JournalOpening:
    """Call it to open the journal.

    Args:
        settings: where the journal and its key lie.
        clock: for the time of what is recorded on the way.
        begins: make what is missing: folder, key and journal. On a terminal with real money that is
            a person's to do (`kiosk journal begin`): what is not there is, more often than not, on a
            disk that is not there.
        beside: files to copy to a journal that is set aside.
    """

    def __init__(
        self,
        settings: JournalSettings,
        clock: Clock,
        *,
        begins: bool,
        beside: tuple[Path, ...] = (),
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._begins = begins
        self._beside = beside
        self._lock = ExitStack()
        self._locked = False
        self._begun_s: float | None = None

    def is_under_way(self, *, within_s: float) -> bool:
        """True while it is being opened, for no longer than this (s); from any thread. A journal of
        years is read as a whole, which may take minutes on a slow disk.
        """
        begun_s = self._begun_s
        return begun_s is not None and self._clock.monotonic() - begun_s <= within_s

    def __call__(self) -> Opened:
        """Open it.

        Raises:
            AlreadyRunningError: another terminal uses it.
            KeyFileError: its key cannot be used, or is missing though there is a journal.
            JournalError: it cannot be opened now, or is damaged.
        """
        self._begun_s = self._clock.monotonic()
        try:
            return self._opened()
        finally:
            self._begun_s = None

    def _opened(self) -> Opened:
        path = self._settings.path
        try:
            self._need_folder(path.parent)
            self._need_journal()
            if not self._locked:
                self._lock.enter_context(only_one(path))
                self._locked = True
            key = self._key()
        except OSError as error:
            raise JournalUnavailableError(path, str(error)) from error
        return open_for_service(
            path,
            key,
            set_aside=self._settings.on_damage == "set_aside",
            now=self._clock.now,
            beside=self._beside,
        )

    def close(self) -> None:
        """Let another process have the journal."""
        self._lock.close()

    def _need_folder(self, folder: Path) -> None:
        if self._begins:
            folder.mkdir(parents=True, exist_ok=True)
        elif not folder.is_dir():
            raise JournalUnavailableError(
                self._settings.path, "its folder is not there; mount its disk, or make it once"
            )

    def _need_journal(self) -> None:
        """Before anything is made, be it a lock: an empty folder may be the place of a disk that is
        not mounted, and numbers would begin at one again.
        """
        if not self._begins and not was_begun(self._settings.path):
            raise JournalUnavailableError(
                self._settings.path,
                "there is no journal in its folder; mount its disk, or if this terminal is new, "
                "begin one: kiosk journal begin --config FILE",
            )

    def _key(self) -> ChainKey:
        path, key_file = self._settings.path, self._settings.key_file
        if not key_file.exists() and (path.exists() or mark_path(path).exists()):
            raise KeyFileError(f"{key_file}: the key of the journal {path} is missing; restore it")
        try:
            return ChainKey(load_or_create_key(key_file, secrets.token_bytes))
        except KeyFileError as error:
            if isinstance(error.__cause__, OSError):
                raise JournalUnavailableError(path, str(error)) from error
            raise


def was_begun(path: Path) -> bool:
    """Whether there is a journal at `path`, or anything that one leaves behind."""
    log = path.with_name(f"{path.name}-wal")
    return any(one.exists() for one in (path, log, mark_path(path), plan_path(path)))
