"""Names that survive a power cut: what a folder holds is durable once the folder itself is synced."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make new, renamed and removed names in `folder` durable. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
