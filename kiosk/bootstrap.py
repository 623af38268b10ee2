"""Wires a terminal together: settings to devices, journal, actor and window. No rule lives here.

The order matters: the journal is opened and the last life is taken up before any device thread runs
(or the terminal is out of service, and tries again), and on the way out the terminal closes the
acceptor before the journal is closed.
"""

import os
import random
import secrets
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from threading import Timer

import structlog

from config.settings import Settings
from drivers.acceptors.contract import Note
from drivers.acceptors.open_acceptor import AcceptorProtocol, explainer_of, open_acceptor
from drivers.acceptors.options import AcceptorOptions, Orientation
from drivers.acceptors.thread import AcceptorThread
from drivers.printers.contract import Removal
from drivers.printers.models import find_model
from drivers.printers.open_printer import open_printer_port
from drivers.printers.thread import PrinterThread
from drivers.printers.timing import PrinterTiming
from drivers.transports.wire_trace import WireTrace
from kiosk.backend_access import session_of, signer_of
from kiosk.clock import Clock, SystemClock
from kiosk.content_access import Contents, content_thread_of
from kiosk.ids import RandomIds
from kiosk.journal_backup import BackupThread, JournalBackups
from kiosk.journal_opening import JournalOpening
from kiosk.session.navigation import Shop
from kiosk.standing_report import KioskStanding, reporter_thread_of
from kiosk.supervisor import Supervisor
from kiosk.terminal.books import Books
from kiosk.terminal.housekeeping import JournalKeeper, LateKeeper, housekeeping_rules_of
from kiosk.terminal.rules import rules_of
from kiosk.terminal.runner import Mailbox, Showcase, TerminalThread
from kiosk.terminal.slip_settings import slip_maker_of
from kiosk.terminal.snapshot import Language, Screen
from kiosk.terminal.terminal import Outside, Terminal
from offline_queue.enquiry import Enquiry, EnquiryThread
from offline_queue.journal import Journal
from offline_queue.journal.door import JournalDoor
from offline_queue.sync import Bounds, Signer, SyncMachine, SyncPolicy, SyncThread
from ui.application import run_window
from ui.brand import Brand
from ui.brand.start import brand_at_start
from ui.other_names import OtherNames
from ui.sounds import Loudness
from ui.terminal_info import TerminalInfo

_log = structlog.get_logger(__name__)

_UNTAKEN = {"retract": Removal.RETRACTED, "eject": Removal.EJECTED, "leave": None}
_WARM_UP_S = 15.0
"""After the start screen is there, and before anybody can have paid."""
_SILENCE_S = 20.0
"""The terminal's thread looks at its deadlines every 5 s; the rest is for one event."""
_OPENING_S = 600.0
"""As long as a start may take (`TimeoutStartSec` of the unit)."""
_KILOBYTE = 1_000
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Devices:
    """The threads around the terminal."""

    acceptor: AcceptorThread
    printer: PrinterThread
    courier: SyncThread
    enquirer: EnquiryThread

    def start(self) -> None:
        """Begin to talk to devices and backend."""
        self.acceptor.start()
        self.printer.start()
        self.courier.start()
        self.enquirer.start()

    def stop(self) -> None:
        """End the threads; each finishes what it has in hand."""
        self.acceptor.stop_thread()
        self.printer.stop()
        self.enquirer.stop()
        self.courier.stop()


class WindowSwitch:
    """Lets the terminal's thread end the window once there is one."""

    def __init__(self) -> None:
        self._end: Callable[[], None] | None = None
        self._wanted = False

    def arm(self, end: Callable[[], None]) -> None:
        """The window is there, and `end` ends it."""
        self._end = end
        if self._wanted:
            end()

    def off(self) -> None:
        """End the window now, or as soon as it is there."""
        self._wanted = True
        if self._end is not None:
            self._end()


