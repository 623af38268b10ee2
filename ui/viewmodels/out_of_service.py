"""Out of service as QML sees it: the most telling reason large, the others below, a number for the
call.
"""

from dataclasses import dataclass

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal

from kiosk.terminal.snapshot import OutOfServiceView
from ui.viewmodels.money_text import brief
from ui.viewmodels.qml_decorators import QmlElement, QmlUncreatable
from ui.viewmodels.words import reason_text

QML_IMPORT_NAME = "ui.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfServiceShown:
    """What the out-of-service screen draws."""

    heading: str
    advice: str
    calm: bool
    others: tuple[str, ...]
    fault: str
    inside: str


EMPTY = OutOfServiceShown(heading="", advice="", calm=True, others=(), fault="", inside="")


def present_out_of_service(view: OutOfServiceView) -> OutOfServiceShown:
    """Return the screen in words; without any reason it says only that it does not work."""
    texts = [reason_text(reason) for reason in view.reasons]
    fault = QCoreApplication.translate("Reason", "Fault %1")
    return OutOfServiceShown(
        heading=texts[0].heading
        if texts
        else QCoreApplication.translate("Reason", "The terminal does not work now"),
        advice=texts[0].advice if texts else "",
        calm=texts[0].calm if texts else False,
        others=tuple(text.heading for text in texts[1:]),
        fault=fault.replace("%1", str(view.fault_number)) if view.fault_number else "",
        inside=_inside(view.inside_minor),
    )


def _inside(minor: int) -> str:
    if not minor:
        return ""
    text = QCoreApplication.translate("Reason", "%1 are inside and will be paid as you confirmed")
    return text.replace("%1", brief(minor))


@QmlElement
@QmlUncreatable("made by the terminal's view model")
class OutOfServiceSection(QObject):
    """The out-of-service screen."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = EMPTY

    def show(self, view: OutOfServiceView | None) -> None:
        """Show `view`; silent when nothing differs."""
        before, self._shown = self._shown, present_out_of_service(view) if view else EMPTY
        if before != self._shown:
            self.changed.emit()

    @Property(str, notify=changed)
    def heading(self) -> str:
        return self._shown.heading

    @Property(str, notify=changed)
    def advice(self) -> str:
        return self._shown.advice

    @Property(bool, notify=changed)
    def calm(self) -> bool:
        return self._shown.calm

    @Property(list, notify=changed)
    def others(self) -> list[str]:
        return list(self._shown.others)

    @Property(str, notify=changed)
    def fault(self) -> str:
        return self._shown.fault

    @Property(str, notify=changed)
    def inside(self) -> str:
        return self._shown.inside
