"""A journal on disk, a day of records in which every kind stands, and a hand that tampers."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.catalogue_models import FeeBand
from offline_queue.journal import ChainKey, Journal, replay
from offline_queue.journal import records as r
from offline_queue.journal.cash_records import (
    CashCollected,
    CashCount,
    CassetteOpened,
    ClockJumped,
    CollectionHow,
    CollectionReported,
    JumpSeen,
    NoteInQuestion,
    NoteReported,
)
from offline_queue.journal.delivery_records import PaymentsOfferedAgain
from offline_queue.journal.slip_records import SlipKind, SlipMade
from terminal_api.notes import LooseState
from terminal_api.payments import NoteItem, PaymentItem, PaymentStatus, Verdict

KEY = ChainKey(bytes(range(32)))
MORNING = datetime(2026, 5, 1, 6, 30, tzinfo=UTC)
FEE = (
    FeeBand(
        from_minor=0, to_minor=100_000, percent_bp=500, fixed_minor=0, min_minor=0, max_minor=None
    ),
    FeeBand(
        from_minor=100_000, to_minor=None, percent_bp=0, fixed_minor=0, min_minor=0, max_minor=500
    ),
)

OpenJournal = Callable[..., Journal]


def session_opened(session: str) -> r.SessionOpened:
    return r.SessionOpened(
        session=session,
        provider_id=7,
        provider_code="mobile",
        provider_name="Мобильная связь «Ёлка»",
        account="9161234567",
        fields=(("region", 'Алматы\n"край"'),),
        currency="RUB",
        fee_version="2026-05",
        fee=FEE,
    )


def escrowed(
    session: str | None, cycle: str, decision: r.Decision = r.Decision.STACK, minor: int = 10_000
) -> r.NoteEscrowed:
    return r.NoteEscrowed(
        session=session,
        cycle=cycle,
        minor=minor,
        currency="RUB",
        decision=decision,
        device_count=None,
    )


def stacked(session: str | None, cycle: str, minor: int = 10_000) -> r.NoteStacked:
    return r.NoteStacked(session=session, cycle=cycle, minor=minor, currency="RUB", how="normal")


def disputed(session: str | None, cycle: str, minor: int | None = 10_000) -> r.NoteDisputed:
    return r.NoteDisputed(
        session=session, cycle=cycle, minor=minor, currency="RUB", evidence=("no answer", "шум")
    )


def formed(number: int, session: str, *cycles: str, minor: int = 10_000) -> r.PaymentFormed:
    total = minor * len(cycles)
    item = PaymentItem(
        number=number,
        session=session,
        provider_id=7,
        provider_code="mobile",
        account="9161234567",
        fields={"region": "Алматы"},
        currency="RUB",
        inserted_minor=total,
        fee_minor=total // 20,
        credited_minor=total - total // 20,
        fee_version="2026-05",
        formed_at=MORNING,
        receipt_number=number,
        notes=tuple(NoteItem(cycle=cycle, minor=minor, currency="RUB") for cycle in cycles),
    )
    return r.PaymentFormed(
        item=item,
        trigger=r.PaymentTrigger.CUSTOMER,
        slip_text=f"ЧЕК № {number}\nИтого: 100,00 ₽\n",
        template="payment/1",
        online=True,
    )


def answered(number: int, status: PaymentStatus, verdict: Verdict | None) -> r.PaymentAnswered:
    uid = None if status is PaymentStatus.UNKNOWN else f"uid-{number}"
    return r.PaymentAnswered(number=number, verdict=verdict, status=status, uid=uid, message="да")


def collected(number: int, *, receipt_number: int, request: str = "") -> CashCollected:
    return CashCollected(
        number=number,
        request=request or f"order-{number}",
        operator="Ёлкин",
        how=CollectionHow.ANNOUNCED,
        receipt_number=receipt_number,
        since=MORNING.isoformat(),
        at=MORNING.isoformat(),
        counts=(CashCount(currency="RUB", minor=10_000, count=3),),
        disputed=(),
        suspense=(
            NoteInQuestion(
                cycle="n4", minor=10_000, currency="RUB", at=MORNING.isoformat(), evidence=("x",)
            ),
        ),
        payments=2,
        openings=1,
        slip_text=f"ИНКАССАЦИЯ № {number}\n",
        template="collection/1",
    )


def a_day() -> tuple[r.JournalRecord, ...]:
    """A legal history; with `an_evening` every kind of record stands in it at least once."""
    return (
        r.TerminalStarted(boot="boot-1", version="0.1.0"),
        session_opened("s1"),
        r.SessionClosed(session="s1", why=r.SessionEnd.LEFT),
        session_opened("s2"),
        escrowed("s2", "n1"),
        stacked("s2", "n1"),
        escrowed("s2", "n2", r.Decision.RETURN),
        r.NoteReturned(cycle="n2", why="too much"),
        escrowed("s2", "n3"),
        disputed("s2", "n3"),
        stacked(None, "n4"),
        formed(1, "s2", "n1"),
        r.SlipStarted(receipt_number=1),
        r.SlipSettled(receipt_number=1, outcome=r.SlipOutcome.PRINTED),
        r.PaymentsSent(numbers=(1,)),
        answered(1, PaymentStatus.ACCEPTED, Verdict.ACCEPTED),
        answered(1, PaymentStatus.CREDITED, None),
        session_opened("s3"),
        stacked("s3", "n5"),
        formed(2, "s3", "n5"),
        r.PaymentParked(number=2, why="no provider"),
        r.DeviceNoted(device="printer", event="paper near end", detail="x01"),
    )


def an_evening() -> tuple[r.JournalRecord, ...]:
    """What may follow upon that day: the kinds that are about the box and the clock."""
    return (
        disputed(None, "n6", None),
        r.NoteReturnOrdered(cycle="n6", why="power-up"),
        CassetteOpened(expected=False),
        collected(1, receipt_number=3),
        CassetteOpened(expected=True),
        ClockJumped(
            seen=JumpSeen.RUNNING,
            should_be="2026-05-01T06:30:00+00:00",
            became="1970-01-01T00:00:00+00:00",
            difference_ms=-1_777_617_000_000,
        ),
        stacked(None, "n6", 5_000),
        NoteReported(cycle="n4", state=LooseState.SUSPENSE, verdict=Verdict.ACCEPTED),
        NoteReported(cycle="n6", state=LooseState.DISPUTED, verdict=None, message="unreadable"),
        PaymentsOfferedAgain(numbers=(2,), by="Петров", why="the backend was upgraded"),
        CollectionReported(number=1, verdict=Verdict.ACCEPTED),
        SlipMade(
            receipt_number=4,
            slip=SlipKind.ERROR,
            about="note n6",
            slip_text="Горячая линия 8-800-000-00-00",
            template="built-in:1:error:ru",
        ),
        r.SlipSettled(receipt_number=4, outcome=r.SlipOutcome.FAILED, why="not_ready"),
    )


@pytest.fixture(scope="session")
def day() -> tuple[r.JournalRecord, ...]:
    return a_day()


@pytest.fixture
def history() -> tuple[r.JournalRecord, ...]:
    return a_day()


@pytest.fixture
def evening() -> tuple[r.JournalRecord, ...]:
    return an_evening()


@pytest.fixture
def whole_history() -> tuple[r.JournalRecord, ...]:
    return a_day() + an_evening()


@pytest.fixture
def key() -> ChainKey:
    return KEY


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def open_journal(path: Path) -> Iterator[OpenJournal]:
    """Opens journals, by default at `path` with the right key, and closes them at the end."""
    opened: list[Journal] = []

    def open_one(at: Path = path, key: ChainKey = KEY, **more: object) -> Journal:
        opened.append(Journal(at, key, **more))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


@pytest.fixture
def journal(open_journal: OpenJournal) -> Journal:
    return open_journal()


@pytest.fixture
def write() -> Callable[..., None]:
    """Appends records one by one, each a second after the other."""

    def one_by_one(journal: Journal, records: tuple[r.JournalRecord, ...]) -> None:
        for second, record in enumerate(records):
            journal.append(record, at=MORNING + timedelta(seconds=second))

    return one_by_one


@pytest.fixture(scope="session")
def written_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Written once for all tests; nobody may touch it."""
    path = tmp_path_factory.mktemp("written") / "journal.db"
    journal = Journal(path, KEY)
    for second, record in enumerate(a_day()):
        journal.append(record, at=MORNING + timedelta(seconds=second))
    journal.close()
    return path


