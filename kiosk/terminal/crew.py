"""The parts of a terminal, put together: who works with whom.

Wiring only. It must never decide anything, and no part is made anywhere else.
"""

from dataclasses import dataclass

from drivers.acceptors.contract import BillAcceptor
from drivers.printers.contract import ReceiptPrinter
from kiosk.clock import Clock
from kiosk.ids import IdFactory
from kiosk.session.navigation import Shop
from kiosk.terminal.acceptor_desk import AcceptorDesk, AcceptorDeskTools
from kiosk.terminal.books import Books
from kiosk.terminal.cashier import Cashier, Tools
from kiosk.terminal.clock_keeper import ClockKeeper
from kiosk.terminal.collector import Collector, CollectorTools
from kiosk.terminal.customer import Customer
from kiosk.terminal.delivery_desk import DeliveryDesk
from kiosk.terminal.disk_watch import DiskWatch
from kiosk.terminal.health import Condition, Health
from kiosk.terminal.housekeeping import Housekeeping
from kiosk.terminal.journal_outage import JournalOutage
from kiosk.terminal.lookup import Lookup
from kiosk.terminal.money_desk import MoneyDesk, MoneyTools
from kiosk.terminal.note_desk import NoteDesk
from kiosk.terminal.note_keeper import NoteKeeper
from kiosk.terminal.opening import Opening
from kiosk.terminal.outbox import Outbox
from kiosk.terminal.ports import Courier, Enquirer, FreeSpace, Publish
from kiosk.terminal.print_desk import PrintDesk
from kiosk.terminal.provider_desk import ProviderDesk
from kiosk.terminal.report_desk import ReportDesk
from kiosk.terminal.restocking import NO_NEWS, News, Restocking
from kiosk.terminal.rules import TerminalRules
from kiosk.terminal.service import TellService, nobody
from kiosk.terminal.slip_clerk import ClerkTools, SlipClerk
from kiosk.terminal.slips import SlipMaker
from kiosk.terminal.till import Till


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Everything the terminal reaches beyond itself."""

    books: Books
    acceptor: BillAcceptor
    printer: ReceiptPrinter
    courier: Courier
    clock: Clock
    ids: IdFactory
    publish: Publish
    free_space_mb: FreeSpace
    tell_service: TellService = nobody
    housekeeping: Housekeeping | None = None
    news: News = NO_NEWS
    enquirer: Enquirer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What a terminal is made with: what it sells, how its slips look, by what rules it works."""

    shop: Shop
    maker: SlipMaker
    rules: TerminalRules
    batch_size: int


class Crew:
    """One terminal's parts; each is described where it is defined."""

    def __init__(self, outside: Outside, known: Knowledge) -> None:
        books, clock, rules = outside.books, outside.clock, known.rules
        self.condition = Condition(Health(printer_required=rules.printer_required))
        self.keeper = NoteKeeper(books, outside.acceptor)
        self.desk = PrintDesk(books, outside.printer, known.maker, outside.tell_service)
        outbox = Outbox(
            books, outside.courier, terminal_id=rules.terminal_id, batch_size=known.batch_size
        )
        self.cashier = Cashier(self._cashier_tools(outside, known, outbox))
        self.collector = Collector(self._collector_tools(outside, known))
        self.restocking = Restocking(news=outside.news, shop=known.shop, maker=known.maker)
        self.clerk = SlipClerk(self._clerk_tools(outside, known))
        self.notes = NoteDesk(books, self.keeper, self.cashier, self.condition, rules, self.clerk)
        self.acceptor = AcceptorDesk(self._acceptor_tools(outside, rules))
        reports = ReportDesk(books, outside.courier, terminal_id=rules.terminal_id)
        self.delivery = DeliveryDesk(
            outbox, reports, self.cashier, self.condition, clock, self.clerk
        )
        self.outage = JournalOutage(self.condition, outside.acceptor, clock)
        self.clocks = ClockKeeper(books, clock, threshold_s=rules.clock_jump_s)
        self.disk = DiskWatch(
            outside.free_space_mb,
            outside.acceptor,
            self.cashier,
            self.condition,
            needed_mb=rules.min_free_mb,
        )
        self.opening = Opening(
            books,
            clock,
            terminal_id=rules.terminal_id,
            heirs=(self.keeper, self.desk, self.collector),
        )

    def _health(self) -> Health:
        return self.condition.health

    def _cashier_tools(self, outside: Outside, known: Knowledge, outbox: Outbox) -> Tools:
        books, clock, shop, rules = outside.books, outside.clock, known.shop, known.rules
        customer = Customer(clock, rules, self._health)
        return Tools(
            customer=customer,
            money=MoneyDesk(self._money_tools(outside, known, outbox), customer),
            providers=ProviderDesk(outside.enquirer, clock, rules, self._health),
            lookup=Lookup(books=books, clock=clock, maker=known.maker, shop=shop),
            books=books,
            desk=self.desk,
            clock=clock,
            shop=shop,
            rules=rules,
            health=self._health,
        )

    def _money_tools(self, outside: Outside, known: Knowledge, outbox: Outbox) -> MoneyTools:
        books, clock, shop = outside.books, outside.clock, known.shop
        return MoneyTools(
            books=books,
            keeper=self.keeper,
            till=Till(books=books, maker=known.maker, clock=clock, shop=shop, health=self._health),
            outbox=outbox,
            desk=self.desk,
            acceptor=outside.acceptor,
            clock=clock,
            ids=outside.ids,
            shop=shop,
            rules=known.rules,
            health=self._health,
        )

    def _collector_tools(self, outside: Outside, known: Knowledge) -> CollectorTools:
        return CollectorTools(
            books=outside.books,
            cashier=self.cashier,
            keeper=self.keeper,
            desk=self.desk,
            maker=known.maker,
            clock=outside.clock,
            rules=known.rules,
            health=self._health,
            tell=outside.tell_service,
        )

    def _clerk_tools(self, outside: Outside, known: Knowledge) -> ClerkTools:
        return ClerkTools(
            books=outside.books,
            cashier=self.cashier,
            desk=self.desk,
            maker=known.maker,
            clock=outside.clock,
            currency=known.rules.currency,
            tell=outside.tell_service,
        )

    def _acceptor_tools(self, outside: Outside, rules: TerminalRules) -> AcceptorDeskTools:
        return AcceptorDeskTools(
            books=outside.books,
            acceptor=outside.acceptor,
            keeper=self.keeper,
            cashier=self.cashier,
            collector=self.collector,
            condition=self.condition,
            rules=rules,
        )
