"""The stand: acceptor, printer, backend, line and terminal put together in one folder.

The terminal is started by `kiosk run` with a settings file, as it would be with real ports; that its
devices are simulated is known to the ports alone. Cutting the power kills the terminal's process and
takes the acceptor's power in the same moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from config.catalogue import load_catalogue
from simulation.acceptor.protocols import ProtocolName
from simulation.demo.children import Child, wait_until
from simulation.demo.control import Control, ControlError
from simulation.demo.enrolment import enrol_terminal, new_token
from simulation.demo.providers_file import write_profiles
from simulation.demo.settings_file import DEMO_TERMINAL, demo_settings, write_toml
from simulation.network.forwarder import Forwarder
from simulation.provider.server import DemoProvider
from wallet.payments.reports import PaymentRow, list_payments
from wallet.storage.database import open_for_reading

START_PATIENCE_S = 60.0
MOST_PAYMENTS = 100_000


@dataclass(frozen=True, slots=True)
class StandPaths:
    """Where everything of a stand lies."""

    folder: Path

    @property
    def journal(self) -> Path:
        """The terminal's journal."""
        return self.folder / "journal.db"

    @property
    def journal_key(self) -> Path:
        """The secret that the journal's chain is keyed with."""
        return self.folder / "journal.key"

    @property
    def terminal_key(self) -> Path:
        """The key by which the backend knows the terminal."""
        return self.folder / "terminal.key"

    @property
    def backend(self) -> Path:
        """The backend's database."""
        return self.folder / "backend.db"

    @property
    def settings(self) -> Path:
        """The terminal's settings file."""
        return self.folder / "terminal.toml"

    @property
    def providers(self) -> Path:
        """The backend's file of provider profiles."""
        return self.private / "providers.toml"

    @property
    def private(self) -> Path:
        """Links, sockets and logs, of no interest when all went well."""
        return self.folder / "stand"

    def socket(self, name: str) -> Path:
        """A control socket."""
        return self.private / f"{name}.sock"

    def log(self, name: str) -> Path:
        """A log."""
        return self.private / f"{name}.log"

    def port(self, name: str) -> Path:
        """The stable name of a pseudo-terminal."""
        return self.private / name


