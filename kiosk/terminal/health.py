"""Whether the terminal may take money, and if not, why: in the customer's terms.

`Health` is a pure value. Reasons block new sessions; they never stop a payment that has money inside.
"""

from dataclasses import dataclass

from drivers.printers.contract import PrinterState
from drivers.printers.faults import faults_of
from kiosk.terminal.printer_policy import Fitness, Ruling, Stage, fitness_of, ruling
from kiosk.terminal.snapshot import Banner, DeliveryProgress, ServiceReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What is known of devices, disk and link. `denominations` are what the acceptor can take, in
    kopecks. `printer` is None until the printer was looked at, `online` until the backend was tried.
    `delivery` is for people and decides nothing.
    """

    acceptor_ready: bool = False
    acceptor_known: bool = False
    acceptor_fault: int = 0
    denominations: frozenset[int] = frozenset()
    cassette_full: bool = False
    cassette_out: bool = False
    printer: PrinterState | None = None
    printer_required: bool = True
    storage_writable: bool = True
    space_enough: bool = True
    settled: bool = False
    online: bool | None = None
    delivery: DeliveryProgress = DeliveryProgress()
    closing: bool = False
    collecting: bool = False

    @property
    def starting(self) -> bool:
        """True while devices have not yet said how they are."""
        return not self.acceptor_known or (self.printer is None and self.printer_required)

    @property
    def fault_number(self) -> int:
        """What the customer reads out on the phone: the acceptor's fault, else the printer's where
        that stops the terminal; 0 for none.
        """
        if self.acceptor_fault:
            return self.acceptor_fault
        stopped = self.printer is not None and bool(_printer_reasons(self))
        found = faults_of(self.printer) if stopped and self.printer is not None else ()
        return int(found[0]) if found else 0


@dataclass(slots=True)
class Condition:
    """The present health, one for all parts of a terminal: who learns of something exchanges it."""

    health: Health


def reasons(health: Health) -> tuple[ServiceReason, ...]:
    """Why no money may be taken now, the most telling reason first; empty = in service."""
    if health.closing:
        return (ServiceReason.CLOSING,)
    found: list[ServiceReason] = []
    if health.collecting:
        found.append(ServiceReason.COLLECTION)
    if not health.storage_writable or not health.space_enough:
        found.append(ServiceReason.STORAGE)
    found.extend(_acceptor_reasons(health))
    found.extend(_printer_reasons(health))
    if not found and not health.settled:
        found.append(ServiceReason.SETTLING)
    return tuple(found)


def banners(health: Health) -> tuple[Banner, ...]:
    """What the customer should know though the terminal works."""
    found: list[Banner] = []
    if health.online is False:
        found.append(Banner.NO_LINK)
    if goes_without_slip(health):
        found.append(Banner.NO_RECEIPT)
    return tuple(found)


def _acceptor_reasons(health: Health) -> list[ServiceReason]:
    if not health.acceptor_known:
        return [ServiceReason.STARTING]
    if health.cassette_out:
        return [ServiceReason.CASSETTE_OUT]
    if health.cassette_full:
        return [ServiceReason.CASSETTE_FULL]
    return [] if health.acceptor_ready else [ServiceReason.ACCEPTOR]


def goes_without_slip(health: Health) -> bool:
    """True when money is taken though no slip can be printed: the customer has to agree before."""
    return _for_newcomers(health) is Ruling.ASK


def _printer_reasons(health: Health) -> list[ServiceReason]:
    match _for_newcomers(health):
        case Ruling.WAIT:
            return [ServiceReason.STARTING]
        case Ruling.CLOSE:
            out = fitness_of(health.printer) is Fitness.PAPER_OUT
            return [ServiceReason.PAPER if out else ServiceReason.PRINTER]
        case _:
            return []


def _for_newcomers(health: Health) -> Ruling:
    return ruling(fitness_of(health.printer), Stage.BROWSING, required=health.printer_required)
