"""The stand for a person: the terminal's window and, beside it, a panel with notes and switches."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from simulation.demo.children import ChildError
from simulation.demo.control import ControlError
from simulation.demo.stand import Stand
from simulation.network.forwarder import LineMode
from ui.panel import (
    COUNTERFEIT,
    PanelController,
    PanelError,
    PanelStatus,
    PaymentLine,
    run_panel,
)

PAYMENTS_SHOWN = 8
_KOPECKS = 100


def show(folder: Path) -> int:
    """Run the stand with both windows until the panel is closed; return the exit code.

    Raises:
        ChildError, TimeoutError: the stand did not start.
    """
    with Stand(folder, headless=False) as stand:
        return run_panel(StandPanel(stand))


class StandPanel(PanelController):
    """What the buttons of the panel do on a stand."""

    def __init__(self, stand: Stand) -> None:
        self._stand = stand

    def insert(self, note: int | Literal["counterfeit"]) -> None:
        """See `PanelController.insert`."""
        self._say_acceptor(f"insert {note if note == COUNTERFEIT else int(note) // _KOPECKS}")

    def cut_network(self, cut: bool) -> None:
        """See `PanelController.cut_network`."""
        if cut:
            self._stand.line.cut()
        else:
            self._stand.line.mode = LineMode.PASS
            self._stand.line.restore()

    def cut_power(self) -> None:
        """See `PanelController.cut_power`."""
        if self._stand.powered:
            with _told():
                self._stand.cut_power()

    def power_on(self) -> None:
        """See `PanelController.power_on`."""
        if not self._stand.powered:
            with _told():
                self._stand.restore_power()

    def paper(self, loaded: bool) -> None:
        """See `PanelController.paper`."""
        with _told():
            self._stand.printer.say("paper in" if loaded else "paper out")

    def status(self) -> PanelStatus:
        """See `PanelController.status`."""
        with _told():
            acceptor = self._stand.acceptor.say("status")
            printer = self._stand.printer.say("status")
        cassette = {int(value): int(count) for value, count in acceptor["cassette"].items()}
        return PanelStatus(
            powered=self._stand.powered,
            network=not self._stand.line.is_cut,
            paper=str(printer["status"]["paper"]) != "out",
            acceptor=str(acceptor["state"]),
            cassette_notes=sum(cassette.values()),
            cassette_minor=sum(value * _KOPECKS * count for value, count in cassette.items()),
            payments=self._payments(),
            slip=self._last_slip(),
        )

    def _say_acceptor(self, line: str) -> None:
        with _told():
            self._stand.acceptor.say(line)

    def _payments(self) -> tuple[PaymentLine, ...]:
        latest = self._stand.backend_payments()[-PAYMENTS_SHOWN:]
        return tuple(
            PaymentLine(
                number=row.number,
                provider=row.provider_code,
                credited_minor=row.credited_minor,
                state=str(row.status),
            )
            for row in reversed(latest)
        )

    def _last_slip(self) -> Path | None:
        slips = self._stand.paths.folder.glob("receipt-*.png")
        return max(slips, key=lambda path: path.stat().st_mtime, default=None)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (ControlError, ChildError, TimeoutError) as error:
        raise PanelError(str(error)) from error
