"""The last screen of a payment as QML sees it: how far it has come, and what became of the slip."""

from dataclasses import dataclass
from typing import assert_never
from zoneinfo import ZoneInfo

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal

from kiosk.terminal.snapshot import Delivery, ResultView
from ui.terminal_info import TerminalInfo
from ui.viewmodels.money_text import brief, exact
from ui.viewmodels.plates import NO_PROVIDER, ProviderPlate, provider_plate
from ui.viewmodels.qml_decorators import QmlElement, QmlUncreatable

QML_IMPORT_NAME = "ui.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1

PAYMENT_NUMBER_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultShown:
    """What the thanks screen draws."""

    provider: ProviderPlate
    account: str
    delivery: str
    headline: str
    explanation: str
    inserted: str
    fee: str
    credited: str
    disputed: str
    payment_number: str
    formed_at: str
    slip: str
    slip_text: str


EMPTY = ResultShown(
    provider=NO_PROVIDER,
    account="",
    delivery="accepted",
    headline="",
    explanation="",
    inserted="",
    fee="",
    credited="",
    disputed="",
    payment_number="",
    formed_at="",
    slip="printing",
    slip_text="",
)


def present_result(view: ResultView, info: TerminalInfo) -> ResultShown:
    """Return the thanks screen in words; the time is the terminal's local time."""
    headline, explanation = _delivery_words(view.delivery)
    local = view.formed_at.astimezone(ZoneInfo(info.timezone))
    return ResultShown(
        provider=provider_plate(view.provider),
        account=view.account,
        delivery=view.delivery.value,
        headline=headline,
        explanation=explanation,
        inserted=exact(view.inserted_minor),
        fee=exact(view.fee_minor),
        credited=exact(view.credited_minor),
        disputed=_disputed(view.disputed_minor),
        payment_number=f"{info.terminal_id}-{view.payment_number:0{PAYMENT_NUMBER_DIGITS}d}",
        formed_at=f"{local:%d.%m.%Y %H:%M:%S}",
        slip=view.slip.value,
        slip_text=view.slip_text,
    )


def _delivery_words(delivery: Delivery) -> tuple[str, str]:
    match delivery:
        case Delivery.ACCEPTED:
            return (
                QCoreApplication.translate("Result", "Paid"),
                QCoreApplication.translate("Result", "The money arrives within a minute"),
            )
        case Delivery.CREDITED:
            return (
                QCoreApplication.translate("Result", "Paid"),
                QCoreApplication.translate("Result", "The money has arrived"),
            )
        case Delivery.QUEUED:
            return (
                QCoreApplication.translate("Result", "Payment accepted"),
                QCoreApplication.translate(
                    "Result", "It will be sent as soon as there is a connection"
                ),
            )
        case Delivery.REFUSED:
            return (
                QCoreApplication.translate("Result", "The payment was refused"),
                QCoreApplication.translate(
                    "Result", "Your money is kept safe. Call us: we will return it"
                ),
            )
        case Delivery.DISPUTED:
            return (
                QCoreApplication.translate("Result", "The sum is being looked into"),
                QCoreApplication.translate("Result", "Your money is kept safe. You may call us"),
            )
        case _:
            assert_never(delivery)


def _disputed(minor: int) -> str:
    if not minor:
        return ""
    text = QCoreApplication.translate("Result", "%1 are being checked. Keep the receipt, call us")
    return text.replace("%1", brief(minor))


@QmlElement
@QmlUncreatable("made by the terminal's view model")
class ResultSection(QObject):
    """The thanks screen."""

    changed = Signal()

    def __init__(self, info: TerminalInfo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._info = info
        self._shown = EMPTY

    def show(self, view: ResultView | None) -> None:
        """Show `view`; silent when nothing differs."""
        before, self._shown = self._shown, present_result(view, self._info) if view else EMPTY
        if before != self._shown:
            self.changed.emit()

    @Property(dict, notify=changed)
    def provider(self) -> ProviderPlate:
        return self._shown.provider

    @Property(str, notify=changed)
    def account(self) -> str:
        return self._shown.account

    @Property(str, notify=changed)
    def delivery(self) -> str:
        return self._shown.delivery

    @Property(str, notify=changed)
    def headline(self) -> str:
        return self._shown.headline

    @Property(str, notify=changed)
    def explanation(self) -> str:
        return self._shown.explanation

    @Property(str, notify=changed)
    def inserted(self) -> str:
        return self._shown.inserted

    @Property(str, notify=changed)
    def fee(self) -> str:
        return self._shown.fee

    @Property(str, notify=changed)
    def credited(self) -> str:
        return self._shown.credited

    @Property(str, notify=changed)
    def disputed(self) -> str:
        return self._shown.disputed

    @Property(str, notify=changed)
    def paymentNumber(self) -> str:
        return self._shown.payment_number

    @Property(str, notify=changed)
    def formedAt(self) -> str:
        return self._shown.formed_at

    @Property(str, notify=changed)
    def slip(self) -> str:
        return self._shown.slip

    @Property(str, notify=changed)
    def slipText(self) -> str:
        return self._shown.slip_text
