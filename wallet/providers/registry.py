"""The daily registry: the file of payments that were paid to one provider, and reading one.

One line for each payment, tab-separated, and a line of totals (facts sheet wallet_network §1.6). A
payment stands in the file of the day on which it was paid, by the provider's zone, so that it stands
in exactly one; date and time in its line are those that went with the `pay`. Pure: bytes in and out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from wallet.providers.profile import Profile

_TOTAL: Final = "Total:"
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_SUM: Final = re.compile(r"([0-9]{1,13})\.([0-9]{2})", re.ASCII)
_TXN_ID: Final = re.compile(r"[0-9]{1,20}", re.ASCII)
_NAME: Final = re.compile(r"[A-Za-z0-9-]+_[A-Za-z0-9-]+_([0-9]{8})([0-9]+)\.csv", re.ASCII)


class RegistryError(Exception):
    """A file is no registry, or a registry cannot be written; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistryLine:
    """One payment. `at` as written there, `sum_minor` in minor units."""

    txn_id: int
    at: str
    account: str
    sum_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidPayment:
    """One payment of ours that was paid."""

    txn_id: int
    txn_at: datetime
    account: str
    sum_minor: int


def registry_name(profile: Profile, day: date, n: int) -> str:
    """The name of the `n`-th file of this day."""
    return f"{profile.registry_prefix}_{profile.service_id}_{day:%Y%m%d}{n}.csv"


def day_of_name(name: str) -> date | None:
    """The day that a file's name tells; None where it tells none."""
    told = _NAME.fullmatch(name)
    try:
        return datetime.strptime(told[1], "%Y%m%d").date() if told else None  # noqa: DTZ007  a day has no zone
    except ValueError:
        return None


def write_registry(profile: Profile, payments: Iterable[PaidPayment]) -> bytes:
    """The file's bytes.

    Raises:
        RegistryError: an account would break the file apart.
    """
    lines: list[str] = []
    total = 0
    for it in payments:
        if _LINE_END.search(it.account) or "\t" in it.account:
            raise RegistryError(f"the account of {it.txn_id} holds a tab or a line end")
        local = it.txn_at.astimezone(profile.zone)
        told = (str(it.txn_id), f"{local:%d.%m.%Y}", f"{local:%H:%M:%S}", it.account)
        lines.append("\t".join((*told, _written(it.sum_minor))))
        total += it.sum_minor
    lines.append("\t".join((_TOTAL, str(len(lines)), _written(total))))
    return "".join(f"{line}\r\n" for line in lines).encode()


def read_registry(content: bytes) -> tuple[RegistryLine, ...]:
    """What a registry says; line ends may be CRLF, CR or LF.

    Raises:
        RegistryError: it is none, or its totals do not fit its lines.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RegistryError("not UTF-8 text") from None
    written = [line for line in _LINE_END.split(text) if line.strip()]
    if not written or not written[-1].startswith(_TOTAL):
        raise RegistryError("the last line is no line of totals: the file may be cut off")
    lines = tuple(_line(n, line) for n, line in enumerate(written[:-1], 1))
    _check_totals(written[-1], lines)
    return lines


def _line(n: int, line: str) -> RegistryLine:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) != 5:
        raise RegistryError(f"line {n}: {len(cells)} cells instead of 5")
    txn_id, day, time, account, written = cells
    minor = _minor(written)
    if not _TXN_ID.fullmatch(txn_id) or minor is None:
        raise RegistryError(f"line {n}: no number or no sum of two decimals")
    return RegistryLine(txn_id=int(txn_id), at=f"{day} {time}", account=account, sum_minor=minor)


def _check_totals(line: str, lines: Sequence[RegistryLine]) -> None:
    cells = [cell.strip() for cell in line.split("\t")]
    total = sum(it.sum_minor for it in lines)
    if len(cells) != 3 or cells[1] != str(len(lines)) or _minor(cells[2]) != total:
        raise RegistryError(f"the totals do not fit {len(lines)} lines over {_written(total)}")


def _written(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02}"


def _minor(text: str) -> int | None:
    told = _SUM.fullmatch(text)
    return int(told[1]) * 100 + int(told[2]) if told else None
