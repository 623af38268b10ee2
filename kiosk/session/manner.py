"""How the customer asks the terminal to speak to her: language, contrast, low controls, larger
letters.

Pure. What is chosen ends with the visit and is never written down, except as a session's language.
"""

from dataclasses import replace

from kiosk.terminal.snapshot import Language, Manner
from kiosk.terminal.touch import Action


def asked_for(manner: Manner, action: Action, value: str) -> Manner | None:
    """The manner after a touch; None where the touch is about something else. An unknown language
    changes nothing.
    """
    match action:
        case Action.LANGUAGE:
            known = any(value == one.value for one in Language)
            return replace(manner, language=Language(value)) if known else manner
        case Action.CONTRAST:
            return replace(manner, contrast=not manner.contrast)
        case Action.LOW:
            return replace(manner, low=not manner.low)
        case Action.LARGE:
            return replace(manner, large=not manner.large)
        case _:
            return None
