"""Slips for the people who look after the terminal: printer's test, information, report of a shift.

They name no customer. They must never be taken for proof of a payment.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kiosk.receipts.collection_slip import SlipCount, count_blocks
from kiosk.receipts.errors import SumsDoNotAddUpError
from kiosk.receipts.figures import moment_text
from kiosk.receipts.finish import Facts
from kiosk.receipts.issuer import Parts, SlipHead, head_parts
from kiosk.receipts.model import Block, Pair, Part, Size, SlipKind, Text
from kiosk.receipts.payment_slip import SlipField, money
from kiosk.receipts.wording import Wording

_LADDER = "1234567890"


@dataclass(frozen=True, slots=True, kw_only=True)
class TestSlipData:
    """What shows a technician every letter and the width of the paper."""

    __test__ = False  # the collector of tests takes every name with Test for its own

    head: SlipHead
    printer: str
    columns: int
    page: str

    @property
    def kind(self) -> SlipKind:
        """See `SlipData`."""
        return SlipKind.TEST

    def check(self) -> None:
        """Nothing here can contradict itself."""

    def parts(self, wording: Wording) -> Parts:
        """See `SlipData`."""
        ladder = (_LADDER * (self.columns // len(_LADDER) + 1))[: self.columns]
        return {
            **head_parts(self.head, wording, subject=wording.say("mark.test")),
            Part.REASON: (Text(text=wording.say("test.about")),),
            Part.FACTS: (
                Pair(left=wording.say("test.printer"), right=self.printer),
                Pair(left=wording.say("test.columns"), right=str(self.columns)),
                Pair(left=wording.say("test.page"), right=self.page),
            ),
            Part.SAMPLE: (
                Text(text=ladder),
                Text(text=wording.say("test.upper")),
                Text(text=wording.say("test.lower")),
                Text(text=wording.say("test.digits")),
                Text(text=wording.say("test.bold"), bold=True),
                Text(text=wording.say("test.tall"), size=Size.TALL),
                Text(text=wording.say("test.double"), size=Size.DOUBLE),
            ),
        }

    def facts(self) -> Facts:
        """See `SlipData`."""
        return {"printer": self.printer, "columns": self.columns}


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationSlipData:
    """What a technician or an inspector wants to know of the terminal, line by line."""

    head: SlipHead
    lines: tuple[SlipField, ...]

    @property
    def kind(self) -> SlipKind:
        """See `SlipData`."""
        return SlipKind.INFORMATION

    def check(self) -> None:
        """Nothing here can contradict itself."""

    def parts(self, wording: Wording) -> Parts:
        """See `SlipData`."""
        return {
            **head_parts(self.head, wording, subject=wording.say("mark.information")),
            Part.FACTS: tuple(Pair(left=one.title, right=one.value) for one in self.lines),
            Part.REASON: (Text(text=wording.say("information.complaints")),),
        }

    def facts(self) -> Facts:
        """See `SlipData`."""
        return {"lines": len(self.lines)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftSlipData:
    """The state of the running period, as an X report gives it: nothing is closed by it. Sums in
    kopecks; `since` is None for a period without a beginning on record.
    """

    head: SlipHead
    number: int
    since: datetime | None
    payments: int
    inserted: int
    fee: int
    credited: int
    change: int = 0
    disputed: int = 0
    undelivered: int = 0
    counts: tuple[SlipCount, ...]

    @property
    def kind(self) -> SlipKind:
        """See `SlipData`."""
        return SlipKind.SHIFT

    def check(self) -> None:
        """Raise SumsDoNotAddUpError where the sums of the payments contradict each other."""
        sums = (self.inserted, self.fee, self.credited, self.change, self.disputed)
        if min(sums) < 0 or self.inserted != self.credited + self.fee + self.change:
            raise SumsDoNotAddUpError(f"the sums of the period are {sums} kopecks")

    def parts(self, wording: Wording) -> Parts:
        """See `SlipData`."""
        return {
            **head_parts(self.head, wording, subject=wording.say("mark.shift")),
            Part.PERIOD: tuple(self._period(wording)),
            Part.SUMS: tuple(self._sums(wording)),
            Part.COUNTS: tuple(count_blocks(self.counts, wording)),
            Part.REASON: (Text(text=wording.say("shift.not_closed")),),
        }

    def facts(self) -> Facts:
        """See `SlipData`."""
        return {"payments": self.payments, "undelivered": self.undelivered}

    def _period(self, wording: Wording) -> Iterator[Block]:
        yield Pair(left=wording.say("shift.number"), right=str(self.number), bold=True)
        if self.since is not None:
            yield Pair(left=wording.say("collection.since"), right=moment_text(self.since))
        until = moment_text(self.head.printed_at)
        yield Pair(left=wording.say("collection.until"), right=until)
        yield Pair(left=wording.say("collection.payments"), right=str(self.payments))
        if self.undelivered:
            yield Pair(left=wording.say("shift.undelivered"), right=str(self.undelivered))

    def _sums(self, wording: Wording) -> Iterator[Block]:
        rows = (
            ("sums.inserted", self.inserted),
            ("sums.fee", self.fee),
            ("sums.credited", self.credited),
        )
        for key, minor in rows:
            yield Pair(left=wording.say(key), right=money(minor, wording))
        for key, minor in (("sums.change", self.change), ("sums.disputed", self.disputed)):
            if minor:
                yield Pair(left=wording.say(key), right=money(minor, wording))
