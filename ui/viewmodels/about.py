"""Whose terminal this is as QML sees it: the agent, the place, whom to call.

Plain facts given at start. It must never say anything of a customer.
"""

from PySide6.QtCore import Property, QObject

from ui.terminal_info import TerminalInfo
from ui.viewmodels.qml_decorators import QmlElement, QmlUncreatable

QML_IMPORT_NAME = "ui.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made by the terminal's view model")
class AboutSection(QObject):
    """The screen about the terminal."""

    def __init__(self, info: TerminalInfo, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._info = info

    @Property(list, constant=True)
    def hotlines(self) -> list[str]:
        return list(self._info.hotlines)

    @Property(str, constant=True)
    def agentName(self) -> str:
        return self._info.agent_name

    @Property(str, constant=True)
    def agentInn(self) -> str:
        return self._info.agent_inn

    @Property(str, constant=True)
    def agentAddress(self) -> str:
        return self._info.agent_address

    @Property(str, constant=True)
    def agentPhone(self) -> str:
        return self._info.agent_phone

    @Property(str, constant=True)
    def address(self) -> str:
        return self._info.address
