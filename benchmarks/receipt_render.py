"""A payment slip from the payment to the printer's bytes, against bare python-escpos.

The bare side is given the finished rows and the QR code and only has to make bytes of them; ours
also runs the template, checks that nothing the law wants is missing, and sets the slip in rows.
"""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.measure import Comparison, compare, in_turns
from config.catalogue import load_catalogue
from drivers.printers.models import find_model
from kiosk.receipts._escpos import new_builder
from kiosk.receipts.issuer import SlipIssuer
from kiosk.receipts.wording import load_wording
from kiosk.terminal.slips import SlipMaker
from terminal_api.payments import NoteItem, PaymentItem

BASELINE = (
    "python-escpos Dummy: the same printed rows and QR code, one call a row, CP866 chosen once"
)
CHECK_URL = "https://example.org/c/{payment}"
_QR = "QR: "
PROFILE = "TM-T88V"


def run(*, quick: bool, folder: Path | None) -> tuple[Comparison, ...]:
    """Measure one slip; nothing touches the disk."""
    del folder
    maker, item = _maker(), _item()
    rows = maker.text(item, online=True).splitlines()

    def ours() -> None:
        maker.data(item, online=True)

    def bare() -> None:
        _bare(rows)

    in_turns(ours, bare, rounds=20, repetitions=1)
    rounds, repetitions = (30, 2) if quick else (150, 9)
    pairs = in_turns(ours, bare, rounds=rounds, repetitions=repetitions)
    what = f"payment to bytes of a slip with {len(rows)} rows"
    return (compare("receipt_render.payment_slip", what, BASELINE, pairs),)


def _bare(rows: list[str]) -> bytes:
    builder = new_builder(PROFILE)
    builder.charcode("CP866")
    for row in rows:
        if row.startswith(_QR):
            builder.qr(row.removeprefix(_QR), ec=1, size=6, native=True)
        else:
            builder.text(f"{row}\n")
    return builder.output


def _maker() -> SlipMaker:
    return SlipMaker(
        issuer=SlipIssuer(
            agent_name="ООО «Образец»",
            inn="9800000013",
            agent_address="г. Тверь, ул. Образцовая, д. 7",
            terminal_id="10238898",
            terminal_address="г. Тверь, ул. Образцовая, д. 5",
            hotlines=("8-800-707-77-59",),
            demo=True,
        ),
        wording=load_wording("ru"),
        model=find_model("generic_epson"),
        zone=ZoneInfo("Europe/Moscow"),
        catalogue=load_catalogue(None),
        check_url=CHECK_URL,
    )


def _item() -> PaymentItem:
    provider = load_catalogue(None).providers[0]
    cycles = ("c1", "c2", "c3")
    return PaymentItem(
        number=1,
        session="s1",
        provider_id=provider.id,
        provider_code=provider.code,
        account="9161234567",
        fields={},
        currency="RUB",
        inserted_minor=150_000,
        fee_minor=7_500,
        credited_minor=142_500,
        fee_version="1",
        formed_at=datetime(2026, 5, 1, 6, 30, tzinfo=UTC),
        receipt_number=1,
        notes=tuple(NoteItem(cycle=cycle, minor=50_000, currency="RUB") for cycle in cycles),
    )
