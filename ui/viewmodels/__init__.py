"""View models: QObjects that turn snapshots into ready texts for QML and touches into messages.

Presenters are pure functions from a view to a frozen record of texts; the QObjects only hold the
record and tell QML which part changed. No rule about money lives here, and no amount reaches QML as
a number.
"""

from ui.viewmodels.terminal import TerminalViewModel

__all__ = ["TerminalViewModel"]
