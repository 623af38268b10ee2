"""Reads the data of one slip from a TOML file, for trying templates and for the tests.

A file holds what its kind of slip shows; `[head]` and `[head.issuer]` are laid over those of the
samples. Unknown keys are refused. Nothing that is read here is ever a payment.
"""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from kiosk.receipts.collection_slip import CollectionSlipData
from kiosk.receipts.errors import ReceiptError
from kiosk.receipts.finish import SlipData
from kiosk.receipts.model import SlipKind
from kiosk.receipts.payment_slip import PaymentSlipData
from kiosk.receipts.service_slips import InformationSlipData, ShiftSlipData, TestSlipData
from kiosk.receipts.trouble_slips import DisputedSlipData, ErrorSlipData, RefusedSlipData
from kiosk.receipts.wallet_slips import BalanceSlipData, OperationsSlipData

_SHAPES: Mapping[SlipKind, type[Any]] = {
    SlipKind.PAYMENT: PaymentSlipData,
    SlipKind.PAYMENT_OFFLINE: PaymentSlipData,
    SlipKind.REPRINT: PaymentSlipData,
    SlipKind.REFUSED: RefusedSlipData,
    SlipKind.DISPUTED: DisputedSlipData,
    SlipKind.ERROR: ErrorSlipData,
    SlipKind.BALANCE: BalanceSlipData,
    SlipKind.OPERATIONS: OperationsSlipData,
    SlipKind.COLLECTION: CollectionSlipData,
    SlipKind.TEST: TestSlipData,
    SlipKind.INFORMATION: InformationSlipData,
    SlipKind.SHIFT: ShiftSlipData,
}
_SAMPLES = "config.receipt_templates.samples"


class SlipFileError(ReceiptError):
    """A file of slip data cannot be used; the message says which key and why."""


def read_slip(kind: SlipKind, path: Path) -> SlipData:
    """The slip data in this file.

    Raises:
        SlipFileError: it is no TOML, or not the data of such a slip.
        OSError: it cannot be read.
    """
    try:
        tree = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SlipFileError(f"{path}: not valid TOML: {error}") from None
    return _slip(kind, tree, str(path))


def sample_slip(kind: SlipKind) -> SlipData:
    """The sample of this kind that is shipped with the program."""
    name = f"{kind.value}.toml"
    return _slip(kind, tomllib.loads(_sample_text(name)), name)


def _sample_text(name: str) -> str:
    return files(_SAMPLES).joinpath(name).read_text("utf-8")


def _slip(kind: SlipKind, tree: Mapping[str, Any], source: str) -> SlipData:
    whole = _laid_over(tomllib.loads(_sample_text("head.toml")), tree)
    try:
        slip: SlipData = TypeAdapter(_SHAPES[kind]).validate_python(whole, extra="forbid")
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise SlipFileError(f"{source}: {key}: {first['msg']}") from None
    except ReceiptError as error:
        raise SlipFileError(f"{source}: head.issuer: {error}") from None
    if slip.kind is not kind:
        raise SlipFileError(
            f"{source}: holds a slip of kind {slip.kind.value}, not {kind.value} "
            "(see `status` and `head.copy`)"
        )
    return slip


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    whole = dict(below)
    for key, value in above.items():
        under = whole.get(key)
        if isinstance(value, Mapping) and isinstance(under, Mapping):
            whole[key] = _laid_over(under, value)
        else:
            whole[key] = value
    return whole
