"""The command line `kiosk`: arguments in, one clear message and an exit code out.

Wiring only. How a terminal is put together is `kiosk.bootstrap`'s business; the two meet in
`kiosk.__main__`.
"""

from kiosk.cli.application import RunTerminal, build_application

__all__ = ["RunTerminal", "build_application"]
