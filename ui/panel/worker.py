"""The thread between the panel and the stand: does what was pressed, asks for the status meanwhile.

The panel never waits: orders go into a queue, answers come back as signals.
"""

from collections.abc import Callable
from queue import Empty, Queue
from threading import Thread

import structlog
from PySide6.QtCore import QObject, Signal

from ui.panel.controller import PanelController, PanelError

STATUS_PERIOD_S = 0.5

log = structlog.get_logger(__name__)

Order = Callable[[], None]


class PanelWorker(QObject):
    """Runs orders one by one. Signals arrive in the thread of the receiver."""

    told = Signal(object)
    failed = Signal(str)

    def __init__(self, controller: PanelController) -> None:
        super().__init__()
        self._controller = controller
        self._orders: Queue[Order | None] = Queue()
        self._thread = Thread(target=self._run, name="panel", daemon=True)

    def start(self) -> None:
        """Begin to ask and to obey."""
        self._thread.start()

    def order(self, order: Order) -> None:
        """Queue something to be done; returns at once."""
        self._orders.put(order)

    def stop(self, patience_s: float = 5.0) -> None:
        """End after the order in hand; waits for it, but not longer than `patience_s`."""
        self._orders.put(None)
        self._thread.join(patience_s)

    def _run(self) -> None:
        self._attempt(self._tell_status)
        while True:
            try:
                order = self._orders.get(timeout=STATUS_PERIOD_S)
            except Empty:
                order = self._tell_status
            if order is None:
                return
            self._attempt(order)

    def _attempt(self, order: Order) -> None:
        """Do one thing; nothing that goes wrong in it ends the thread (a thread's edge)."""
        try:
            order()
        except PanelError as error:
            self.failed.emit(str(error))
        except Exception as error:
            log.exception("panel order failed")
            self.failed.emit(repr(error))

    def _tell_status(self) -> None:
        self.told.emit(self._controller.status())
