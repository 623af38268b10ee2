"""A registrar in software, for tests and demonstrations.

Numbers documents without gaps and can be told to be slow, to fail, and to run out of paper. What it
gives out is no fiscal sign, and says so.
"""

from dataclasses import dataclass, field, replace

from kiosk.receipts.fiscal.contract import FiscalDone, FiscalFailed, FiscalOutcome, FiscalWait
from kiosk.receipts.fiscal.document import FiscalDocument
from kiosk.receipts.issuer import FiscalMark

FAKE_DRIVE = "0000000000000000"
"""No drive has this number."""


@dataclass(slots=True)
class FakeRegistrar:
    """`FiscalRegistrar`. `slow` documents wait until `proceed`; `fault` is why the next ones fail."""

    slow: bool = False
    fault: str = ""
    paper: bool = True
    documents: list[FiscalDocument] = field(default_factory=list)
    _outcomes: dict[str, FiscalOutcome] = field(default_factory=dict)
    _waiting: dict[str, FiscalDocument] = field(default_factory=dict)

    def register(self, document: FiscalDocument) -> None:
        """See the contract."""
        known = self._outcomes.get(document.identity, FiscalWait())
        if isinstance(known, FiscalDone) or (isinstance(known, FiscalFailed) and known.final):
            return
        self._waiting[document.identity] = document
        if not self.slow:
            self.proceed()

    def outcome(self, identity: str) -> FiscalOutcome:
        """See the contract."""
        return self._outcomes.get(identity, FiscalWait())

    def proceed(self) -> None:
        """Work off what waits."""
        for identity, document in self._waiting.items():
            self._outcomes[identity] = self._close(document)
        self._waiting.clear()

    def print_rest(self) -> None:
        """Paper is back: what is closed and not printed comes out."""
        self.paper = True
        for identity, known in self._outcomes.items():
            if isinstance(known, FiscalDone):
                self._outcomes[identity] = replace(known, printed=True)

    def _close(self, document: FiscalDocument) -> FiscalOutcome:
        if self.fault:
            return FiscalFailed(why=self.fault, final=False)
        document.tags()  # a registrar refuses what has no form
        self.documents.append(document)
        number = len(self.documents)
        mark = FiscalMark(drive=FAKE_DRIVE, document=number, sign=f"FAKE-{number:06d}")
        return FiscalDone(mark=mark, printed=self.paper)