def run_terminal(
    settings: Settings, finger: Path | None = None, *, show: Callable[..., int] | None = None
) -> bool:
    """Run the terminal with its window until it is asked to end.

    Args:
        settings: checked settings.
        finger: where the automation finger listens (demo and tests only).
        show: stands in for `run_window` where a window is there already; it comes back when that has
            ended.

    Returns:
        True when it ended in order, False after a crash.

    Raises:
        AlreadyRunningError: the journal is in use by another terminal.
        KeyFileError: the journal's key cannot be used, or is missing though there is a journal.
        OtherTerminalError: the journal belongs to another terminal.
        CatalogueError: the catalogue is wrong, or its legal data is invented and the terminal real.
        UnknownPrinterModelError: no such model in the table.
        NotEnrolledError: the backend is elsewhere and does not know this terminal yet.
    """
    # The journal holds phone numbers: what this process makes is for its own user alone.
    os.umask(0o077)
    with ExitStack() as stack:
        contents = Contents(settings)
        catalogue = contents.catalogues.at_start()
        clock, ids = SystemClock(), RandomIds()
        opening = _opening(settings, clock)
        journal = _journal(settings, opening, stack)
        boot = ids.new()
        mailbox, showcase, switch = Mailbox(), Showcase(), WindowSwitch()
        devices = _devices(settings, mailbox, clock, boot)
        outside = Outside(
            books=Books(journal, clock, first_payment_number=settings.limits.first_payment_number),
            acceptor=devices.acceptor,
            printer=devices.printer,
            courier=devices.courier,
            clock=clock,
            ids=ids,
            publish=showcase.publish,
            free_space_mb=partial(_free_mb, settings.journal.path.parent),
            housekeeping=LateKeeper(journal, partial(_keeper, settings, clock)),
            news=contents.news,
            enquirer=devices.enquirer,
        )
        maker = slip_maker_of(settings, catalogue)
        terminal = Terminal(
            outside,
            shop=Shop(catalogue, OtherNames()),
            maker=maker,
            rules=rules_of(settings),
            batch_size=settings.backend.batch_size,
        )
        terminal.start(boot=boot, version=version("payment-terminal"))
        thread = TerminalThread(terminal, mailbox, clock, devices.acceptor, on_crash=switch.off)
        stack.callback(devices.stop)
        stack.callback(thread.stop)
        backups = BackupThread(_backups(settings, journal, clock, showcase).look)
        stack.callback(backups.stop)
        fetching = content_thread_of(settings, contents, clock, boot)
        stack.callback(fetching.stop)
        reporting = reporter_thread_of(
            settings,
            KioskStanding(
                terminal_id=settings.terminal.id,
                boot=boot,
                version=version("payment-terminal"),
                journal=settings.journal.path,
                clock=clock,
                begun_s=clock.monotonic(),
                newest=lambda: showcase.newest,
                applied=lambda: fetching.applied,
                free_mb=outside.free_space_mb,
            ),
        )
        stack.callback(reporting.stop)
        devices.start()
        thread.start()
        backups.start()
        fetching.start()
        reporting.start()
        warming = Timer(_WARM_UP_S, maker.warm_up)
        stack.callback(warming.cancel)
        warming.daemon = True
        warming.start()
        _log.info("terminal_started", boot=boot, terminal=settings.terminal.id)
        supervisor = Supervisor.of(os.environ)
        brand = brand_at_start(settings.display.brand, hotlines=settings.hotline.numbers)
        (show or run_window)(
            info=_info(settings, brand),
            subscribe=showcase.subscribe,
            post=mailbox.post,
            now=clock.now,
            size=(settings.display.width, settings.display.height),
            fullscreen=settings.display.fullscreen,
            reduce_motion=settings.display.reduce_motion,
            software_renderer=settings.display.renderer == "software",
            language=Language(settings.display.language),
            brand=brand,
            loudness=_loudness(settings),
            finger_socket=finger,
            on_ready=partial(_window_ready, switch, supervisor),
            on_beat=partial(_beat, thread, opening, supervisor),
            beat_s=supervisor.beat_s,
        )
        supervisor.stopping()
    return not thread.crashed


def _window_ready(switch: WindowSwitch, supervisor: Supervisor, end: Callable[[], None]) -> None:
    """The window has painted, and the terminal behind it runs."""
    switch.arm(end)
    supervisor.ready()


def _beat(thread: TerminalThread, opening: JournalOpening, supervisor: Supervisor) -> None:
    """The window draws. Whether the process may live is said only when the terminal answers, too, or
    opens its journal: ended in the middle of it, it would begin that anew, again and again.
    """
    if thread.answers(within_s=_SILENCE_S):
        supervisor.alive()
    elif opening.is_under_way(within_s=_OPENING_S):
        supervisor.alive("the journal is being opened")
    else:
        supervisor.silent("the terminal's thread does not answer")


def _opening(settings: Settings, clock: Clock) -> JournalOpening:
    return JournalOpening(
        settings.journal,
        clock,
        begins=settings.terminal.demo,
        beside=(_notes_of_acceptor(settings),),
    )


