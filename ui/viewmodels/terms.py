"""Fee and terms as QML sees them, the same on entry, check and money."""

from PySide6.QtCore import Property, QObject, Signal

from ui.viewmodels.fee_text import NO_TERMS, BandLine, TermsText
from ui.viewmodels.qml_decorators import QmlElement, QmlUncreatable

QML_IMPORT_NAME = "ui.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by the terminal's view model")
class TermsSection(QObject):
    """The terms card."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = NO_TERMS

    def show(self, terms: TermsText) -> None:
        """Show `terms`; silent when nothing differs."""
        if terms != self._shown:
            self._shown = terms
            self.changed.emit()

    @Property(str, notify=changed)
    def heading(self) -> str:
        return self._shown.heading

    @Property(list, notify=changed)
    def bands(self) -> list[BandLine]:
        return list(self._shown.bands)

    @Property(str, notify=changed)
    def limits(self) -> str:
        return self._shown.limits

    @Property(str, notify=changed)
    def limitsBrief(self) -> str:
        return self._shown.limits_brief

    @Property(str, notify=changed)
    def noChange(self) -> str:
        return self._shown.no_change

    @Property(str, notify=changed)
    def receiver(self) -> str:
        return self._shown.receiver

    @Property(str, notify=changed)
    def receiverPhone(self) -> str:
        return self._shown.receiver_phone

    @Property(bool, notify=changed)
    def demoLegal(self) -> bool:
        return self._shown.demo_legal
