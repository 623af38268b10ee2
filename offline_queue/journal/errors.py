"""What can go wrong with the journal, as exceptions a technician can act on."""

from pathlib import Path


class JournalError(Exception):
    """Base of all journal errors."""


class JournalUnavailableError(JournalError):
    """The journal cannot be opened: missing folder, no rights, wrong settings in force."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"journal {path}: {why}")
        self.path = path


class JournalDamagedError(JournalError):
    """The file is not what was written: broken pages, a broken chain, or projections that differ."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"journal {path} is damaged: {why}; keep the file, do not delete it")
        self.path = path
        self.why = why


class JournalWriteError(JournalError):
    """A record could not be made durable, and was read back as absent. Nothing may depend on it."""