def _journal(settings: Settings, opening: JournalOpening, stack: ExitStack) -> JournalDoor:
    stack.callback(opening.close)
    door = JournalDoor(settings.journal.path, opening)
    stack.callback(door.close)
    return door


def _keeper(settings: Settings, clock: Clock, journal: Journal) -> JournalKeeper:
    return JournalKeeper(journal, clock, housekeeping_rules_of(settings))


def _backups(
    settings: Settings, journal: JournalDoor, clock: Clock, showcase: Showcase
) -> JournalBackups:
    return JournalBackups(
        settings.journal,
        key=lambda: journal.journal.key if journal.is_open else None,
        clock=clock,
        at_rest=lambda: showcase.screen in (Screen.ATTRACT, Screen.HOME, Screen.OUT_OF_SERVICE),
    )


def _notes_of_acceptor(settings: Settings) -> Path:
    return settings.journal.path.with_suffix(f".{settings.acceptor.protocol}-notes")


def _devices(settings: Settings, mailbox: Mailbox, clock: Clock, boot: str) -> Devices:
    backend = settings.backend
    printer = settings.printer
    policy = SyncPolicy(base_s=backend.backoff_min_s, cap_s=backend.backoff_max_s)
    machine = SyncMachine(policy, random.Random(boot), terminal_id=settings.terminal.id)
    protocol = AcceptorProtocol(settings.acceptor.protocol)
    signer = signer_of(settings)
    trace = WireTrace(
        settings.acceptor_trace,
        max_bytes=settings.acceptor.trace_max_kb * _KILOBYTE,
        clock=clock.now,
        explainer=explainer_of(protocol),
    )
    return Devices(
        acceptor=open_acceptor(
            protocol, _acceptor_options(settings, boot), mailbox.post, clock.monotonic, trace
        ),
        printer=PrinterThread(
            partial(open_printer_port, printer.port, printer.baud),
            mailbox.post,
            clock.monotonic,
            model=find_model(printer.model),
            timing=PrinterTiming(untaken_s=printer.untaken_s),
            untaken=_UNTAKEN[printer.untaken],
        ),
        courier=SyncThread(
            machine,
            backend.url,
            mailbox.post,
            clock.monotonic,
            session_factory=partial(session_of, settings),
            bounds=Bounds(connect_s=backend.connect_timeout_s, read_s=backend.read_timeout_s),
            signer=signer,
        ),
        enquirer=EnquiryThread(partial(_enquiry, settings, clock, signer), mailbox.post),
    )


def _enquiry(settings: Settings, clock: Clock, signer: Signer | None) -> Enquiry:
    return Enquiry(
        session_of(settings),
        settings.backend.url,
        clock.monotonic,
        signer,
        patience_s=settings.session.answer_s,
        name=partial(secrets.token_hex, 8),
    )


def _acceptor_options(settings: Settings, boot: str) -> AcceptorOptions:
    wanted = settings.acceptor
    return AcceptorOptions(
        boot=boot,
        port=wanted.port,
        baud=wanted.baud,
        currency=wanted.currency,
        high_security=frozenset(
            Note(minor=minor, currency=wanted.currency) for minor in wanted.high_security_minor
        ),
        orientations=frozenset(Orientation(way) for way in wanted.orientations),
        memory=_notes_of_acceptor(settings),
    )


def _info(settings: Settings, brand: Brand) -> TerminalInfo:
    terminal = settings.terminal
    first = [number for number in settings.hotline.numbers if number == brand.hotline]
    rest = [number for number in settings.hotline.numbers if number != brand.hotline]
    return TerminalInfo(
        terminal_id=terminal.id,
        terminal_name=brand.name or terminal.name,
        hotlines=(*first, *rest),
        agent_name=terminal.agent_name,
        agent_inn=terminal.agent_inn,
        agent_address=terminal.agent_address,
        agent_phone=terminal.agent_phone,
        address=terminal.address,
        demo=terminal.demo,
        timezone=terminal.timezone,
    )


def _loudness(settings: Settings) -> Loudness:
    wanted = settings.sounds
    return Loudness(
        day=wanted.volume,
        night=wanted.night_volume,
        night_from=wanted.night_from,
        night_to=wanted.night_to,
        timezone=settings.terminal.timezone,
    )


def _free_mb(folder: Path) -> int:
    return shutil.disk_usage(folder).free // _MEGABYTE
