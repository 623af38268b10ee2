"""Templates in a folder of plain files, as their author works on them: `payment.slip`.

For trying and for packing only. A terminal never prints by what nobody has signed.
"""

from pathlib import Path

from kiosk.receipts.errors import BundleError
from kiosk.receipts.templates.bundle import Bundle

_SUFFIX = ".slip"


def read_folder(folder: Path, *, bundle_id: str, version: int) -> Bundle:
    """The templates of this folder as a bundle that nobody has signed yet.

    Raises:
        BundleError: there are none, a name cannot be one, or a file is no text.
        OSError: a file cannot be read.
    """
    paths = sorted(folder.glob(f"*{_SUFFIX}"))
    if not paths:
        raise BundleError(f"{folder}: no files *{_SUFFIX} here")
    try:
        templates = {path.name.removesuffix(_SUFFIX): path.read_text("utf-8") for path in paths}
    except UnicodeDecodeError as error:
        raise BundleError(f"{folder}: a template is not UTF-8: {error}") from None
    return Bundle(id=bundle_id, version=version, templates=templates)
