"""The question to a provider as QML sees it: who is asked about what, and what follows no answer."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal

from kiosk.terminal.snapshot import EnquiryView
from ui.viewmodels.plates import NO_PROVIDER, ProviderPlate, provider_plate
from ui.viewmodels.qml_decorators import QmlElement, QmlUncreatable

QML_IMPORT_NAME = "ui.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryShown:
    """What the enquiry screen draws."""

    provider: ProviderPlate
    account: str
    given_up: bool
    heading: str
    line: str


EMPTY = EnquiryShown(provider=NO_PROVIDER, account="", given_up=False, heading="", line="")


def present_enquiry(view: EnquiryView) -> EnquiryShown:
    """Return the enquiry screen in words."""
    if view.given_up:
        heading = QCoreApplication.translate("Enquiry", "The provider does not answer")
        line = QCoreApplication.translate(
            "Enquiry", "Without its answer this service cannot be paid. Try again now or later."
        )
    else:
        heading = QCoreApplication.translate("Enquiry", "Asking the provider")
        line = QCoreApplication.translate("Enquiry", "No money is taken yet.")
    return EnquiryShown(
        provider=provider_plate(view.provider),
        account=view.account,
        given_up=view.given_up,
        heading=heading,
        line=line,
    )


@QmlElement
@QmlUncreatable("made by the terminal's view model")
class EnquirySection(QObject):
    """The enquiry screen."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = EMPTY

    def show(self, view: EnquiryView | None) -> None:
        """Show `view`; silent when nothing differs."""
        before, self._shown = self._shown, present_enquiry(view) if view else EMPTY
        if before != self._shown:
            self.changed.emit()

    @Property(dict, notify=changed)
    def provider(self) -> ProviderPlate:
        return self._shown.provider

    @Property(str, notify=changed)
    def account(self) -> str:
        return self._shown.account

    @Property(bool, notify=changed)
    def givenUp(self) -> bool:
        return self._shown.given_up

    @Property(str, notify=changed)
    def heading(self) -> str:
        return self._shown.heading

    @Property(str, notify=changed)
    def line(self) -> str:
        return self._shown.line