class Stand:
    """A running stand. Use it as a context; leaving it ends every process.

    Args:
        folder: where journal, receipts and logs go; made if missing.
        settings: sections and keys laid over the demo's settings.
        headless: the terminal's window is offscreen.
        protocol: what the acceptor speaks; it is the protocol's default machine.
    """

    def __init__(
        self,
        folder: Path,
        *,
        settings: Mapping[str, Mapping[str, object]] | None = None,
        headless: bool,
        protocol: ProtocolName = ProtocolName.CCNET,
    ) -> None:
        self.paths = StandPaths(folder.absolute())
        self.acceptor = Control(self.paths.socket("acceptor"))
        self.printer = Control(self.paths.socket("printer"))
        self.finger = Control(self.paths.socket("finger"))
        self._settings = settings or {}
        self._headless = headless
        self._protocol = protocol
        self._children: dict[str, Child] = {}
        self._line: Forwarder | None = None
        self._provider: DemoProvider | None = None

    def __enter__(self) -> "Stand":
        self.paths.private.mkdir(parents=True, exist_ok=True)
        try:
            self._start_world()
            self.start_terminal()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def line(self) -> Forwarder:
        """The line between terminal and backend."""
        assert self._line is not None
        return self._line

    @property
    def provider(self) -> DemoProvider:
        """Whom the backend pays."""
        assert self._provider is not None
        return self._provider

    @property
    def powered(self) -> bool:
        """True while the terminal's process runs."""
        return "terminal" in self._children and self._children["terminal"].alive

    def start_terminal(self) -> None:
        """Start the terminal's process; returns when its finger answers.

        Raises:
            TimeoutError: it did not come up; see its log.
        """
        self.launch_terminal()
        wait_until(
            self._finger_answers,
            f"the terminal's window (log: {self.paths.log('terminal')})",
            START_PATIENCE_S,
        )

    def launch_terminal(self) -> None:
        """Start the terminal's process and wait for nothing."""
        self.finger.path.unlink(missing_ok=True)
        arguments = ["run", "--config", str(self.paths.settings)]
        arguments += ["--finger", str(self.finger.path)]
        environment = {"QT_QPA_PLATFORM": "offscreen"} if self._headless else {}
        self._start("terminal", "kiosk", arguments, environment)

    def strike_terminal(self) -> None:
        """Send SIGKILL to the terminal's process; any thread may do it."""
        self._children["terminal"].strike()

    def bury_terminal(self) -> int:
        """Wait until the terminal's process is gone; return its exit code."""
        return self._children.pop("terminal").bury()

    def kill_backend(self) -> None:
        """The backend is gone in the middle of whatever it did."""
        self._children.pop("backend").kill()

    def start_backend(self) -> None:
        """Start the backend again, where the line expects it."""
        self._serve(self.line.target_port)

    def cut_power(self) -> None:
        """Power off: the terminal is gone in the middle of whatever it did, the acceptor too."""
        self._children.pop("terminal").kill()
        if self.acceptor.say("status")["powered"]:
            self.acceptor.say("power off")

    def restore_power(self) -> None:
        """Power on. A terminal whose window was closed is started again, too."""
        if "terminal" in self._children:
            self._children.pop("terminal").stop()
        if not self.acceptor.say("status")["powered"]:
            self.acceptor.say("power on")
        self.start_terminal()

    def unplug_acceptor(self) -> None:
        """Pull the acceptor's cable: the terminal's port is gone. The acceptor keeps its insides."""
        self._children.pop("acceptor").kill()

    def plug_acceptor(self) -> None:
        """Put the cable back."""
        self._start_acceptor()

    def stop_terminal(self) -> int | None:
        """End the terminal in order; return its exit code, or None where the power is cut."""
        child = self._children.pop("terminal", None)
        return None if child is None else child.stop()

    def backend_payments(self) -> tuple[PaymentRow, ...]:
        """What the backend holds, in order of number."""
        engine = open_for_reading(self.paths.backend)
        try:
            rows = list_payments(engine, MOST_PAYMENTS, None)
        finally:
            engine.dispose()
        return tuple(sorted(rows, key=lambda row: row.number))

    def close(self) -> None:
        """End every process, the terminal first."""
        for name in ("terminal", "acceptor", "printer", "backend"):
            if name in self._children:
                self._children.pop(name).stop()
        if self._line is not None:
            self._line.close()
        if self._provider is not None:
            self._provider.stop()

    def _start_world(self) -> None:
        paths = self.paths
        self._start_acceptor()
        self._start_device("printer", ["--out", str(paths.folder)])
        self._provider = DemoProvider(paths.private / "provider.db")
        self._provider.start()
        codes = (one.code for one in load_catalogue().providers)
        write_profiles(paths.providers, codes, self._provider.url)
        token = new_token(paths.backend, DEMO_TERMINAL)
        host, port = self._serve(0)
        enrol_terminal(f"http://{host}:{port}", DEMO_TERMINAL, token, paths.terminal_key)
        self._line = Forwarder(host, port)
        settings = demo_settings(
            acceptor_port=paths.port("acceptor-port"),
            printer_port=paths.port("printer-port"),
            backend_url=self._line.url,
            journal=paths.journal,
            changes=self._settings,
            protocol=self._protocol.value,
        )
        write_toml(paths.settings, settings)

    def _serve(self, port: int) -> tuple[str, int]:
        """Start the backend; returns where it listens."""
        arguments = ["serve", "--database", str(self.paths.backend), "--port", str(port)]
        arguments += ["--providers", str(self.paths.providers)]
        self._start("backend", "wallet", arguments)
        url = urlsplit(self._children["backend"].first_line().split()[-1])
        assert url.hostname is not None
        assert url.port is not None
        return url.hostname, url.port

    def _start_acceptor(self) -> None:
        memory = ["--state", str(self.paths.private / "acceptor.json")]
        self._start_device("acceptor", ["--protocol", self._protocol.value, *memory])

    def _start_device(self, name: str, more: list[str]) -> None:
        control = Control(self.paths.socket(name))
        control.path.unlink(missing_ok=True)
        arguments = [name, "simulate", "--link", str(self.paths.port(f"{name}-port"))]
        arguments += ["--control", str(control.path), *more]
        self._start(name, "kiosk", arguments)
        self._children[name].first_line()

    def _start(
        self,
        name: str,
        module: str,
        arguments: list[str],
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._children[name] = Child(name, module, arguments, self.paths.log(name), environment)

    def _finger_answers(self) -> bool:
        if not self.powered:
            raise ControlError(f"the terminal ended; see {self.paths.log('terminal')}")
        try:
            self.finger.do(do="screen")
        except ControlError:
            return False
        return True