@pytest.fixture
def written(path: Path, written_once: Path) -> Path:
    """The file of a journal that holds `a_day` and was closed in order."""
    return Path(shutil.copy(written_once, path))


@pytest.fixture
def tampering() -> Callable[[Path], object]:
    """A hand on the file that knows SQLite and not the key."""

    @contextmanager
    def hand(path: Path) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous=OFF")
            yield connection

    return hand


@pytest.fixture
def full_temporary_folder(monkeypatch: pytest.MonkeyPatch) -> Callable[[], object]:
    """The folder of SQLite's temporary files has room for little more than nothing."""

    @contextmanager
    def full() -> Iterator[None]:
        make_empty = replay._make_empty
        with closing(sqlite3.connect("")) as empty:
            make_empty(empty, indexed=True)
            (pages,) = empty.execute("PRAGMA page_count").fetchone()

        def limited(driver: sqlite3.Connection, *, indexed: bool) -> None:
            make_empty(driver, indexed=indexed)
            driver.execute(f"PRAGMA max_page_count={pages + 1}")

        with monkeypatch.context() as patch:
            patch.setattr(replay, "_make_empty", limited)
            yield

    return full


class Make:
    """The makers above, for tests: this folder is no package."""

    session_opened = staticmethod(session_opened)
    escrowed = staticmethod(escrowed)
    stacked = staticmethod(stacked)
    disputed = staticmethod(disputed)
    formed = staticmethod(formed)
    answered = staticmethod(answered)
    collected = staticmethod(collected)


@pytest.fixture(scope="session")
def make() -> Make:
    return Make()


@pytest.fixture
def now() -> datetime:
    return MORNING
