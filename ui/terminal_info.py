"""What stands on every screen and on "About": whose terminal this is and whom to call.

Plain values given at start; nothing here changes while the window lives.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalInfo:
    """The terminal's identity for people. `timezone` is an IANA name such as `Europe/Moscow`."""

    terminal_id: str
    terminal_name: str
    hotlines: tuple[str, ...]
    agent_name: str
    agent_inn: str
    agent_address: str
    agent_phone: str
    address: str
    demo: bool
    timezone: str

    @property
    def hotline(self) -> str:
        """The one number to call."""
        return self.hotlines[0] if self.hotlines else self.agent_phone
