"""The simulated terminals: their numbers, their keys in the database, and what they send.

Keys are written straight into the table, as an enrolment of each would leave them. Numbers begin
beyond every terminal that the database knows. It must never touch a terminal that it did not make.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine, func, insert, select

from terminal_api import NoteItem, PaymentBatch, PaymentItem, canonical_bytes
from terminal_api.fleet import Heartbeat, QueueReport
from terminal_api.signing import key_id_of
from wallet.load.signing_client import SignedBy
from wallet.terminals.tables import keys

_FIRST: Final = 90_000_001
_MINOR: Final = 10_000
_FEE: Final = 300


@dataclass(slots=True, kw_only=True)
class LoadTerminal:
    """One simulated terminal. `answered` are the numbers that the backend has said it has."""

    terminal_id: str
    signed: SignedBy
    boot: str
    sent: int = 0
    answered: set[int] = field(default_factory=set)

    def heartbeat(self) -> bytes:
        """How it stands."""
        return canonical_bytes(
            Heartbeat(
                terminal_id=self.terminal_id,
                boot=self.boot,
                at=datetime.now(UTC),
                version="load",
                uptime_s=1,
                queue=QueueReport(pending=0),
                cash={"10000": self.sent},
                cash_minor=self.sent * _MINOR,
            )
        )

    def batch(self, size: int) -> tuple[tuple[int, ...], bytes]:
        """Its next payments, and their numbers."""
        numbers = tuple(range(self.sent + 1, self.sent + size + 1))
        self.sent += size
        made = tuple(self._payment(number) for number in numbers)
        return numbers, canonical_bytes(PaymentBatch(terminal_id=self.terminal_id, payments=made))

    def _payment(self, number: int) -> PaymentItem:
        cycle = f"{self.boot}-{number}"
        return PaymentItem(
            number=number,
            session=cycle,
            provider_id=1,
            provider_code="load",
            account="0000000000",
            fields={},
            currency="RUB",
            inserted_minor=_MINOR,
            fee_minor=_FEE,
            credited_minor=_MINOR - _FEE,
            fee_version="load",
            formed_at=datetime.now(UTC),
            receipt_number=number,
            notes=(NoteItem(cycle=cycle, minor=_MINOR, currency="RUB"),),
        )


def make_fleet(engine: Engine, count: int) -> list[LoadTerminal]:
    """So many terminals that the database knows from now on."""
    with engine.begin() as connection:
        last = connection.execute(select(func.max(keys.c.terminal_id))).scalar_one()
        first = max(_FIRST, int(last or 0) + 1)
        numbers = [f"{number:08}" for number in range(first, first + count)]
        made = [
            LoadTerminal(
                terminal_id=number,
                signed=SignedBy(number, Ed25519PrivateKey.generate()),
                boot=secrets.token_hex(8),
            )
            for number in numbers
        ]
        connection.execute(insert(keys), _rows(made))
    return made


def _rows(made: Sequence[LoadTerminal]) -> list[dict[str, object]]:
    now = datetime.now(UTC)
    return [
        {
            "terminal_id": one.terminal_id,
            "key_id": key_id_of(one.signed.key.public_key()),
            "public_key": one.signed.key.public_key().public_bytes_raw().hex(),
            "added_at": now,
        }
        for one in made
    ]
