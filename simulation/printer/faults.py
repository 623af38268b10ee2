"""What can be wrong with the simulated printer, as plain data."""

from dataclasses import dataclass

from drivers.printers.contract import Paper


@dataclass(slots=True, kw_only=True)
class PrinterFaults:
    """What is wrong with the printer just now, and what people do with it.

    Attributes:
        cutter_error: the knife has stopped; the terminal can order it to try again.
        cutter_stuck: something holds the knife, so that trying again does not help.
        silent: it answers nothing, but prints.
        garbage: its answers arrive damaged.
        powered: off, it takes nothing and answers nothing; its buffer is lost.
        xoff: it has asked for silence.
        lines_left: lines until the paper ends; None for a full roll.
        left_untaken: nobody takes what the presenter holds out.
    """

    paper: Paper = Paper.OK
    cover_open: bool = False
    cutter_error: bool = False
    cutter_stuck: bool = False
    jam: bool = False
    overheated: bool = False
    low_voltage: bool = False
    broken: bool = False
    silent: bool = False
    garbage: bool = False
    powered: bool = True
    xoff: bool = False
    lines_left: int | None = None
    left_untaken: bool = False

    @property
    def stops(self) -> bool:
        """Whether it cannot print now."""
        return (
            self.paper is Paper.OUT
            or self.cover_open
            or self.cutter_error
            or self.jam
            or self.overheated
            or self.low_voltage
            or self.broken
            or not self.powered
        )
